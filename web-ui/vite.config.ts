import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type Plugin, defineConfig } from 'vite';

const rooms = Object.fromEntries(
  ['wallet', 'till', 'merchant', 'operator', 'explorer', 'elections', 'vote', 'administrator', 'registrar', 'trustee', 'mailbox'].map((room) => [room, `${room}/index.html`]),
);

/** A room's index.html says what is its own; the rest of the page is the same for all. */
function roomPages(): Plugin {
  const page = readFileSync('src/app/room.html', 'utf8');
  return {
    name: 'madang-room-pages',
    transformIndexHtml: { order: 'pre', handler: (own) => page.replace('<!-- room -->', () => own.trim().replaceAll('\n', '\n    ')) },
  };
}

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
        .replace('[/* files */]', JSON.stringify([...files, '/', '/wallet', '/till', '/merchant', '/operator', '/explorer', '/elections', '/vote', '/administrator', '/registrar', '/trustee']));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

const WALLET_BUDGET_BYTES = 100_000;

/** Fails the build when what the wallet loads at first, compressed and without fonts, is more than its budget. */
function walletBudget(): Plugin {
  return {
    name: 'madang-wallet-budget',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = new Set<string>();
      const add = (name: string): void => {
        const chunk = bundle[name];
        if (files.has(name) || chunk?.type !== 'chunk') return;
        files.add(name);
        chunk.viteMetadata?.importedCss.forEach((css) => files.add(css));
        chunk.imports.forEach(add);
      };
      const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === 'wallet');
      add(entry!.fileName);
      const bytes = [...files].reduce((sum, name) => {
        const file = bundle[name]!;
        return sum + gzipSync(file.type === 'chunk' ? file.code : file.source).length;
      }, 0);
      if (files.size < 3 || bytes > WALLET_BUDGET_BYTES) this.error(`the wallet loads ${bytes} bytes in ${files.size} files`);
    },
  };
}

/** Writes licenses.txt: the licences of what is shipped inside the bundles. */
function licenses(): Plugin {
  return {
    name: 'madang-licenses',
    apply: 'build',
    generateBundle() {
      const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
      const texts = Object.entries(dependencies).map(([name, version]) => {
        const folder = `node_modules/${name}`;
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        const { license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { license: string };
        return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8') : ''}`;
      });
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: texts.join(`\n${'-'.repeat(80)}\n`) });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), roomPages(), serviceWorker(), licenses(), walletBudget()],
  worker: { format: 'es' }, // workers start workers, and share what they import
  build: {
    outDir: 'target/classes/webroot',
    emptyOutDir: true,
    target: ['es2022', 'safari16.4', 'chrome111', 'firefox115'],
    assetsInlineLimit: 0, // data: addresses would need holes in the content security policy
    modulePreload: { polyfill: false },
    rollupOptions: { input: { front: 'index.html', ...rooms } },
  },
});
