import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vite';
import { compressAssets } from './compress-assets.ts';

const server = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [
    vue(),
    // Only what the component library offers is found by name; our own components are imported where they are used.
    components({ dirs: [], resolvers: [ElementPlusResolver()], dts: 'src/element-plus.d.ts' }),
    compressAssets(),
  ],
  build: {
    outDir: 'dist',
    target: 'es2023',
    sourcemap: false,
    // The app, and the page on which anybody fills a public form.
    rolldownOptions: { input: ['index.html', 'fill.html'] },
  },
  server: { port: 5173, proxy: { '/graphql': { target: server, ws: true } } },
});
