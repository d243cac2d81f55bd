import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { operator, signsAll } from '../operators.mjs';
import { story } from '../stage.mjs';

describe('the operators’ desk', () => {
  for (const language of ['ko', 'en']) {
    story(`proposes a bank account as one operator and confirms it as the other (${language})`, async (cast) => {
      const first = await operator(cast, 1, { language });
      const second = await operator(cast, 2, { language });
      for (const desk of [first, second]) {
        await desk.link('nav.merchants').click();
        await desk.field('merchants.search').fill('캠퍼스');
        await desk.button('merchants.find').click();
        await desk.page.getByTestId('merchants').getByRole('link').filter({ hasNotText: /COFFEE|커피/ }).click();
        await desk.button('bank.propose').waitFor();
      }
      await first.button('bank.propose').click();
      await first.field('bank.number').fill('110-123-456789');
      await first.field('bank.holder').fill('캠퍼스 빵집');
      await first.button('bank.propose.confirm').click();
      await first.page.locator('[data-testid=bank-account][data-state=proposed]').filter({ hasText: first.t('bank.own') }).waitFor();
      assert.equal(await first.button('bank.confirm').count(), 0, 'nobody confirms what is their own');

      await second.page.reload();
      await second.button('bank.confirm').click();
      await second.page.getByRole('dialog').getByText('…789').waitFor();
      await second.page.getByRole('dialog').getByRole('button', { name: second.t('bank.confirm'), exact: true }).click();
      await second.page.locator('[data-testid=bank-account][data-state=waiting]').filter({ hasText: '…789' }).first().waitFor();
      await second.page.locator('[data-testid=bank-account][data-state=current]').waitFor();
    });
  }

  story('makes a shop a merchant when another operator approves it', async (cast) => {
    const first = await operator(cast, 1);
    await first.link('nav.merchants').click();
    await first.button('application.new').click();
    const name = `연세서점 ${Date.now() % 100_000}`;
    await first.field('application.business').fill('124-81-00999');
    await first.text('application.business.wrong').waitFor();
    const answers = {
      'application.business': '124-81-00998', 'merchant.name.ko': name, 'merchant.name.en': 'YONSEI BOOKS', 'application.city.ko': '서울',
      'application.city.en': 'SEOUL', 'application.category': '5942', 'application.contact': '김하나', 'application.phone': '02-123-4567',
    };
    for (const [field, answer] of Object.entries(answers)) await first.field(field).fill(answer);
    await first.button('application.write').click();
    await first.page.getByTestId('applications').getByRole('button').filter({ hasText: name }).click();
    await first.text('application.own.text').waitFor();
    assert.equal(await first.button('application.approve').count(), 0, 'nobody approves what is their own');

    const second = await operator(cast, 2);
    await second.link('nav.merchants').click();
    await second.page.getByTestId('applications').getByRole('button').filter({ hasText: name }).click();
    await second.button('application.approve').click();
    const key = await second.page.getByTestId('secret').innerText();
    await second.button('application.key.done').click();
    await second.page.getByTestId('merchants').getByRole('link').filter({ hasText: name }).waitFor();

    const owner = await cast.visitor({ room: 'merchant' });
    await owner.field('signin.key').fill(key);
    await owner.button('signin.button').click();
    await owner.page.getByTestId('today').waitFor();
  });

  story('settles yesterday when both operators have signed what they see', async (cast) => {
    const first = await operator(cast, 1);
    const second = await operator(cast, 2, { language: 'en' });
    await first.sees('health', 'up');

    await signsAll(first, 'first', 'approval.settle.text');
    await first.sees('approvals', 'waiting');
    await signsAll(second, 'last', 'approval.settle.text');

    // The bakery's account is closed: its payout comes back, and two people make it void.
    await signsAll(first, 'first', 'approval.void.text');
    await first.sees('approvals', 'waiting');
    await signsAll(second, 'last', 'approval.void.text');
    await second.sees('approvals', 'none');

    await first.link('nav.runs').click();
    await first.page.getByTestId('runs').getByRole('link').filter({ hasText: 'S코인' }).first().click();
    await first.sees('run', 'closed');
    const [file] = await Promise.all([first.page.waitForEvent('download'), first.button('run.file').click()]);
    assert.match(file.suggestedFilename(), /^S-COIN-\d{8}-1\.xml$/);
  });

  story('shows everybody the coins beside the money in the bank', async (cast) => {
    const desk = await operator(cast, 1);
    await desk.sees('reserves', 'even');
    const anybody = await cast.visitor({ room: 'explorer' });
    await anybody.link('home.reserves').click();
    await anybody.sees('reserves', 'even');
    const { items } = await (await anybody.page.request.get('/v1/reserves')).json();
    await anybody.page.getByText(anybody.money(items.find((day) => day.booked !== undefined).booked)).first().waitFor();
  });

  story('keeps the approver’s key in the page’s memory only, and takes no other file for it', async (cast) => {
    const desk = await operator(cast, 1);
    const { operators } = await (await desk.page.request.get('/v1/demo')).json();
    await desk.link('nav.approvals').click();
    await desk.page.locator('input[type=file]').setInputFiles({ name: 'x.key', mimeType: 'text/plain', buffer: Buffer.from('no key') });
    await desk.text('key.form').waitFor();
    await desk.page.locator('input[type=file]').setInputFiles({ name: 'approver-1.key', mimeType: 'text/plain', buffer: Buffer.from(`${operators[0].approverKey}\n`) });
    await desk.sees('approver-key', 'open');
    const stored = await desk.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.ok(!stored.includes(operators[0].approverKey));
    await desk.page.reload();
    await desk.sees('approver-key', 'none');
  });
});
