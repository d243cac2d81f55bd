import { Administrator, Registrar, Trustee } from './officers.mjs';
import { DESK, PHONE } from './people.mjs';
import { BoothVoter, electionAt, openElection, sampleLetter } from './voters.mjs';
import { wordsOf } from './words.mjs';

const SUBMIT = '**/v1/transactions';

/**
 * Walks through every screen of every room, in a town where something has happened. Yields at each: its name, the visitor who looks at
 * it, and other sizes in which it is worth a look; the walk goes on when the looking is done.
 */
export async function* tour(cast, language) {
  const options = { language, reducedMotion: 'reduce', serviceWorkers: 'block' };
  const found = {};
  yield* front(cast, options);
  yield* firstDay(cast, options);
  yield* payingAndTill(cast, options, found);
  yield* sales(cast, options);
  yield* merchant(cast, options);
  yield* operators(cast, options);
  yield* explorer(cast, options, found);
  yield* booth(cast, options);
  yield* elections(cast, options);
  yield* officers(cast, options);
}

async function* front(cast, options) {
  const visitor = await cast.visitor({ room: 'front', viewport: DESK, ...options });
  await visitor.heading('lead').waitFor();
  yield { name: 'front', visitor };
}

/** A newcomer's wallet, until a recovery code is registered. */
async function* firstDay(cast, options) {
  const shopper = await cast.newcomer(options);
  const { visitor, page } = shopper;
  await visitor.heading('welcome.title').waitFor();
  yield { name: 'wallet-welcome', visitor };
  await visitor.goes('#/recover');
  await visitor.field('recover.code').fill('7K2M');
  await visitor.button('recover.button').click();
  await visitor.text('recover.code.wrong').waitFor();
  yield { name: 'wallet-recover', visitor };
  await visitor.goes('#/');
  await shopper.opensWallet();
  await visitor.text('home.none').waitFor();
  yield { name: 'wallet-home-empty', visitor };

  await visitor.goes('#/charge');
  await page.locator('form button[type="submit"]:enabled').waitFor();
  yield { name: 'wallet-charge', visitor };
  await visitor.button('charge.transfer').click();
  await page.locator('form button[type="submit"]').click();
  await visitor.sees('pay-in', 'awaited');
  yield { name: 'wallet-pay-in', visitor };
  await visitor.goes('#/charge');
  await page.locator('form button[type="submit"]').and(page.locator(':enabled')).click();
  await visitor.sees('charge', 'confirmed');
  yield { name: 'wallet-charged', visitor };

  await visitor.goes('#/devices');
  await visitor.text('devices.none').waitFor();
  yield { name: 'wallet-devices-without-code', visitor };
  await visitor.goes('#/recovery');
  await page.getByTestId('recovery-code').waitFor();
  yield { name: 'wallet-recovery-code', visitor };
  const last = await page.getByTestId('recovery-code').getByRole('listitem').last().innerText();
  await visitor.button('recovery.written').click();
  await visitor.field('recovery.check').fill(last);
  yield { name: 'wallet-recovery-check', visitor };
  await visitor.button('recovery.save').click();
  await visitor.heading('devices.title').waitFor();
  const recoveryKey = page.getByTestId('key').getByRole('button');
  await recoveryKey.waitFor();
  yield { name: 'wallet-devices', visitor };
  await recoveryKey.click();
  await visitor.button('devices.revoke.confirm').waitFor();
  yield { name: 'wallet-revoke', visitor };
  await page.keyboard.press('Escape');

  await visitor.goes('#/settings');
  await visitor.heading('settings.title').waitFor();
  yield { name: 'wallet-settings', visitor };
  await visitor.goes('#/send');
  await visitor.field('send.phone').fill('010-0000-0001');
  await visitor.button('send.next').click();
  await page.getByRole('alert').waitFor();
  yield { name: 'wallet-send-unknown', visitor };
}

