/**
 * The browser stories: `node stories.mjs [NAME…]` starts the demo once, tells all stories (or those files of stories/ whose name is
 * given) and stops it. With MADANG_ADDRESS a gateway that already runs is used instead. With MADANG_LANE several of these run beside
 * each other.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';

import { Demo, ROOT } from './demo.mjs';
import { stage } from './stage.mjs';

const target = join(ROOT, 'system-tests', 'target', 'browser', process.env.MADANG_LANE ?? 'by-hand');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const demo = process.env.MADANG_ADDRESS ? { address: process.env.MADANG_ADDRESS, stop() {} } : await new Demo(join(target, 'data')).start();
await stage.open(demo, target);
after(async () => {
  await stage.close();
  await demo.stop();
});

const wanted = process.argv.slice(2);
const stories = readdirSync(join(import.meta.dirname, 'stories')).sort();
for (const file of stories) {
  const name = file.replace(/\.mjs$/, '');
  if (wanted.length === 0 || wanted.includes(name)) await import(`./stories/${file}`);
}
