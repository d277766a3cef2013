import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As in the server's own tests: one copy of graphql.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    name: 'test',
    include: ['**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    globalSetup: ['../server/src/testing/cluster.ts'],
    // As in the server's own tests.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