/** Payments as shopper and cashier see them, side by side. Leaves the receipt of one behind. */
async function* payingAndTill(cast, options, found) {
  const till = await cast.visitor({ room: 'till', viewport: DESK, ...options });
  const { merchant } = await (await till.page.request.get('/v1/demo')).json();
  await till.button('signin.demo', { name: merchant.name[till.language] }).waitFor();
  yield { name: 'till-sign-in', visitor: till };

  const cashier = await cast.cashier(options);
  const shopper = await cast.shopper(options);
  const { visitor, page } = shopper;
  const code = await cashier.asks(12_800);
  yield { name: 'till-qr', visitor: cashier.visitor };

  await visitor.goes('#/scan');
  await visitor.text('scan.refused').or(visitor.text('scan.hint')).first().waitFor();
  yield { name: 'wallet-scan', visitor };
  await visitor.field('scan.code').fill(code);
  await visitor.button('scan.code.go').click();
  await shopper.confirmSheet().waitFor();
  yield { name: 'wallet-confirm', visitor };

  await page.route(SUBMIT, (route) => route.abort('connectionfailed'));
  await shopper.confirms(12_800);
  await visitor.text('paid.waiting.network').waitFor();
  yield { name: 'wallet-waiting', visitor };
  await visitor.goes('#/');
  await page.getByRole('link').filter({ hasText: visitor.t('home.waiting') }).waitFor();
  yield { name: 'wallet-home-waiting', visitor };
  await page.goBack();
  await page.unroute(SUBMIT);
  await shopper.seesPaid();
  yield { name: 'wallet-paid', visitor };
  await cashier.seesPaid();
  yield { name: 'till-paid', visitor: cashier.visitor };

  await visitor.link('paid.receipt').click();
  await page.getByTestId('receipt-verdict').waitFor();
  yield { name: 'wallet-receipt', visitor };
  found.hash = new URL(page.url()).hash.split('/').at(-1);
  found.receipt = await (await page.request.get(`/v1/receipts/${found.hash}`)).body();
  await page.goBack();
  await shopper.leavesPaidScreen();

  await shopper.enters(code);
  await visitor.text('pay.closed.paid').waitFor();
  yield { name: 'wallet-code-already-paid', visitor };
  await visitor.goes('#/');

  await cashier.nextCustomer();
  const second = await cashier.asks(4_500);
  await shopper.pays(second, 4_500);
  await shopper.leavesPaidScreen();
  await cashier.seesPaid();
  await cashier.nextCustomer();
  yield { name: 'till-register', visitor: cashier.visitor };
  await cashier.newest().getByRole('button').click();
  await cashier.page.getByLabel(cashier.visitor.t('refund.part')).check();
  await cashier.visitor.field('refund.amount').fill('1500');
  yield { name: 'till-refund', visitor: cashier.visitor };
  await cashier.visitor.button('refund.confirm', { amount: cashier.visitor.money(1_500) }).click();
  await cashier.page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByText(visitor.t('activity.refund')).first().waitFor();
  yield { name: 'wallet-home', visitor };
  await visitor.goes('#/history');
  await visitor.text('history.end').waitFor();
  yield { name: 'wallet-history', visitor };

  yield* scanningTheCustomer(shopper, cashier);

  await visitor.goes('#/');
  await shopper.enters(await cashier.asks(99_000));
  await visitor.page.getByRole('dialog').getByRole('alert').waitFor();
  yield { name: 'wallet-too-little', visitor };
  await visitor.goes('#/');
  await cashier.visitor.button('waiting.cancel').click();
  await cashier.visitor.sees('intent', 'cancelled');
  yield { name: 'till-cancelled', visitor: cashier.visitor };
  await cashier.visitor.button('ended.next').click();
  await cashier.visitor.goes('#/stickers');
  await cashier.visitor.field('stickers.till').fill('TILL-2');
  await cashier.visitor.button('stickers.make').click();
  await cashier.page.getByTestId('sticker').waitFor();
  yield { name: 'till-sticker', visitor: cashier.visitor };

  yield* payingASticker(shopper, await cashier.page.getByTestId('sticker').getByTestId('qr').getAttribute('data-qr'));

  await visitor.goes('#/');
  await visitor.context.setOffline(true);
  await visitor.text('offline').waitFor();
  yield { name: 'wallet-offline', visitor };
}

