import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Pure functions have nothing to keep apart.
  test: { name: 'rules', include: ['src/**/*.test.ts'], isolate: false },
});
