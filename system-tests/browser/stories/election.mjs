import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe } from 'node:test';

import { ROOT } from '../demo.mjs';
import { walkByKeyboard } from '../focus-walk.mjs';
import { stage, story } from '../stage.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const ELECTIONS = join(ROOT, 'voting', 'src', 'test', 'resources', 'belenios');
const SIMPLE = election('a-simple-2048');

describe('an election', () => {
  for (const language of ['ko', 'en']) {
    story(`is checked by anybody from a file alone, and the page can be used by everybody (${language})`, async (cast) => {
      const visitor = await cast.visitor({ room: 'elections', path: '/elections#/file', language, reducedMotion: 'reduce', serviceWorkers: 'block' });
      await visitor.heading('home.title').waitFor();
      await looks(visitor, 'start');

      const before = visitor.requests.length;
      await hands(visitor, 'home.choose', SIMPLE.bytes);
      await verdict(visitor, 'valid');
      await visitor.text('stage.complete').waitFor();
      await visitor.page.getByText(SIMPLE.expected.head, { exact: true }).waitFor();
      await visitor.page.getByText(SIMPLE.expected.election_hash, { exact: true }).waitFor();
      for (const [votes, percent] of [[3, 75], [1, 25]]) await visitor.text('counts.votes', { votes, percent }).waitFor();
      assert.equal(await visitor.page.evaluate(() => document.activeElement.innerText), visitor.t('valid.title'));

      await visitor.field('vote.label').fill(` ${SIMPLE.trackers[0]}\n`);
      await visitor.button('vote.go').click();
      await visitor.sees('vote', 'counted');
      await hands(visitor, 'earlier.choose', SIMPLE.bytes.subarray(0, 20 * 512));
      await visitor.sees('earlier', 'same');
      await looks(visitor, 'valid');
      const asked = visitor.requests.slice(before).filter((request) => !/ (blob:|http:\/\/[^/]+\/assets\/)/.test(request));
      assert.deepEqual(asked, [], 'the server was asked for more than the page’s own program');

      await visitor.button('again').click();
      await hands(visitor, 'home.choose', withAnotherCount(SIMPLE.bytes));
      await verdict(visitor, 'wrong-hash');
      await visitor.text('refusal.wrong-hash').waitFor();
      await looks(visitor, 'refused');
    });
  }

  story('says of a tracker that it was replaced or is not there, and of an earlier copy that it differs', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections', path: '/elections#/file' });
    const { bytes, trackers } = election('b-threshold-2048');
    await hands(visitor, 'home.choose', bytes);
    await verdict(visitor, 'valid');
    const states = [];
    for (const tracker of [...trackers, 'A'.repeat(43)]) {
      await visitor.field('vote.label').fill(tracker);
      await visitor.button('vote.go').click();
      states.push(await visitor.page.getByTestId('vote').getAttribute('data-state'));
    }
    assert.deepEqual(states.sort(), ['absent', 'counted', 'counted', 'counted', 'counted', 'counted', 'replaced']);
    await visitor.field('vote.label').fill('short');
    await visitor.button('vote.go').click();
    await visitor.text('vote.wrong').waitFor();

    const changed = Buffer.from(bytes);
    changed[40_000] ^= 1;
    await hands(visitor, 'earlier.choose', changed);
    await visitor.sees('earlier', 'changed');
    await hands(visitor, 'earlier.choose', Buffer.alloc(0));
    await visitor.sees('earlier', 'empty');
  });

  story('that nobody should trust is refused, and one that the page does not know is not called wrong', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections', path: '/elections#/file', language: 'en' });
    const expectations = [
      [SIMPLE.bytes.subarray(0, SIMPLE.bytes.length - 700), 'truncated', 'refused.title'],
      [Buffer.alloc(0), 'truncated', 'refused.title'],
      [Buffer.from('한글 파일이에요'.repeat(100)), 'wrong-header', 'refused.title'],
      [election('d-mixnet-rfc3526').bytes, 'unknown-group', 'unknown.title'],
    ];
    for (const [bytes, reason, title] of expectations) {
      await hands(visitor, 'home.choose', bytes);
      await verdict(visitor, reason);
      await visitor.heading(title).waitFor();
      await visitor.text(`refusal.${reason}`).waitFor();
      await visitor.button('again').click();
    }
  });

  story('can be stopped while it is checked, and be checked again', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections', path: '/elections#/file', serviceWorkers: 'block' });
    let letGo;
    const held = new Promise((resolve) => (letGo = resolve));
    await visitor.page.route('**/assets/verify.worker*', async (route) => {
      await held;
      await route.continue().catch(() => undefined); // whoever asked may be gone
    });
    await hands(visitor, 'home.choose', SIMPLE.bytes);
    await visitor.page.getByRole('progressbar', { name: visitor.t('checking.title') }).waitFor();
    await visitor.button('checking.stop').click();
    await visitor.heading('home.title').and(visitor.page.locator(':focus')).waitFor();
    letGo();
    await hands(visitor, 'home.choose', SIMPLE.bytes);
    await verdict(visitor, 'valid');
  });

  story('is checked without a network, once the page was open', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections', path: '/elections#/file' });
    await visitor.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await visitor.context.setOffline(true);
    await visitor.page.reload();
    await hands(visitor, 'home.choose', SIMPLE.bytes);
    await verdict(visitor, 'valid');
  });

  story('is chosen and checked by keyboard alone', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections', path: '/elections#/file' });
    await visitor.heading('home.title').waitFor();
    // Asked for before the key: a browser that has not heard yet that we wait opens a dialogue of its own.
    const opened = visitor.page.waitForEvent('filechooser');
    await Promise.race([opened, tabsTo(visitor, visitor.t('home.choose'))]);
    const [chooser] = await Promise.all([opened, visitor.page.keyboard.press('Enter')]);
    await chooser.setFiles({ name: 'election.bel', mimeType: 'application/octet-stream', buffer: SIMPLE.bytes });
    await verdict(visitor, 'valid');
    await tabsTo(visitor, visitor.t('vote.label'));
    await visitor.page.keyboard.type(SIMPLE.trackers[1]);
    await visitor.page.keyboard.press('Enter');
    await visitor.sees('vote', 'counted');
  });
});