/** The wallet's code at the till: first above its limit, then paid. */
async function* scanningTheCustomer(shopper, cashier) {
  const { visitor, page } = shopper;
  await visitor.goes('#/');
  await cashier.asks(11_000);
  await shopper.showsCode();
  await page.getByRole('radio', { name: visitor.money(10_000) }).check();
  await page.getByText(visitor.t('code.up-to', { amount: visitor.money(10_000) })).waitFor();
  yield { name: 'wallet-code', visitor };
  await cashier.scans();
  await cashier.visitor.sees('scan', 'scanning');
  yield { name: 'till-scan', visitor: cashier.visitor };
  await cashier.visitor.field('scan.text').fill(await shopper.code());
  await cashier.visitor.button('scan.go').click();
  await cashier.visitor.text('refusal.customer-code-over-limit').waitFor();
  yield { name: 'till-scan-refused', visitor: cashier.visitor };
  await page.getByTestId('refused').waitFor();
  yield { name: 'wallet-code-refused', visitor };
  await page.getByRole('radio', { name: visitor.money(50_000) }).check();
  await page.getByText(visitor.t('code.up-to', { amount: visitor.money(50_000) })).waitFor();
  await cashier.visitor.button('scan.again').click();
  await cashier.visitor.field('scan.text').fill(await shopper.code());
  await cashier.visitor.button('scan.go').click();
  await cashier.seesPaid();
  await shopper.seesPaid();
  yield { name: 'wallet-code-paid', visitor };
  await cashier.nextCustomer();
  await shopper.leavesPaidScreen();
}

async function* payingASticker(shopper, code) {
  const { visitor, page } = shopper;
  await visitor.goes('#/');
  await shopper.enters(code);
  for (const digit of '1200') await page.getByRole('button', { name: digit, exact: true }).click();
  yield { name: 'wallet-sticker-amount', visitor };
}

/** A charge with the demo's discount, and a sale before and after buying in it. Programmes begin a minute after the demo. */
async function* sales(cast, options) {
  const shopper = await cast.shopper(options);
  const { visitor, page } = shopper;
  await visitor.goes('#/sale/SALE-SINCHON');
  await page.locator('[data-testid="sale"][data-state="open"]').waitFor({ timeout: 90_000 });
  yield { name: 'wallet-sale', visitor };
  await visitor.goes('#/sales');
  await page.locator('a[href="#/sale/SALE-SINCHON"]').waitFor();
  yield { name: 'wallet-sales', visitor };
  await visitor.goes('#/charge');
  await page.getByTestId('offer').waitFor();
  yield { name: 'wallet-charge-discount', visitor };
  await visitor.goes('#/sale/SALE-SINCHON');
  await page.getByTestId('buy').getByRole('button').click();
  await visitor.sees('purchase', 'bought');
  yield { name: 'wallet-bought', visitor };
  await visitor.goes('#/holdings');
  await page.getByTestId('holding').first().waitFor();
  yield { name: 'wallet-holdings', visitor };
}

