import { FilmCamera } from './film';
import { SampleGateway } from './sample-gateway';
import { Walk, launched, walkAll } from './walk';

/**
 * Walks through the screens of payments.
 * node dev/run.js dev/screens.ts [filter of combinations, such as ko-light-phone]
 */
const camera = new FilmCamera();
const browser = await launched(...camera.switches);

async function story(walk: Walk, language: 'ko' | 'en'): Promise<void> {
  const { gateway } = walk;
  const say = (ko: string, en: string) => new RegExp(language === 'ko' ? ko : en);
  const hours = 3_600_000;
  const friend = gateway.account('f1'.repeat(16), 'person', { ko: '박하나', en: 'Hana Park' }, '01012345678');
  for (const [amount, age] of [[4_500, 5], [12_800, 4], [3_200, 3], [28_000, 1]] as const) gateway.intent(amount, 'S-COIN', age * hours, true);

  await walk.shot(await walk.page('/'), 'front');

  // The wallet, from nothing
  const wallet = await walk.page('/wallet');
  await wallet.getByRole('button', { name: say('지갑 만들기', 'Create a wallet') }).waitFor();
  await walk.shot(wallet, 'wallet-01-welcome');
  await wallet.getByRole('link', { name: say('되찾기', 'Get my wallet back') }).click();
  await wallet.getByRole('textbox').fill('ABCD-EFGH');
  await wallet.getByRole('button', { name: say('^되찾기', 'Get it back') }).click();
  await wallet.getByRole('alert').waitFor();
  await walk.shot(wallet, 'wallet-02-recover');
  await wallet.getByRole('button', { name: say('뒤로', 'Back') }).click();
  await wallet.getByRole('button', { name: say('지갑 만들기', 'Create a wallet') }).click();
  await wallet.getByTestId('balance').waitFor();
  await wallet.getByText(say('아직 내역이 없어요', 'Nothing here yet')).waitFor();
  await walk.shot(wallet, 'wallet-03-home-empty');

  gateway.chargeDelayMillis = 1_500;
  await wallet.getByRole('link', { name: say('^충전', '^Top up') }).first().click();
  await walk.shot(wallet, 'wallet-04-charge');
  await wallet.getByRole('button', { name: say('50,000원$', '₩50,000$') }).first().click();
  await wallet.getByRole('button', { name: say('충전하기', 'Top up ₩50') }).click();
  await wallet.getByTestId('charge').waitFor();
  await walk.shot(wallet, 'wallet-05-charging');
  await wallet.locator('[data-testid=charge][data-state=confirmed]').waitFor();
  await walk.shot(wallet, 'wallet-06-charged');
  gateway.chargeDelayMillis = 300;

  // Some history
  const me = [...(gateway as unknown as { accounts: Map<string, typeof friend> }).accounts.values()].find((one) => one.kind === 'person' && one.keys.length > 0)!;
  const machine = gateway.account('d0'.repeat(16), 'machine', { ko: '도서관 자판기', en: 'Library vending machine' });
  for (let day = 12; day >= 1; day--) {
    gateway.record(me, day % 3 === 0 ? machine : gateway.shop, 1_200 + day * 300, 'payment', Date.now() - day * 20 * hours);
    if (day % 4 === 0) gateway.record(friend, me, 15_000, 'payment', Date.now() - day * 19 * hours);
  }

  // The till asks, the wallet pays
  const till = await walk.page('/till');
  await till.getByRole('button', { name: say('계산대로 시작', 'Start as the till') }).waitFor();
  await walk.shot(till, 'till-01-signin');
  await till.getByRole('button', { name: say('계산대로 시작', 'Start as the till') }).click();
  await till.getByTestId('last-payments').waitFor();
  await till.keyboard.type('7300');
  await walk.shot(till, 'till-02-keypad');
  await till.getByRole('button', { name: say('QR 보여 주기', 'Show the QR') }).click();
  await till.getByTestId('qr').waitFor();
  await walk.shot(till, 'till-03-qr', false);

  const qr = (await till.getByTestId('qr').getAttribute('data-qr'))!;
  camera.shows(qr);
  await wallet.bringToFront();
  await wallet.goto(`${walk.origin}/wallet`);
  await wallet.getByRole('link', { name: say('QR 찍어', 'Scan to pay') }).waitFor();
  await walk.shot(wallet, 'wallet-07-home');
  await wallet.getByRole('link', { name: say('QR 찍어', 'Scan to pay') }).click();
  // The camera may have found the code before we look.
  await wallet.getByText(say('네모 안에', 'inside the frame')).or(wallet.getByRole('dialog')).first().waitFor();
  await walk.shot(wallet, 'wallet-08-scan');
  await wallet.getByRole('dialog').waitFor();
  await walk.shot(wallet, 'wallet-09-confirm', false);
  gateway.moods.push({ path: '/v1/transactions', mood: 'fail' });
  await wallet.getByRole('dialog').getByRole('button', { name: say('결제하기', '^Pay ') }).click();
  await wallet.locator('[data-testid=payment][data-state=waiting]').waitFor();
  await walk.shot(wallet, 'wallet-10-waiting');
  await wallet.reload();
  await wallet.locator('[data-testid=payment][data-state=waiting]').waitFor();
  gateway.moods.length = 0;
  await wallet.locator('[data-testid=payment][data-state=paid]').waitFor();
  await walk.shot(wallet, 'wallet-11-paid');
  await till.bringToFront();
  await till.locator('[data-testid=intent][data-state=paid]').waitFor();
  await walk.shot(till, 'till-04-paid', false);

  await wallet.bringToFront();
  await wallet.getByRole('link', { name: say('영수증 보기', 'Show receipt') }).click();
  await wallet.locator('[data-verdict=valid]').waitFor();
  await walk.shot(wallet, 'wallet-12-receipt');
  await wallet.getByText(say('어떻게 확인', 'How was it')).click();
  await walk.shot(wallet, 'wallet-13-receipt-details');

  // The same code again, and one that is too dear
  await wallet.goto(`${walk.origin}/wallet#/pay?code=${encodeURIComponent(qr)}`);
  await wallet.getByRole('alert').waitFor();
  await walk.shot(wallet, 'wallet-14-already-paid');
  const dear = gateway.intent(480_000, 'S-COIN');
  await wallet.goto(`${walk.origin}/wallet#/pay?code=${encodeURIComponent(dear.qr)}`);
  await wallet.getByRole('dialog').waitFor();
  await walk.shot(wallet, 'wallet-15-short', false);

  // To a person
  await wallet.goto(`${walk.origin}/wallet#/send`);
  await wallet.getByRole('textbox').fill('010-1234-5678');
  await walk.shot(wallet, 'wallet-16-send');
  await wallet.getByRole('button', { name: say('다음', 'Next') }).click();
  await wallet.getByTestId('typed-amount').waitFor();
  await wallet.keyboard.type('20000');
  await walk.shot(wallet, 'wallet-17-send-amount');
  await wallet.keyboard.press('Enter');
  await wallet.getByRole('dialog').waitFor();
  await walk.shot(wallet, 'wallet-18-send-confirm', false);
  me.balances.set('S-COIN', 5_000); // spent elsewhere in the meantime
  await wallet.getByRole('dialog').getByRole('button', { name: say('보내기', '^Send ') }).click();
  await wallet.locator('[data-testid=payment][data-state=refused]').waitFor();
  await walk.shot(wallet, 'wallet-19-refused');

  await wallet.goto(`${walk.origin}/wallet#/history`);
  await wallet.getByRole('link', { name: /₩|원/ }).nth(3).waitFor();
  await walk.shot(wallet, 'wallet-20-history', false);
  await wallet.goto(`${walk.origin}/wallet#/recovery`);
  await wallet.getByTestId('recovery-code').waitFor();
  const groups = await wallet.getByTestId('recovery-code').getByRole('listitem').allTextContents();
  await walk.shot(wallet, 'wallet-21-recovery');
  await wallet.getByRole('button', { name: say('적었어요', 'I wrote it') }).click();
  await wallet.getByRole('textbox').fill(groups.at(-1)!);
  await walk.shot(wallet, 'wallet-22-recovery-check');
  await wallet.getByRole('button', { name: say('등록', 'Register') }).click();
  await wallet.getByTestId('key').nth(1).waitFor();
  await walk.shot(wallet, 'wallet-23-devices');

  // A new phone
  const other = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: language === 'ko' ? 'ko-KR' : 'en-US' });
  const lost = await new Walk(walk.name, walk.origin, other, gateway).page('/wallet#/recover');
  await lost.getByRole('textbox').fill(groups.join(' ').toLowerCase());
  await lost.getByRole('button', { name: say('^되찾기', 'Get it back') }).click();
  await lost.getByRole('button', { name: say('^끊기', '^Revoke') }).first().click();
  await walk.shot(lost, 'wallet-24-revoke', false);
  await lost.getByRole('button', { name: say('지금 끊기', 'Revoke now') }).click();
  await lost.getByText(say('끊은 열쇠', 'Revoked')).waitFor();
  await other.close();
  await wallet.goto(`${walk.origin}/wallet`);
  await wallet.reload();
  await wallet.getByText(say('열쇠가 끊겼어요', 'was revoked')).waitFor();
  await walk.shot(wallet, 'wallet-28-locked');
  me.keys[0]!.revoked = false; // so that the walk goes on

  await wallet.goto(`${walk.origin}/wallet#/settings`);
  await wallet.reload();
  await wallet.getByRole('switch').waitFor();
  await walk.shot(wallet, 'wallet-25-settings');
  gateway.moods.push({ path: '/v1/me', mood: 'fail' });
  await wallet.goto(`${walk.origin}/wallet`);
  await wallet.reload();
  await wallet.getByRole('alert').waitFor();
  await walk.shot(wallet, 'wallet-26-error');
  gateway.moods.length = 0;
  await wallet.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await walk.context.setOffline(true);
  await wallet.reload();
  await wallet.getByText(say('인터넷에 연결되지', 'You are offline')).waitFor();
  await walk.shot(wallet, 'wallet-27-offline');
  await walk.context.setOffline(false);

  // Till: the other endings, refund, stickers
  await till.bringToFront();
  await till.getByRole('button', { name: say('다음 손님', 'Next customer') }).click();
  await till.getByRole('button', { name: say('^환불', '^Refund') }).first().click();
  await till.getByRole('radio').nth(1).check();
  await till.getByRole('dialog').getByRole('textbox').fill('2000');
  await walk.shot(till, 'till-05-refund', false);
  await till.getByRole('dialog').getByRole('button', { name: say('환불하기', 'Refund ₩') }).click();
  await till.getByText(say('일부 환불', 'Partly refunded')).waitFor();
  await walk.shot(till, 'till-06-refunded');
  await till.keyboard.type('5000');
  await till.keyboard.press('Enter');
  await till.getByRole('button', { name: say('취소하기', 'Cancel') }).click();
  await till.locator('[data-testid=intent][data-state=cancelled]').waitFor();
  await walk.shot(till, 'till-07-cancelled', false);
  await till.getByRole('button', { name: say('같은 금액', 'Same amount') }).click();
  await till.getByTestId('qr').waitFor();
  const intents = (gateway as unknown as { intents: { expiresAt: string }[] }).intents;
  intents.at(-1)!.expiresAt = new Date(Date.now() - 1).toISOString();
  await till.locator('[data-testid=intent][data-state=expired]').waitFor();
  await walk.shot(till, 'till-08-expired', false);
  await till.getByRole('button', { name: say('처음으로', 'Start over') }).click();
  await till.getByRole('link', { name: say('스티커', 'Sticker') }).click();
  await till.getByText(say('만든 스티커가 없', 'No stickers')).waitFor();
  await till.getByRole('button', { name: say('새 스티커', 'Make a sticker') }).click();
  await till.getByTestId('sticker').waitFor();
  await walk.shot(till, 'till-09-sticker');

  // Explorer
  const explorer = await walk.page('/explorer');
  await explorer.getByRole('link', { name: /^[0-9,]+$/ }).first().waitFor();
  await walk.shot(explorer, 'explorer-01-home');
  const hash = me.activity.map((one) => one as { transaction: string; type: string; counterparty: { account: string } }).find((one) => one.counterparty.account === gateway.shop.id && one.type === 'payment')!.transaction;
  const height = Number((me.activity as { transaction: string; height: number }[]).find((one) => one.transaction === hash)!.height);
  await explorer.goto(`${walk.origin}/explorer#/block/${height}`);
  await explorer.getByRole('link', { name: say('결제', 'Payment') }).waitFor();
  await walk.shot(explorer, 'explorer-02-block');
  await explorer.getByRole('link', { name: say('결제', 'Payment') }).click();
  await explorer.getByRole('button', { name: say('영수증 확인', 'Check the receipt') }).click();
  await explorer.locator('[data-verdict=valid]').waitFor();
  await walk.shot(explorer, 'explorer-03-transaction');
  const receipt = await (await fetch(`${walk.origin}/v1/receipts/${hash}`)).text();
  await explorer.goto(`${walk.origin}/explorer#/check`);
  await explorer.getByText('Hanbit City').waitFor();
  await walk.shot(explorer, 'explorer-04-check');
  await walk.context.setOffline(true);
  await explorer.getByRole('textbox').fill(receipt);
  await explorer.getByRole('button', { name: say('^확인하기', '^Check$') }).click();
  await explorer.locator('[data-verdict=valid]').waitFor();
  await walk.shot(explorer, 'explorer-05-checked-offline');
  await explorer.getByRole('button', { name: say('다른 영수증', 'another') }).click();
  await explorer.getByRole('textbox').fill(receipt.replace('"code":0', '"code":1'));
  await explorer.getByRole('button', { name: say('^확인하기', '^Check$') }).click();
  await explorer.locator('[data-verdict=not-the-outcome]').waitFor();
  await walk.shot(explorer, 'explorer-06-forged');
}

await walkAll(browser, () => new SampleGateway('target/classes/webroot'), story);
