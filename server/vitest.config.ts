import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'server',
    include: ['src/**/*.test.ts', 'migrations/**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    globalSetup: ['src/testing/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