/** The desk of the shop whose till was just seen. */
async function* merchant(cast, options) {
  const visitor = await cast.visitor({ room: 'merchant', ...options });
  const { merchant: shop } = await (await visitor.page.request.get('/v1/demo')).json();
  const { page } = visitor;
  await visitor.button('signin.demo', { name: shop.name[visitor.language] }).waitFor();
  yield { name: 'merchant-sign-in', visitor };
  await visitor.link('apply.open').click();
  await visitor.field('application.business').fill('124-81-00999');
  await visitor.text('application.business.wrong').waitFor();
  yield { name: 'merchant-apply', visitor, sizes: [DESK] };
  await visitor.goes('#/');
  await visitor.button('signin.demo', { name: shop.name[visitor.language] }).click();
  await page.getByTestId('sales').waitFor();
  yield { name: 'merchant-sales', visitor };
  yield* settlements(visitor);
  await visitor.goes('#/webhooks');
  await visitor.button('webhook.new').click();
  await visitor.field('webhook.url').fill('http://127.0.0.1:9/');
  yield { name: 'merchant-webhook-new', visitor };
  await visitor.button('webhook.make').click();
  await page.getByTestId('secret').waitFor();
  yield { name: 'merchant-webhook-secret', visitor };
  await visitor.button('once.done').click();
  await page.getByTestId('webhooks').getByRole('link').first().waitFor();
  yield { name: 'merchant-webhooks', visitor };
  await page.getByTestId('webhooks').getByRole('link').first().click();
  await visitor.button('test').click();
  await page.getByTestId('delivery').first().locator('summary').click();
  await page.getByText(visitor.t('outcome.not-reached')).waitFor();
  yield { name: 'merchant-webhook', visitor };
  await visitor.button('delete').click();
  await visitor.button('delete.confirm').click();
  await visitor.button('webhook.new').waitFor();
  await visitor.goes('#/places');
  await visitor.button('places.add').click();
  await visitor.field('places.name').fill('신촌 본점');
  yield { name: 'merchant-places', visitor, sizes: [DESK] };
  await page.keyboard.press('Escape');
  await visitor.goes('#/terms');
  await page.getByTestId('rate').waitFor();
  yield { name: 'merchant-terms', visitor, sizes: [DESK] };
  await visitor.goes('#/notices');
  await page.getByTestId('notice').first().waitFor();
  yield { name: 'merchant-notices', visitor, sizes: [DESK] };
  await visitor.goes('#/staff');
  await page.getByTestId('staff').waitFor();
  yield { name: 'merchant-staff', visitor };
  await visitor.button('staff.add').click();
  await visitor.field('staff.name').fill('김하나');
  yield { name: 'merchant-staff-new', visitor };
}

/** What the shop was paid out, and the proof of it. */
async function* settlements(visitor) {
  const { page } = visitor;
  const screen = (name) => ({ name, visitor, sizes: [DESK] });
  await visitor.goes('#/settlements');
  await page.getByTestId('next-payout').waitFor();
  yield screen('merchant-settlements');
  await page.getByTestId('settlements').getByRole('link').filter({ hasText: visitor.t('settled.paid') }).first().click();
  await page.getByTestId('lines').waitFor();
  await page.getByTestId('chart').locator('summary').click();
  yield screen('merchant-statement');
  await visitor.link('prove.open').click();
  await visitor.button('proof.go').waitFor();
  yield screen('merchant-proof');
  await visitor.button('proof.go').click();
  await visitor.button('whole.go').click();
  await visitor.sees('whole-day', 'good');
  yield screen('merchant-proof-proven');
  await visitor.goes('#/settlements');
  await page.getByRole('link').filter({ hasText: visitor.t('settlements.month') }).first().click();
  await page.getByTestId('days').waitFor();
  yield screen('merchant-statement-month');
}

