import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { operator } from '../operators.mjs';
import { PHONE } from '../people.mjs';
import { story } from '../stage.mjs';
import { wordsOf } from '../words.mjs';

const AHEAD_MILLIS = 15_000;

describe('rules of points and vouchers', () => {
  story('change when two approvers have signed, hold from the time that was set, and stay in the history', async (cast) => {
    const first = await operator(cast, 1, { viewport: PHONE });
    const t = await wordsOf('rules', 'ko');
    const button = (desk, words) => desk.page.getByRole('button', { name: words, exact: true });
    const version = async () => (await (await first.page.request.get('/v1/assets/SINCHON')).json()).rules.version;
    const before = await version();
    await first.goes('#/rules');
    await first.page.getByTestId('ruled-assets').getByRole('link').filter({ hasText: '신촌 상품권' }).click();
    await button(first, t('edit')).click();
    // As a field of local times takes it, in the zone of these pages.
    const from = new Date(Date.now() + 9 * 3_600_000 + AHEAD_MILLIS).toISOString().slice(0, 19);
    await first.page.getByLabel(t('edit.from'), { exact: true }).fill(from);
    const cap = 40_000 + before;
    await first.page.getByLabel(t('rule.perPayment'), { exact: true }).fill(String(cap));
    await first.page.locator('[data-testid=changes][data-count="1"]').filter({ hasText: first.money(cap) }).waitFor();
    await button(first, t('edit.propose')).click();
    await first.page.getByTestId('proposal').waitFor();
    const place = new URL(first.page.url()).hash;

    await signs(first, t);
    await first.page.locator('[data-testid=proposal][data-signed="1"]').waitFor();
    assert.equal(await button(first, t('proposal.sign')).count(), 0, 'nobody signs twice');
    const second = await operator(cast, 2, { viewport: PHONE });
    await second.goes(place);
    await signs(second, t);
    await second.sees('proposal', 'done');
    await first.sees('proposal', 'done');

    const until = Date.now() + 60_000;
    while ((await version()) === before && Date.now() < until) {
      // Until the time has come; each answer is the gateway's own.
      await first.page.request.get('/v1/assets');
    }
    await second.goes('#/rules/asset/SINCHON');
    await second.page.locator(`[data-testid=rules][data-version="${before + 1}"]`).filter({ hasText: second.money(cap) }).waitFor();
    await second.page.getByTestId('history').locator('summary').first().click();
    await second.page.getByTestId('history').getByRole('link', { name: t('history.receipt') }).first().waitFor();
  });

  story('of a programme are proposed, read in English, and withdrawn', async (cast) => {
    const desk = await operator(cast, 1, { language: 'en' });
    const t = await wordsOf('rules', 'en');
    const { page } = desk;
    const code = `EARN-${Date.now() % 100_000}`;
    await desk.goes('#/rules');
    await page.getByTestId('programmes').waitFor();
    await page.getByRole('button', { name: t('programme.new') }).click();
    const answers = { 'form.code': code, 'form.ko': '점심 적립', 'form.en': 'Lunch points', 'form.rate': '2.5', 'form.perPerson': '1000', 'form.total': '50000' };
    for (const [field, answer] of Object.entries(answers)) await page.getByLabel(t(field), { exact: true }).fill(answer);
    await page.getByTestId('changes').getByText('2.5 %').waitFor();
    await page.getByRole('button', { name: t('edit.propose') }).click();
    await desk.sees('proposal', 'waiting');
    await page.getByRole('heading', { name: 'Programme Lunch points' }).waitFor();
    await page.getByRole('button', { name: t('proposal.withdraw') }).click();
    await page.getByLabel(t('proposal.withdraw.reason')).fill('not this year');
    await page.getByRole('button', { name: t('proposal.withdraw.confirm') }).click();
    await desk.sees('proposal', 'withdrawn');
  });
});

async function signs(desk, t) {
  await desk.button('key.sample').click();
  await desk.sees('approver-key', 'open');
  await desk.page.getByRole('button', { name: t('proposal.sign'), exact: true }).click();
}
