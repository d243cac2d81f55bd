import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { film } from '../camera.mjs';
import { stage, story } from '../stage.mjs';

describe('the customer’s code', () => {
  story('is scanned with the till’s camera, and both see the payment at once', async (cast) => {
    const shopper = await cast.shopper();
    await shopper.showsCode();
    const picture = await shopper.page.getByTestId('customer-code').screenshot();

    const cashier = await cast.cashier({ permissions: ['camera'] });
    await cashier.asks(12_000);
    await film(stage.film, picture, shopper.page);
    await cashier.scans();

    await cashier.seesPaid();
    await cashier.visitor.isTold('결제 완료 12,000원');
    await shopper.seesPaid();
    await shopper.page.getByRole('heading', { name: '결제했어요' }).waitFor();
    await shopper.page.getByText(cashier.shop.ko, { exact: true }).waitFor();
    await shopper.visitor.isTold(`결제했어요 12,000원 ${cashier.shop.ko}`);

    await shopper.visitor.link('paid.receipt').click();
    await shopper.visitor.heading('receipt.title').waitFor();
    await shopper.visitor.goes('#/');
    await shopper.seesBalance(18_000);

    // The same picture again, for the next purchase: the camera still sees it.
    await cashier.nextCustomer();
    await cashier.asks(1_000);
    await cashier.scans();
    await cashier.visitor.text('refusal.mandate-used').waitFor();
    await cashier.givesUp();
    await shopper.seesBalance(18_000);
  });

  story('works for a wallet without network, and the payer learns of it afterwards', async (cast) => {
    const shopper = await cast.shopper();
    await shopper.visitor.context.setOffline(true);
    const code = await shopper.showsCode();
    await shopper.visitor.text('code.offline').waitFor();

    const cashier = await cast.cashier();
    await cashier.asks(4_500);
    await cashier.scansText(code);
    await cashier.seesPaid();

    await shopper.visitor.context.setOffline(false);
    await shopper.seesPaid();
    await shopper.leavesPaidScreen();
    await shopper.seesBalance(25_500);
  });

  story('takes no more than its limit, and says so to both', async (cast) => {
    const shopper = await cast.shopper();
    await shopper.visitor.link('home.code').click();
    await shopper.page.getByRole('radio', { name: '10,000원' }).check();
    await shopper.page.getByText('최대 10,000원, 한 번만').waitFor();
    const cashier = await cast.cashier();
    await cashier.asks(10_001);
    await cashier.scansText(await shopper.code());
    await cashier.visitor.text('refusal.customer-code-over-limit').waitFor();
    await shopper.page.getByTestId('refused').filter({ hasText: '10,001원' }).waitFor();

    await shopper.page.getByRole('radio', { name: '50,000원' }).check();
    await shopper.page.getByText('최대 50,000원, 한 번만').waitFor();
    await cashier.visitor.button('scan.again').click();
    await cashier.visitor.field('scan.text').fill(await shopper.code());
    await cashier.visitor.button('scan.go').click();
    await cashier.seesPaid();
    await shopper.seesPaid();
  });

  story('is refused in English as well when it was altered or is something else', async (cast) => {
    const shopper = await cast.shopper({ language: 'en' });
    const code = await shopper.showsCode();
    const cashier = await cast.cashier({ language: 'en' });
    await cashier.asks(1_000);
    const bytes = Buffer.from(code, 'base64');
    bytes[bytes.length - 1] ^= 1;
    await cashier.scansText(bytes.toString('base64'));
    const scan = cashier.page.getByTestId('scan');
    await scan.getByText('This code was altered, or is of another town. Nothing was paid.').waitFor();
    await cashier.visitor.button('scan.again').click();
    await cashier.visitor.field('scan.text').fill('https://example.com');
    await cashier.visitor.button('scan.go').click();
    await scan.getByText('This is not a code of a customer’s Madang wallet.').waitFor();
    await cashier.givesUp();
    assert.equal(await shopper.page.getByTestId('refused').count(), 0);
    await shopper.visitor.goes('#/');
    await shopper.seesBalance(30_000);
  });
});
