import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'test',
    include: ['**/*.test.ts'],
    globalSetup: ['../server/src/testing/cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
