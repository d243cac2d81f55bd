import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';

import { presses, reaches } from '../by-keyboard.mjs';
import { keyOfTheBakery } from '../operators.mjs';
import { DESK } from '../people.mjs';
import { story } from '../stage.mjs';

const LINES = '**/v1/settlements/*/*/lines?*';
const RESULTS = '**/v1/results?*';

/** The owner of the sample shop, at the list of what was settled. */
async function owner(cast, options = {}) {
  const visitor = await cast.visitor({ room: 'merchant', viewport: DESK, ...options });
  const { merchant } = await (await visitor.page.request.get('/v1/demo')).json();
  await visitor.button('signin.demo', { name: merchant.name[visitor.language] }).click();
  await visitor.page.getByTestId('today').waitFor();
  await visitor.link('nav.settlements').click();
  await visitor.page.getByTestId('next-payout').waitFor();
  return visitor;
}

/** Opens the statement of the newest day that was paid out. */
async function opensPaidDay({ page, t }) {
  await page.getByTestId('settlements').getByRole('link').filter({ hasText: t('settled.paid') }).first().click();
  await page.getByTestId('sum').waitFor();
}

async function proves(desk, verdict) {
  await desk.link('prove.open').click();
  await desk.button('proof.go').click();
  await desk.page.locator(`[data-testid=proof][data-verdict=${verdict}]`).waitFor();
}

async function checks({ page }) {
  const states = await page.getByTestId('check').evaluateAll((all) => all.map(({ dataset }) => [dataset.check, dataset.state]));
  return Object.fromEntries(states);
}

const ALL_GOOD = { receipt: 'good', lines: 'good', sums: 'good', payments: 'good' };

describe('what a shop is paid out', () => {
  for (const language of ['ko', 'en']) {
    story(`adds up on its statement and is proven against the chain, by keyboard alone (${language})`, async (cast) => {
      const desk = await owner(cast, { language });
      await reaches(desk, ({ name }) => name.endsWith(desk.t('settled.paid')));
      await desk.page.keyboard.press('Enter');
      await desk.page.getByTestId('sum').waitFor();
      const parts = await desk.page.getByTestId('sum').locator('tr').evaluateAll((rows) => rows.map(({ dataset }) => [dataset.part, Number(dataset.amount)]));
      const payout = parts.pop();
      assert.equal(payout[0], 'payout');
      assert.ok(payout[1] > 0, 'something was paid out');
      assert.equal(parts.reduce((sum, [, amount]) => sum + amount, 0), payout[1]);
      await desk.text('sum.adds').waitFor();
      await desk.page.getByTestId('chart').getByRole('img').waitFor();
      await presses(desk, desk.t('chart.table'));
      await desk.page.getByTestId('chart').getByRole('table').waitFor();
      assert.ok((await desk.page.getByTestId('lines').getByRole('link').count()) > 0, 'the day’s transactions are listed');

      await presses(desk, desk.t('prove.open'));
      await presses(desk, desk.t('proof.go'));
      await desk.page.locator('[data-testid=proof][data-verdict=proven]').waitFor();
      assert.deepEqual(await checks(desk), ALL_GOOD);
      await presses(desk, desk.t('whole.go'));
      await desk.sees('whole-day', 'good');
      assert.deepEqual(await checks(desk), { ...ALL_GOOD, whole: 'good' });
    });
  }

  story('leads from a line of the statement to its receipt', async (cast) => {
    const desk = await owner(cast);
    await opensPaidDay(desk);
    const path = await desk.page.getByTestId('lines').getByRole('link').first().getAttribute('href');
    const explorer = await cast.another(desk, { room: 'explorer', path });
    await explorer.text('transaction.final').waitFor();
    await explorer.button('transaction.receipt').click();
    await explorer.page.locator('[data-testid=receipt-verdict][data-verdict=valid]').waitFor();
  });

  story('can be kept as a file, of a day and of a month', async (cast) => {
    const desk = await owner(cast);
    await opensPaidDay(desk);
    const lines = await desk.page.getByTestId('lines').getByRole('link').count();
    const csv = await downloads(desk, 'files.csv');
    assert.match(csv.name, /^statement-S-COIN-\d{4}-\d\d-\d\d\.csv$/);
    assert.ok(csv.content.toString('utf8').trim().split('\n').length > lines, 'it has a row for each line');
    assert.equal((await downloads(desk, 'files.pdf')).content.toString('latin1', 0, 5), '%PDF-');

    await desk.goes('#/settlements');
    await desk.page.getByRole('link', { name: desk.t('settlements.month') }).first().click();
    await desk.page.getByTestId('days').waitFor();
    const xlsx = await downloads(desk, 'files.xlsx');
    assert.match(xlsx.name, /^statement-S-COIN-\d{4}-\d\d\.xlsx$/);
    assert.equal(xlsx.content.toString('latin1', 0, 2), 'PK');
  });

  story('says why a payout came back, and what to do', async (cast) => {
    const desk = await cast.visitor({ room: 'merchant', viewport: DESK });
    await desk.field('signin.key').fill(await keyOfTheBakery(desk.page.request));
    await desk.button('signin.button').click();
    await desk.link('nav.settlements').click();
    const returned = desk.page.locator('[data-testid=returned][data-reason=AC04]');
    await returned.getByText(desk.t('returned.advice.account')).waitFor();
    await returned.getByRole('link').click();
    await desk.page.getByTestId('statement').getByText(desk.t('settled.returned')).waitFor();
    await desk.page.getByTestId('attempts').getByText(desk.t('settled.returned')).first().waitFor();
    await desk.text('sum.adds').waitFor();
    await proves(desk, 'proven');
  });

  story('is found out when the server leaves a line out', async (cast) => {
    const desk = await owner(cast);
    await opensPaidDay(desk);
    let hidden;
    await desk.page.route(LINES, async (route) => {
      const response = await route.fetch();
      const page = await response.json();
      hidden ??= page.items.shift();
      await route.fulfill({ response, json: page });
    });
    await proves(desk, 'refuted');
    assert.deepEqual(await checks(desk), { receipt: 'good', lines: 'bad', sums: 'bad', payments: 'bad' });
    const named = desk.t('fault.left-out', { position: hidden.position, amount: desk.money(hidden.change) });
    await desk.page.locator('[data-fault=left-out]').filter({ hasText: named }).waitFor();
    await desk.button('whole.go').click();
    await desk.sees('whole-day', 'bad');
    await desk.page.unrouteAll({ behavior: 'wait' });
  });

  story('is found out when the server hides a transaction of a block', async (cast) => {
    const desk = await owner(cast);
    await opensPaidDay(desk);
    await desk.page.route(RESULTS, async (route) => {
      const response = await route.fetch();
      const { items } = await response.json();
      await route.fulfill({ response, json: { items: items.map((block) => ({ ...block, results: block.results.slice(1) })) } });
    });
    await proves(desk, 'proven');
    await desk.button('whole.go').click();
    await desk.sees('whole-day', 'trouble');
    await desk.button('again').waitFor();
    await desk.page.unrouteAll({ behavior: 'wait' }); // blocks were asked for ahead
  });
});

async function downloads(desk, key) {
  const [file] = await Promise.all([desk.page.waitForEvent('download'), desk.button(key).click()]);
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}
