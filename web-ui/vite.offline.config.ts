import { createHash } from 'node:crypto';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type Plugin, defineConfig } from 'vite';

/**
 * Puts the registrar's page into one HTML file that works from a disk: script, style and worker are inside, and its policy lets it speak with
 * nobody.
 */
function oneFile(): Plugin {
  return {
    name: 'madang-one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      let script = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (name.endsWith('.css')) style += String(file.source);
        else this.error(`${name} would be left out`);
        delete bundle[name];
      }
      script = script.replaceAll('</script', '<\\/script');
      const hash = createHash('sha256').update(script).digest('base64');
      const policy = `default-src 'none'; script-src 'sha256-${hash}' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; worker-src blob: data:; img-src data: blob:; base-uri 'none'; form-action 'none'`;
      const source = `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Madang</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script>${script}</script>
</body>
</html>
`;
      this.emitFile({ type: 'asset', fileName: 'registrar-offline.html', source });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), oneFile()],
  publicDir: false,
  worker: { format: 'iife' },
  build: {
    outDir: 'target/classes/webroot',
    emptyOutDir: false,
    target: ['es2022', 'safari16.4', 'chrome111', 'firefox115'],
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: { input: 'src/registrar/offline.ts', output: { format: 'iife' } },
  },
});