/** Those who settle: what waits is looked at, not signed, so that the next walk finds it again. */
async function* operators(cast, options) {
  const screen = (name, visitor) => ({ name, visitor, sizes: [PHONE] });
  const visitor = await cast.visitor({ room: 'operator', viewport: DESK, ...options });
  const { page } = visitor;
  await visitor.button('signin.sample', { number: 1 }).waitFor();
  yield screen('operator-sign-in', visitor);
  await visitor.button('signin.sample', { number: 1 }).click();
  await page.getByTestId('todo').waitFor();
  yield screen('operator-overview', visitor);
  await visitor.goes('#/runs');
  await page.getByTestId('runs').waitFor();
  yield screen('operator-runs', visitor);
  await page.getByTestId('runs').getByRole('link').last().click();
  await page.getByTestId('run').waitFor({ state: 'attached' });
  yield screen('operator-run', visitor);
  await visitor.goes('#/approvals');
  await page.getByTestId('approvals').waitFor();
  yield screen('operator-approvals', visitor);
  await visitor.button('key.sample').click();
  await visitor.sees('approver-key', 'open');
  const waiting = page.getByTestId('approval');
  if ((await waiting.count()) > 0) {
    await waiting.first().locator('summary').first().click();
    yield screen('operator-approval', visitor);
    await page.getByRole('button', { name: visitor.t('sign.all', { count: String(await waiting.count()) }) }).click();
    await page.getByRole('dialog').waitFor();
    yield screen('operator-sign', visitor);
    await page.keyboard.press('Escape');
  }
  await page.request.post('/v1/demo/transfers', { data: { reference: '충전 부탁드려요', amount: 54_321 } });
  await visitor.goes('#/issuance');
  await page.getByTestId('deposits').and(page.locator('[data-state=some]')).waitFor();
  yield screen('operator-issuance', visitor);
  await page.getByTestId('deposit').first().getByRole('button').click();
  await page.getByRole('dialog').waitFor();
  yield screen('operator-deposit', visitor);
  await page.keyboard.press('Escape');
  await visitor.button('issue.new').click();
  await page.getByRole('dialog').waitFor();
  yield screen('operator-new-issue', visitor);
  await page.keyboard.press('Escape');
  await visitor.goes('#/health');
  await page.getByTestId('parts').waitFor();
  yield screen('operator-health', visitor);
  const rules = await wordsOf('rules', options.language);
  await visitor.goes('#/rules');
  await page.getByTestId('programmes').waitFor();
  yield screen('operator-rules', visitor);
  await page.getByRole('button', { name: rules('programme.new') }).click();
  await page.getByLabel(rules('form.code'), { exact: true }).fill('EARN-2');
  yield screen('operator-programme-form', visitor);
  await page.keyboard.press('Escape');
  await page.getByTestId('programmes').getByRole('link').first().click();
  await page.getByTestId('programme').waitFor();
  await page.getByTestId('history').waitFor();
  yield screen('operator-programme', visitor);
  await visitor.goes('#/rules/asset/SINCHON');
  await page.getByTestId('rules').waitFor();
  await page.getByTestId('history').locator('summary').first().click();
  yield screen('operator-rules-of-asset', visitor);
  await page.getByRole('button', { name: rules('edit'), exact: true }).click();
  await page.getByLabel(rules('rule.perDay'), { exact: true }).fill('-1');
  yield screen('operator-rules-form', visitor);
  await page.keyboard.press('Escape');
  await visitor.goes('#/work');
  await page.getByTestId('work').waitFor();
  yield screen('operator-work', visitor);
  await visitor.goes('#/merchants');
  await page.getByTestId('merchants').waitFor();
  yield screen('operator-merchants', visitor);
  await visitor.button('application.new').click();
  await visitor.field('application.business').fill('124-81-00999');
  await visitor.text('application.business.wrong').waitFor();
  yield screen('operator-application', visitor);
  await page.keyboard.press('Escape');
  await page.getByTestId('merchants').getByRole('link').last().click();
  await visitor.button('bank.propose').waitFor();
  await page.getByRole('button', { name: rules('attributes.edit') }).waitFor();
  yield screen('operator-merchant', visitor);
  await visitor.button('bank.propose').click();
  await visitor.field('bank.holder').fill('신촌커피');
  yield screen('operator-bank-account', visitor);
  await page.keyboard.press('Escape');
  await visitor.button('fee.propose').click();
  await visitor.field('fee.rate').fill('0.555');
  await visitor.text('fee.rate.wrong').waitFor();
  yield screen('operator-fee', visitor);
  await page.keyboard.press('Escape');
  await visitor.button('correction.propose').click();
  await visitor.field('correction.reason').fill('사과의 뜻으로');
  yield screen('operator-correction', visitor);
}

