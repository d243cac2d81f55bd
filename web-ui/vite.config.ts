import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type Plugin, defineConfig } from 'vite';

const rooms = { front: 'index.html', wallet: 'wallet/index.html', till: 'till/index.html', explorer: 'explorer/index.html' };

/**
 * Writes sw.js: the service worker with the list of files that make the pages work offline. Fonts and the scanner are left
 * out of the list: they are kept once they were used. The cache is named by the list, whose names carry their content's hash.
 */
function serviceWorker(): Plugin {
  return {
    name: 'madang-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle)
        .filter((file) => /\.(js|css|svg)$/.test(file) && !/scanner|zxing/.test(file))
        .sort()
        .map((file) => `/${file}`);
      const content = Object.values(bundle).filter((file) => file.fileName.endsWith('.html'));
      const hash = createHash('sha256').update(JSON.stringify([files, content]));
      const source = readFileSync('src/app/service-worker.js', 'utf8')
        .replace('__VERSION__', hash.digest('hex').slice(0, 16))
        .replace('[/* files */]', JSON.stringify([...files, '/', '/wallet', '/till', '/explorer']));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), serviceWorker()],
  build: {
    outDir: 'target/classes/webroot',
    emptyOutDir: true,
    target: ['es2022', 'safari16.4', 'chrome111', 'firefox115'],
    assetsInlineLimit: 0, // data: addresses would need holes in the content security policy
    modulePreload: { polyfill: false },
    rollupOptions: { input: rooms },
  },
});
