import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

import { walkByKeyboard } from '../focus-walk.mjs';
import { Cast } from '../people.mjs';
import { stage } from '../stage.mjs';
import { tour } from '../tour.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const FEWEST_SCREENS = 70;

describe('every screen can be used by everybody', () => {
  it('the walk by keyboard finds what holds the focus, hides it, or cannot be reached', async () => {
    const page = await (await stage.browser.newContext()).newPage();
    await page.setContent('<a href="#a">fine</a><button style="outline: none">unseen</button><input aria-label="trap"><button>behind</button>');
    await page.evaluate(() => {
      const input = document.querySelector('input');
      input.addEventListener('keydown', (event) => event.preventDefault());
    });
    assert.deepEqual(await walkByKeyboard(page), [
      'the focus cannot be seen on button “unseen”',
      'the focus is held by input “trap”',
      'not reached with Tab: button “behind”',
    ]);
    await page.context().close();
  });

  for (const language of ['ko', 'en']) {
    it(`no serious or critical finding of axe (WCAG 2.2 AA), light and dark, everything reached with Tab, and nothing asked of another origin (${language})`, { timeout: 1_800_000 }, async () => {
      const cast = new Cast(stage.browser, stage.demo, stage.target);
      const findings = [];
      let screens = 0;
      try {
        for await (const { name, visitor, sizes = [] } of tour(cast, language)) {
          screens++;
          const own = visitor.page.viewportSize();
          for (const finding of await walkByKeyboard(visitor.page)) findings.push(`${name}: ${finding}`);
          for (const size of [...sizes, own]) {
            await visitor.page.setViewportSize(size);
            for (const colorScheme of ['light', 'dark']) {
              await visitor.page.emulateMedia({ colorScheme });
              for (const finding of await examine(visitor.page)) findings.push(`${name} (${colorScheme}, ${size.width} wide): ${finding}`);
            }
          }
        }
      } finally {
        await cast.photograph(`tour-${language}`);
        await cast.leave();
      }
      assert.deepEqual(findings, []);
      assert.ok(screens >= FEWEST_SCREENS, `only ${screens} screens were seen`);
      cast.assertNobodyLeft();
    });
  }
});

async function examine(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