function election(name) {
  const folder = join(ELECTIONS, name);
  const archive = readdirSync(folder).find((file) => file.endsWith('.bel'));
  const { independent_check: expected, trackers_in_order_of_acceptance: trackers } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  return { bytes: readFileSync(join(folder, archive)), expected, trackers };
}

/** The archive with a vote more for the first answer, as somebody would write it who does not know how records are chained. */
function withAnotherCount(bytes) {
  const altered = Buffer.from(bytes);
  const at = altered.indexOf('{"result":[[3,');
  assert.ok(at > 0);
  altered.write('4', at + '{"result":[['.length);
  return altered;
}

async function hands(visitor, choose, buffer) {
  const input = visitor.page.getByLabel(visitor.t(choose), { exact: true }).and(visitor.page.locator('input'));
  await input.setInputFiles({ name: 'election.bel', mimeType: 'application/octet-stream', buffer });
}

async function verdict(visitor, expected) {
  await visitor.page.getByTestId('election-verdict').waitFor();
  assert.equal(await visitor.page.getByTestId('election-verdict').getAttribute('data-verdict'), expected);
}

/** Everything can be reached and read, light and dark; and a picture of it. */
async function looks(visitor, name) {
  const findings = await walkByKeyboard(visitor.page);
  const folder = join(stage.target, 'election');
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await visitor.page.emulateMedia({ colorScheme });
    await visitor.page.evaluate(AXE);
    const { violations } = await visitor.page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
    findings.push(...violations.map(({ id, nodes }) => `${id} (${colorScheme}) at ${nodes.map((node) => node.target.join(' ')).join(', ')}`));
    await visitor.page.screenshot({ path: join(folder, `${visitor.language}-${colorScheme}-${name}.png`), fullPage: true });
  }
  assert.deepEqual(findings, []);
}

async function tabsTo(visitor, name) {
  for (let step = 0; step < 40; step++) {
    const focused = await visitor.page.evaluate(() => {
      const element = document.activeElement;
      return element.labels?.[0]?.innerText ?? element.innerText?.trim();
    });
    if (focused === name) return;
    await visitor.page.keyboard.press('Tab');
  }
  assert.fail(`'${name}' cannot be reached with Tab`);
}