async function* explorer(cast, options, { hash, receipt }) {
  const visitor = await cast.visitor({ room: 'explorer', viewport: DESK, ...options });
  await visitor.page.getByRole('table').waitFor();
  yield { name: 'explorer-home', visitor };
  await visitor.field('search.label').fill(hash);
  await visitor.button('search.go').click();
  await visitor.text('transaction.final').waitFor();
  yield { name: 'explorer-transaction', visitor };
  await visitor.page.getByRole('link').filter({ hasText: /^\d+\.\d+$/ }).click();
  await visitor.heading('block.transactions').waitFor();
  yield { name: 'explorer-block', visitor };
  await visitor.goes(`#/tx/${'0'.repeat(64)}`);
  await visitor.text('transaction.unknown').waitFor();
  yield { name: 'explorer-unknown-transaction', visitor };
  await visitor.goes('#/reserves');
  await visitor.page.getByTestId('reserves').waitFor();
  yield { name: 'explorer-reserves', visitor, sizes: [PHONE] };
  await visitor.goes('#/check');
  await visitor.text('check.members.text').waitFor();
  yield { name: 'explorer-check', visitor };
  await check(visitor, receipt);
  yield { name: 'explorer-receipt-valid', visitor };
  await visitor.button('check.again').click();
  const forged = JSON.parse(receipt);
  forged.outcome.code = 7;
  await check(visitor, Buffer.from(JSON.stringify(forged)));
  yield { name: 'explorer-receipt-forged', visitor };
}

/** From the letter to the board. */
async function* booth(cast, options) {
  const list = await cast.visitor({ room: 'vote', ...options });
  await openElection(list.page);
  await list.page.reload();
  await list.page.getByTestId('election').first().waitFor();
  yield { name: 'vote-list', visitor: list };

  const { letter } = await sampleLetter(cast, options.language === 'ko' ? 5 : 6);
  const voter = await BoothVoter.come(cast, letter, options);
  const { visitor, page } = voter;
  yield { name: 'vote-front', visitor };
  await visitor.button('front.sign-in').click();
  await visitor.field('sign-in.voter').fill(letter.voter);
  yield { name: 'vote-sign-in', visitor };
  const known = await voter.asksForCode();
  await visitor.field('sign-in.code').fill(await voter.code(known));
  yield { name: 'vote-code', visitor };
  await visitor.button('sign-in.go').click();
  await visitor.field('credential.label').fill('0');
  await visitor.button('next').click();
  await page.getByRole('alert').waitFor();
  yield { name: 'vote-credential', visitor };
  await voter.givesCredential();
  yield { name: 'vote-choose', visitor };
  await voter.chooses(['blank', [0, 1]]);
  yield { name: 'vote-review', visitor };
  await voter.seals();
  yield { name: 'vote-sealed', visitor };
  await visitor.button('seal.audit').click();
  await page.getByTestId('opened').waitFor();
  yield { name: 'vote-opened', visitor };
  await visitor.button('opened.again').click();
  await voter.casts();
  yield { name: 'vote-cast', visitor };
}

/** What anybody can check. */
async function* elections(cast, options) {
  const visitor = await cast.visitor({ room: 'elections', viewport: DESK, ...options });
  const { page } = visitor;
  const open = await openElection(page);
  const finished = await electionAt(page, 'finished');
  await page.reload();
  await page.getByTestId('election').nth(1).waitFor();
  yield { name: 'elections-list', visitor };
  await visitor.goes(`#/${open.id}/board`);
  const tracker = page.getByTestId('board-tracker').first();
  await tracker.waitFor();
  yield { name: 'elections-board', visitor };
  await tracker.click();
  await page.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
  yield { name: 'elections-my-vote', visitor };
  await visitor.goes(`#/${open.id}/check`);
  await visitor.field('vote.label').waitFor();
  yield { name: 'elections-check', visitor };
  await visitor.goes(`#/${finished.id}`);
  await visitor.button('report.save').waitFor();
  yield { name: 'elections-result', visitor };
  await visitor.goes(`#/${finished.id}/verify`);
  await visitor.button('verify.go').click();
  await page.locator('[data-testid=election-verdict][data-verdict=valid]').waitFor();
  yield { name: 'elections-verified', visitor };
  await visitor.goes('#/');
  await page.getByTestId('attached-elections').getByRole('link').first().click();
  await page.getByTestId('attached-result').waitFor();
  yield { name: 'elections-attached', visitor };
  const { hash } = await visitor.page.evaluate(() => location);
  await visitor.goes(`${hash}/board`);
  await page.getByTestId('board-tracker').first().waitFor();
  yield { name: 'elections-attached-board', visitor };
  await page.getByTestId('board-tracker').first().click();
  await page.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
  yield { name: 'elections-attached-vote', visitor };
  await visitor.goes('#/file');
  await visitor.heading('home.title').waitFor();
  yield { name: 'elections-file', visitor };
  await visitor.goes('#/opened');
  await visitor.heading('opened.title').waitFor();
  yield { name: 'elections-opened-ballot', visitor };
}

