import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe } from 'node:test';

import { choosesFile, focused, presses, reaches, writes } from '../by-keyboard.mjs';
import { ROOT } from '../demo.mjs';
import { DESK } from '../people.mjs';
import { story } from '../stage.mjs';
import { wordsOf } from '../words.mjs';

describe('by keyboard alone', () => {
  story('a wallet is made, charged, and pays a code that was pasted', async (cast) => {
    const cashier = await cast.visitor({ room: 'till', viewport: { width: 1280, height: 800 } });
    const { merchant } = await (await cashier.page.request.get('/v1/demo')).json();
    await cashier.button('signin.demo', { name: merchant.name.ko }).waitFor();
    await presses(cashier, cashier.t('signin.demo', { name: merchant.name.ko }));
    await cashier.page.getByTestId('amount').waitFor();
    await cashier.page.keyboard.type('7500');
    await cashier.page.getByTestId('amount').filter({ hasText: '7,500원' }).waitFor();
    await cashier.page.keyboard.press('Enter');
    await cashier.sees('intent', 'created');
    const code = await cashier.page.getByTestId('qr').getAttribute('data-qr');

    const shopper = await cast.visitor({ room: 'wallet', permissions: ['clipboard-read', 'clipboard-write'] });
    await shopper.button('welcome.start').waitFor();
    await presses(shopper, shopper.t('welcome.start'));
    await shopper.page.getByTestId('balance').waitFor();
    await shopper.link('home.charge').first().waitFor();
    await presses(shopper, shopper.t('home.charge'));
    // With a discount or without: what one gets stands at the end.
    const charge = shopper.t('charge.button', { amount: '30,000원' });
    await shopper.page.locator('form button[type="submit"]:enabled').waitFor();
    await reaches(shopper, (focus) => focus.name.endsWith(charge));
    await shopper.page.keyboard.press('Enter');
    await shopper.sees('charge', 'confirmed');
    await presses(shopper, shopper.t('paid.home'));
    await shopper.page.getByTestId('balance').filter({ hasText: '30,000원' }).waitFor();

    await presses(shopper, shopper.t('home.scan'));
    await shopper.field('scan.code').waitFor();
    await shopper.page.evaluate((text) => navigator.clipboard.writeText(text), code);
    await reaches(shopper, (focus) => focus.label === shopper.t('scan.code'));
    await shopper.page.keyboard.press('Control+V');
    await shopper.page.keyboard.press('Enter');

    await shopper.page.getByRole('dialog').waitFor();
    await presses(shopper, shopper.t('pay.button', { amount: '7,500원' }));
    await shopper.sees('payment', 'paid');
    await cashier.sees('intent', 'paid');
    await presses(shopper, shopper.t('paid.home'));
    await shopper.page.getByTestId('balance').filter({ hasText: '22,500원' }).waitFor();
  });

  story('an election is written, its key and credentials are made, and it is announced', async (cast) => {
    const roles = await wordsOf('roles', 'ko');
    const office = await cast.visitor({ room: 'administrator', viewport: DESK });
    await office.heading('unlock.title').waitFor();
    const { administratorKeyFile } = await (await office.page.request.get('/v1/demo')).json();
    await choosesFile(office, roles('file.choose'), resolve(ROOT, administratorKeyFile));
    await office.link('elections.new').waitFor();
    await presses(office, office.t('elections.new'));
    await office.field('editor.least').waitFor();
    const inKorean = (key, values) => office.t('text.ko', { label: office.t(key, values) });
    await writes(office, inKorean('editor.name'), '자판으로 여는 선거');
    await writes(office, inKorean('question.text'), '어느 쪽인가요?');
    await writes(office, inKorean('answer.number', { number: 1 }), '이쪽');
    await writes(office, inKorean('answer.number', { number: 2 }), '저쪽');
    await writes(office, office.t('editor.trustees.count'), '1');
    await reaches(office, ({ label }) => label.startsWith(office.t('editor.needed.some')));
    await office.page.keyboard.press('ArrowDown');
    await presses(office, office.t('editor.save'));
    const link = async (who) => await office.page.getByTestId(who).getAttribute('data-link');
    await office.page.getByTestId('links').waitFor();
    await choosesFile(office, office.t('roll.choose'), csv('voter,contact\ngaram,garam@campus.example\nnuri,nuri@campus.example'));
    await presses(office, office.t('roll.upload', { count: '2' }));
    await office.sees('roll', 'there');

    const trustee = await cast.visitor({ room: 'trustee', path: await link('trustee-1'), viewport: DESK });
    await trustee.button('make.button').waitFor();
    await presses(trustee, trustee.t('make.button'));
    await backsUp(trustee, roles);
    await trustee.page.locator('[data-testid=trustee][data-task=kept]').waitFor();

    const registrar = await cast.visitor({ room: 'registrar', path: await link('registrar'), viewport: DESK });
    await registrar.button('make.button', { count: '2' }).waitFor();
    await presses(registrar, registrar.t('make.button', { count: '2' }));
    await backsUp(registrar, roles);
    await presses(registrar, registrar.t('give.button', { count: '2' }));
    await registrar.sees('given', 'same');

    await office.button('announce.examine').and(office.page.locator(':enabled')).waitFor();
    await presses(office, office.t('announce.examine'));
    await office.sees('announce', 'good');
    await presses(office, office.t('announce.sign'));
    await office.page.getByRole('dialog').waitFor();
    await presses(office, office.t('announce.do'));
    await office.page.locator('[data-testid=act][data-purpose="election.setup"]').waitFor();
  });

  story('the confirm sheet keeps the focus inside, and Escape closes it without paying', async (cast) => {
    const shopper = await cast.shopper();
    const cashier = await cast.cashier();
    await shopper.enters(await cashier.asks(2_000));
    await shopper.confirmSheet().waitFor();
    for (let step = 0; step < 8; step++) {
      await shopper.page.keyboard.press('Tab');
      const inside = await shopper.page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null);
      assert.ok(inside, 'the focus left the sheet');
    }
    await shopper.page.keyboard.press('Escape');
    await shopper.confirmSheet().waitFor({ state: 'detached' });
    await shopper.visitor.goes('#/');
    await shopper.seesBalance(30_000);
  });

  story('the first thing reached leads past the head of the page', async (cast) => {
    const shopper = await cast.newcomer();
    await shopper.visitor.button('welcome.start').waitFor();
    await shopper.page.keyboard.press('Tab');
    assert.equal((await focused(shopper.visitor)).name, shopper.visitor.t('skip'));
    await shopper.page.keyboard.press('Enter');
    assert.equal(await shopper.page.evaluate(() => document.activeElement.id), 'content');
  });
});

const csv = (text) => ({ name: 'voters.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Saves a secret's file, opens it again to prove it, and goes on. */
async function backsUp(visitor, roles) {
  const { page } = visitor;
  await page.getByTestId('backup').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), presses(visitor, roles('backup.save'))]);
  const buffer = await readFile(await download.path());
  await choosesFile(visitor, roles('backup.check'), { name: download.suggestedFilename(), mimeType: 'application/octet-stream', buffer });
  await page.locator('[data-testid=backup][data-state=checked]').waitFor();
  await presses(visitor, roles('backup.on'));
  await page.getByTestId('backup').waitFor({ state: 'detached' });
}
