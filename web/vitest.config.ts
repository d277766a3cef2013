import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      name: 'web',
      environment: 'happy-dom',
      // As in the server's own tests: what a file needs it makes itself, and the component library is loaded once.
      isolate: false,
      testTimeout: 30_000,
      include: ['src/**/*.test.ts'],
      css: false,
      // Its modules import style sheets, which only Vite can load.
      server: { deps: { inline: ['element-plus'] } },
    },
  }),
);