/** Those who run an election, on phones too; it is withdrawn in the end. */
async function* officers(cast, options) {
  const screen = (name, { visitor }) => ({ name, visitor, sizes: [PHONE] });
  const mailbox = await cast.visitor({ room: 'mailbox', viewport: DESK, ...options });
  await openElection(mailbox.page);
  await mailbox.page.getByTestId('message').first().waitFor();
  yield screen('mailbox', { visitor: mailbox });

  const locked = await cast.visitor({ room: 'administrator', viewport: DESK, ...options });
  await locked.heading('unlock.title').waitFor();
  yield screen('administrator-key', { visitor: locked });
  const administrator = await Administrator.come(cast, options);
  const finished = await electionAt(administrator.page, 'finished');
  yield screen('administrator-elections', administrator);
  await administrator.visitor.goes(`#/election/${finished.id}`);
  await administrator.page.getByTestId('act').first().waitFor();
  yield screen('administrator-finished', administrator);
  await administrator.visitor.goes('#/new');
  await administrator.visitor.field('editor.least').waitFor();
  yield screen('administrator-editor', administrator);
  await administrator.visitor.goes('#/');

  const name = `둘러보기 선거 ${options.language}`;
  const { registrar: registrarLink, trustees } = await administrator.writes({
    name, question: '어디에 심을까요?', answers: ['마당', '골목'], leastBallots: 2, allOf: 2, reward: 1_000,
  });
  yield screen('administrator-draft', administrator);
  await administrator.uploadsRoll('voter,contact\ngaon,gaon@campus.example\nnara,nara@campus.example', 2);
  yield screen('administrator-roll', administrator);
  yield* trustee(cast, options, trustees[0], screen);
  await (await Trustee.come(cast, trustees[1], options)).makesKey();

  const registrar = await Registrar.come(cast, registrarLink, options);
  await registrar.visitor.button('make.button', { count: '2' }).waitFor();
  yield screen('registrar-start', registrar);
  await registrar.issues(2);
  yield screen('registrar-desk', registrar);
  await administrator.announces();
  yield screen('administrator-announced', administrator);
  await administrator.visitor.button('act.withdraw').click();
  await administrator.page.getByRole('dialog').getByRole('textbox').waitFor();
  yield screen('administrator-act', administrator);
  await administrator.page.keyboard.press('Escape');
  await administrator.signs('withdraw', name);
  await administrator.seesStage('withdrawn');
  yield screen('administrator-withdrawn', administrator);
}

async function* trustee(cast, options, link, screen) {
  const trustee = await Trustee.come(cast, link, options);
  await trustee.task('make');
  yield screen('trustee-make', trustee);
  await trustee.visitor.button('make.button').click();
  await trustee.page.getByTestId('backup').waitFor();
  yield screen('trustee-backup', trustee);
  await trustee.backsUp();
  await trustee.task('kept');
  yield screen('trustee-kept', trustee);
}

async function check(visitor, receipt) {
  const file = { name: 'receipt.json', mimeType: 'application/json', buffer: receipt };
  await visitor.page.locator('input[type=file]').first().setInputFiles(file);
  await visitor.page.getByTestId('receipt-verdict').waitFor();
}
