import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['rules', 'server', 'web', 'seeds', 'test'],
    // Many tests wait for Postgres or for another process: one worker less than there are cores, the default, would leave cores idle.
    maxWorkers: '100%',
  },
});
