import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { keyOfTheBakery, operator, signsAll } from '../operators.mjs';
import { DESK } from '../people.mjs';
import { story } from '../stage.mjs';

/** Who runs a shop, at its desk: of the sample shop without a key. */
async function owner(cast, key) {
  const visitor = await cast.visitor({ room: 'merchant', viewport: DESK });
  const { merchant } = await (await visitor.page.request.get('/v1/demo')).json();
  await visitor.field('signin.key').fill(key ?? merchant.apiKey);
  await visitor.button('signin.button').click();
  await visitor.page.getByTestId('today').waitFor();
  return visitor;
}

/** Both operators sign whatever of a kind waits for them. */
async function bothSign(operators, what) {
  await signsAll(operators[0], 'first', what);
  await signsAll(operators[1], 'last', what);
}

describe('a week of a shop', () => {
  story('is sold, given back, settled, returned by the bank, tried again as another attempt, and proven', async (cast) => {
    const cafe = await owner(cast);
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    for (const amount of [4_100, 2_900]) {
      await shopper.pays(await cashier.asks(amount), amount);
      await shopper.leavesPaidScreen();
      await cashier.seesPaid();
      await cashier.nextCustomer();
    }
    const sale = cafe.page.getByTestId('sales').getByRole('listitem').filter({ hasText: cafe.money(4_100) }).first();
    await sale.getByRole('button').click();
    await cafe.page.getByRole('dialog').getByRole('button', { name: cafe.money(4_100) }).click();
    await sale.getByText(cafe.t('sale.refunded')).waitFor();

    // Yesterday may have been settled by another story.
    const operators = [await operator(cast, 1), await operator(cast, 2)];
    await operators[0].link('nav.approvals').click();
    await operators[0].page.getByTestId('approvals').waitFor();
    if ((await operators[0].page.getByTestId('approvals').getAttribute('data-state')) !== 'none') {
      await bothSign(operators, 'approval.settle.text');
      await bothSign(operators, 'approval.void.text');
    }

    // The bakery's account is closed, and its owner is told so in words.
    const bakery = await owner(cast, await keyOfTheBakery(cafe.page.request, 'owner'));
    await bakery.link('nav.settlements').click();
    const returned = bakery.page.locator('[data-testid=returned][data-reason=AC04]').first();
    await returned.getByText(bakery.t('returned.back')).waitFor();
    await returned.getByRole('link').click();
    await bakery.page.getByTestId('attempts').waitFor();
    const before = await attempts(bakery);

    // Another attempt is another payout: it goes to the same account, for a change has to wait, and comes back, too.
    await operators[0].link('nav.runs').click();
    await operators[0].page.getByTestId('runs').getByRole('link').filter({ hasText: 'S코인' }).first().click();
    await operators[0].button('run.retry').click();
    await operators[0].page.waitForURL(/-\d$/);
    await operators[0].sees('run', 'computed');
    await bothSign(operators, 'approval.settle.text');
    await bothSign(operators, 'approval.void.text');
    await bakery.page.reload();
    await bakery.page.getByTestId('attempts').getByText(bakery.t('attempts.number', { number: before + 1 })).waitFor();
    await bakery.text('sum.adds').waitFor();
    await bakery.link('prove.open').click();
    await bakery.button('proof.go').click();
    await bakery.page.locator('[data-testid=proof][data-verdict=proven]').waitFor();

    await bakery.link('nav.notices').click();
    const told = bakery.page.locator('[data-testid=notice][data-type="payout.returned"]');
    await told.first().waitFor();
    assert.ok((await told.count()) > before, 'each attempt that came back has a notice');
    await bakery.button('notices.all').click();
    await bakery.page.locator('[data-testid=notice][data-state=unseen]').first().waitFor({ state: 'detached' });
    await bakery.link('nav.sales').click();
    assert.equal(await bakery.page.getByTestId('unseen').count(), 0);
  });
});

async function attempts({ page, t }) {
  return await page.getByTestId('attempts').getByText(t('settled.returned'), { exact: true }).count();
}
