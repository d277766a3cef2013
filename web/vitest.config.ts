import { mergeConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      name: 'web',
      environment: 'happy-dom',
      testTimeout: 30_000,
      include: ['src/**/*.test.ts'],
      css: false,
      // Its modules import style sheets, which only Vite can load.
      server: { deps: { inline: ['element-plus'] } },
    },
  }),
);
