import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { projects: ['rules', 'server', 'web', 'seeds', 'test'] },
});
