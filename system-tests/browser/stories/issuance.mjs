import { describe } from 'node:test';

import { operator } from '../operators.mjs';
import { story } from '../stage.mjs';

describe('coins for a deposit', () => {
  story('come when the bank has told of it and both operators have signed', async (cast) => {
    const payer = await cast.newcomer();
    await payer.opensWallet();
    const { visitor } = payer;
    await visitor.goes('#/charge');
    await visitor.button('charge.transfer').click();
    await visitor.page.locator('form button[type="submit"]').click();
    await visitor.sees('pay-in', 'awaited');
    await visitor.button('payin.demo').click();
    await visitor.sees('pay-in', 'seen');

    const first = await operator(cast, 1);
    await signsAll(first, 'issue.sign.first');
    await first.sees('issues', 'waiting');
    const second = await operator(cast, 2, { language: 'en' });
    await signsAll(second, 'issue.sign.last');

    await visitor.sees('charge', 'confirmed');
    await visitor.goes('#/');
    await payer.seesBalance(30_000);
    await second.sees('issues', 'none');
  });

  story('that names nobody’s charge wait for a person who looks', async (cast) => {
    const desk = await operator(cast, 1);
    await desk.page.request.post('/v1/demo/transfers', { data: { reference: '=HYPERLINK("x") 홍길동', amount: 12_345 } });
    await desk.link('nav.issuance').click();
    const row = desk.page.locator('[data-testid=deposit][data-state=unmatched]').filter({ hasText: desk.money(12_345) });
    await row.filter({ hasText: '=HYPERLINK' }).getByRole('button').click();
    await desk.field('deposit.note').fill('보낸 분과 통화했어요');
    await desk.button('deposit.return').click();
    await desk.page.locator('[data-testid=deposit][data-state=to-return]').filter({ hasText: desk.money(12_345) }).getByRole('button').click();
    await desk.field('deposit.note').fill('은행에서 돌려보냈어요');
    await desk.button('deposit.returned.confirm').click();
    await row.waitFor({ state: 'detached' });
  });
});

/** Signs everything that waits, after reading what it is. */
async function signsAll(desk, which) {
  await desk.link('nav.issuance').click();
  await desk.button('key.sample').click();
  await desk.sees('issues', 'mine');
  const rows = desk.page.getByTestId('issue');
  await rows.first().locator('summary').first().click();
  await desk.text('approval.exact').first().waitFor();
  await desk.button('sign.all', { count: String(await rows.count()) }).click();
  const sheet = desk.page.getByRole('dialog');
  await sheet.getByText(desk.t(which)).waitFor();
  await sheet.getByRole('button', { name: desk.t('sign.confirm'), exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
}
