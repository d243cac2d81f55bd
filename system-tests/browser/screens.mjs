/**
 * Photographs every screen in both languages, light and dark, on a phone and on a desk, into ./screens. Starts a demo of its own, or looks
 * at the one at MADANG_ADDRESS.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openBrowser } from './browser.mjs';
import { Demo, ROOT } from './demo.mjs';
import { Cast, DESK, PHONE } from './people.mjs';
import { tour } from './tour.mjs';

const OUT = join(ROOT, 'screens');
const SIZES = { phone: PHONE, desk: DESK };

const data = mkdtempSync(join(tmpdir(), 'madang-screens-'));
const demo = process.env.MADANG_ADDRESS ? { address: process.env.MADANG_ADDRESS, stop() {} } : await new Demo(data).start();
const browser = await openBrowser();
rmSync(OUT, { recursive: true, force: true });
let taken = 0;
try {
  for (const language of ['ko', 'en']) {
    const cast = new Cast(browser, demo, OUT);
    try {
      for await (const { name, visitor } of tour(cast, language)) {
        for (const [size, viewport] of Object.entries(SIZES)) {
          await visitor.page.setViewportSize(viewport);
          for (const colorScheme of ['light', 'dark']) {
            const folder = join(OUT, `${language}-${size}-${colorScheme}`);
            mkdirSync(folder, { recursive: true });
            await visitor.page.emulateMedia({ colorScheme });
            await visitor.page.screenshot({ path: join(folder, `${name}.png`) });
            taken++;
          }
        }
      }
    } catch (failure) {
      await cast.photograph(`stopped-${language}`);
      throw failure;
    } finally {
      await cast.leave();
    }
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
console.log(`${taken} screenshots in ${OUT}`);
