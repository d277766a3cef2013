import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take the copy of graphql that bundlers get, Node the other one: a schema must not be made of both.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    name: 'server',
    include: ['src/**/*.test.ts', 'migrations/**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    globalSetup: ['src/testing/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Each file has a database and servers of its own; loading Nest anew for each took a third of the time.
    isolate: false,
  },
});
