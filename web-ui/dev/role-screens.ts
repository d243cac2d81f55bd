import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { ed25519 } from '@noble/curves/ed25519.js';
import type { BrowserContext, Download, Page } from 'playwright-core';

import { base64url } from '../src/chain/bytes';
import { readRegister } from '../src/voting/register';
import { SampleRoles } from './sample-roles';
import { type Walk, launched, walkAll } from './walk';

/**
 * Walks through the rooms of those who run an election: an administrator writes one, a registrar makes credentials, 2 of 3 trustees make their keys and
 * decrypt, on pages alone.
 * node dev/run.js dev/role-screens.ts [filter of combinations, such as ko-light-phone]
 */
const seed = new Uint8Array(32).fill(7);
const KEY_FILE = JSON.stringify({ kind: 'madang-administrator-key', key: base64url(ed25519.getPublicKey(seed)), seed: base64url(seed) });
const ROLL = ['voter,contact,name,weight', '2026-0101,minji@campus.example,김민지,1', '2026-0102,seojun@campus.example,이서준,1', '2026-0103,union@campus.example,동아리연합회,3', '2026-0104,haneul@campus.example,"박, 하늘",1'].join('\n');

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: (download as Download).suggestedFilename(), text: await readFile((await (download as Download).path())!, 'utf8') };
}

async function story(walk: Walk<SampleRoles>, language: 'ko' | 'en'): Promise<void> {
  const { gateway } = walk;
  const say = (ko: string, en: string) => new RegExp(language === 'ko' ? ko : en);

  /** Saves the file that is asked for, and opens it again to prove it. */
  async function backUp(page: Page, screen: string): Promise<string> {
    await page.locator('[data-testid=backup][data-state=unsaved]').waitFor();
    await walk.shot(page, `${screen}-unsaved`);
    const { name, text } = await saved(page, () => page.getByRole('button', { name: say('^파일 저장', '^Save the file') }).click());
    await page.locator('input[type=file]').setInputFiles(file('wrong.json', '{}'));
    await page.getByRole('alert').waitFor();
    await walk.shot(page, `${screen}-wrong`);
    await page.locator('input[type=file]').setInputFiles(file(name, text));
    await page.locator('[data-testid=backup][data-state=checked]').waitFor();
    await walk.shot(page, `${screen}-checked`);
    await page.getByRole('button', { name: say('안전하게 두었어요', 'It is safe') }).click();
    return text;
  }

  // The administrator's key
  const admin = await walk.page('/administrator');
  await admin.getByRole('checkbox').waitFor();
  await admin.locator('input[type=file]').setInputFiles(file('administrator.key', '{"kind":"other"}'));
  await admin.getByRole('alert').waitFor();
  await walk.shot(admin, 'administrator-01-key');
  await admin.getByRole('checkbox').check();
  await admin.locator('input[type=file]').setInputFiles(file('administrator.key', KEY_FILE));
  await admin.getByText(say('아직 선거가 없어요', 'No elections yet')).waitFor();
  await walk.shot(admin, 'administrator-02-empty');

  // Writing an election
  await admin.getByRole('link', { name: say('새 선거', 'New election') }).click();
  await admin.getByRole('button', { name: say('^저장하기', '^Save$') }).click();
  await admin.getByRole('alert').first().waitFor();
  await walk.shot(admin, 'administrator-03-editor-problems');
  const label = (ko: string, en: string) => admin.getByLabel(say(ko, en));
  await label('^선거 이름 \\(한국어', 'Name of the election \\(Korean').fill('2026년 총학생회장 선거');
  await label('^선거 이름 \\(영어', 'Name of the election \\(English').fill('Student president 2026');
  await label('^설명 \\(한국어', 'Description \\(Korean').fill('한빛대학교 총학생회를 이끌 사람을 뽑아요.');
  await label('^질문 \\(한국어', 'Question \\(Korean').fill('누구를 회장으로 뽑을까요?');
  await label('^질문 \\(영어', 'Question \\(English').fill('Who should be president?');
  await label('^답 1 \\(한국어', 'Answer 1 \\(Korean').fill('김가람');
  await label('^답 1 \\(영어', 'Answer 1 \\(English').fill('Kim Garam');
  await label('^답 2 \\(한국어', 'Answer 2 \\(Korean').fill('이누리');
  await label('^답 2 \\(영어', 'Answer 2 \\(English').fill('Lee Nuri');
  await admin.getByText(say('^더 작고 빨라요', '^smaller and faster')).click();
  await label('최소 투표 수', 'Fewest ballots').fill('3');
  await label('참여 보상', 'Reward for taking part').fill('1,000');
  await admin.evaluate(() => window.scrollTo(0, 0));
  await walk.shot(admin, 'administrator-04-editor');
  await admin.getByRole('button', { name: say('^저장하기', '^Save$') }).click();
  await admin.getByTestId('links').waitFor();
  const link = async (who: string) => (await admin.getByTestId(who).getAttribute('data-link'))!;
  const links = { registrar: await link('registrar'), trustees: [await link('trustee-1'), await link('trustee-2'), await link('trustee-3')] };
  const id = /#([^.]+)/.exec(links.registrar)![1]!;
  await walk.shot(admin, 'administrator-05-draft');
  await admin.getByTestId('trustee-1').getByRole('button', { name: 'QR' }).click();
  await admin.getByTestId('qr').waitFor();
  await walk.shot(admin, 'administrator-06-link', false);
  await admin.keyboard.press('Escape');
  await admin.locator('input[type=file]').setInputFiles(file('roll.csv', 'voter\nminji'));
  await admin.getByRole('alert').waitFor();
  await admin.locator('input[type=file]').setInputFiles(file('roll.csv', ROLL));
  await admin.getByRole('table').waitFor();
  await walk.shot(admin, 'administrator-07-roll');
  await admin.getByRole('button', { name: say('4명 올리기', 'Upload 4') }).click();
  await admin.locator('[data-testid=roll][data-state=there]').waitFor();

  // Trustees
  const path = (address: string) => address.replace(walk.origin, '');
  await walk.shot(await walk.page('/trustee'), 'trustee-01-nolink');
  const files: string[] = [];
  const trustees: Page[] = [];
  for (const [i, address] of links.trustees.entries()) {
    const page = await walk.page(path(address));
    trustees.push(page);
    await page.locator('[data-testid=trustee][data-task=make]').waitFor();
    if (i === 0) await walk.shot(page, 'trustee-02-make');
    await page.getByRole('button', { name: say('이 기기에서', 'on this device') }).click();
    files.push(i === 0 ? await backUp(page, 'trustee-03-member') : await quickBackUp(page));
    if (i === 0) {
      await page.locator('[data-testid=trustee][data-task=wait]').waitFor();
      await walk.shot(page, 'trustee-04-wait');
    }
  }
  // The first comes back on another day.
  await trustees[0]!.reload();
  await trustees[0]!.locator('[data-testid=trustee][data-task=share]').waitFor();
  await trustees[0]!.locator('input[type=file]').setInputFiles(file('other.json', files[1]!));
  await trustees[0]!.getByRole('alert').waitFor();
  await walk.shot(trustees[0]!, 'trustee-05-return');
  await trustees[0]!.locator('input[type=file]').setInputFiles(file('mine.json', files[0]!));
  for (const [i, page] of trustees.entries()) {
    await page.bringToFront();
    const button = page.getByRole('button', { name: say('확인하고 나누기', 'Check and share') });
    await button.waitFor();
    if (i === 0) await walk.shot(page, 'trustee-06-share');
    await button.click();
    await button.waitFor({ state: 'detached' });
  }
  const keys: string[] = [];
  for (const [i, page] of trustees.entries()) {
    await page.bringToFront();
    const button = page.getByRole('button', { name: say('확인하고 완성', 'Check and complete') });
    await button.waitFor();
    if (i === 0) await walk.shot(page, 'trustee-07-finish');
    await button.click();
    keys.push(i === 0 ? await backUp(page, 'trustee-08-key') : await quickBackUp(page));
    await page.locator('[data-testid=trustee][data-task=kept]').waitFor();
  }
  await trustees[0]!.locator('input[type=file]').setInputFiles(file('key.json', keys[0]!));
  await trustees[0]!.getByText(say('읽을 수 있는', 'readable key')).waitFor();
  await walk.shot(trustees[0]!, 'trustee-09-kept');

  async function quickBackUp(page: Page): Promise<string> {
    const { name, text } = await saved(page, () => page.getByRole('button', { name: say('^파일 저장', '^Save the file') }).click());
    await page.locator('input[type=file]').setInputFiles(file(name, text));
    await page.getByRole('button', { name: say('안전하게 두었어요', 'It is safe') }).click();
    await page.locator('[data-testid=backup]').waitFor({ state: 'detached' });
    return text;
  }

  // Registrar
  const registrar = await walk.page(path(links.registrar));
  await registrar.getByRole('button', { name: say('4명의 자격 코드', 'credentials for 4') }).waitFor();
  await walk.shot(registrar, 'registrar-01-start');
  await registrar.getByRole('button', { name: say('4명의 자격 코드', 'credentials for 4') }).click();
  const register = await backUp(registrar, 'registrar-02-keep');
  await registrar.locator('[data-testid=given][data-state=none]').waitFor();
  await registrar.getByRole('button', { name: say('4개 내기', 'Publish 4') }).click();
  await registrar.locator('[data-testid=given][data-state=same]').waitFor();
  await registrar.getByText(say('^미리 보기', '^Preview')).click();
  await registrar.getByTestId('letter').waitFor();
  await walk.shot(registrar, 'registrar-03-desk');
  await registrar.getByRole('searchbox').fill(language === 'ko' ? '민지' : '0101');
  await registrar.getByRole('button', { name: /김민지/ }).click();
  await registrar.getByRole('dialog').waitFor();
  await walk.shot(registrar, 'registrar-04-change', false);
  await registrar.getByRole('button', { name: say('새로 주기', 'Issue a new') }).click();
  const changed = await quickBackUp(registrar);
  if (changed === register) throw new Error('the credential was not reissued');
  await registrar.getByRole('button', { name: say('4개 내기', 'Publish 4') }).click();
  await registrar.locator('[data-testid=given][data-state=same]').waitFor();

  // Another visit, with the earlier list
  await registrar.reload();
  await registrar.getByText(say('모두 새로 만들면', 'If you make all anew')).waitFor();
  await registrar.locator('input[type=file]').setInputFiles({ name: 'credentials.csv', mimeType: 'text/csv', buffer: Buffer.from(changed) });
  await registrar.getByRole('button', { name: say('이어서', 'Continue') }).waitFor();
  await walk.shot(registrar, 'registrar-05-again');
  await registrar.getByRole('button', { name: say('이어서', 'Continue') }).click();
  await registrar.locator('[data-testid=given][data-state=same]').waitFor();
  await offline(walk, language, changed);

  // Check, sign, announce
  await admin.bringToFront();
  await admin.getByRole('button', { name: say('모두 확인', 'Check everything') }).click();
  await admin.locator('[data-testid=announce][data-state=good]').waitFor();
  await walk.shot(admin, 'administrator-08-checked');
  await admin.getByRole('button', { name: say('서명하고', 'Sign and') }).click();
  await admin.getByRole('dialog').waitFor();
  await walk.shot(admin, 'administrator-09-announce', false);
  await admin.getByRole('dialog').getByRole('button', { name: say('서명하고', 'Sign and') }).click();
  await admin.locator('[data-testid=election][data-stage=announced]').waitFor();
  await walk.shot(admin, 'administrator-10-announced');
  await admin.getByRole('button', { name: say('영수증', 'receipt') }).first().click();
  await admin.getByText(say('^진짜$', '^genuine$')).waitFor();
  await admin.getByRole('button', { name: say('선거 취소하기', 'Withdraw') }).click();
  await admin.getByRole('dialog').waitFor();
  await walk.shot(admin, 'administrator-11-withdraw', false);
  await admin.keyboard.press('Escape');

  // Voting, as booths would
  const held = gateway.held.get(id)!;
  held.opensMillis = Date.now() - 1_000;
  const read = readRegister(changed);
  if (!read.valid) throw new Error(read.problem);
  read.value.forEach(({ credential }, i) => gateway.cast(id, credential, [i === 3 ? 'blank' : [i % 2]]));
  await admin.locator('[data-testid=election][data-stage=open]').waitFor();
  await walk.shot(admin, 'administrator-12-open');
  await admin.getByRole('button', { name: say('지금 투표 끝내기', 'End the voting') }).click();
  const name = [...(await admin.getByRole('heading', { level: 1 }).innerText())].slice(0, 20).join('').trim();
  await admin.getByRole('dialog').getByRole('textbox').fill(name);
  await admin.getByRole('dialog').getByRole('button', { name: say('서명하고', 'Sign and') }).click();
  await admin.locator('[data-testid=election][data-stage=closed]').waitFor();
  await walk.shot(admin, 'administrator-13-closed');
  await admin.getByRole('button', { name: say('합계 발표', 'Publish the encrypted') }).click();
  await admin.getByRole('dialog').getByRole('button', { name: say('서명하고', 'Sign and') }).click();
  await admin.locator('[data-testid=election][data-stage=decrypting]').waitFor();

  // Two of three decrypt
  for (const i of [0, 2]) {
    const page = trustees[i]!;
    await page.bringToFront();
    await page.locator('[data-testid=trustee][data-task=decrypt]').waitFor();
    if (i === 0) await walk.shot(page, 'trustee-10-decrypt');
    await page.getByRole('button', { name: say('전체 검증', 'Verify the whole') }).click();
    await page.locator('[data-testid=board-verdict][data-verdict=valid]').waitFor();
    if (i === 0) {
      await walk.shot(page, 'trustee-11-verified');
      await page.locator('input[type=file]').setInputFiles(file('ceremony.json', JSON.stringify({ group: 'Ed25519', private_key: '5' })));
      await page.getByRole('alert').waitFor();
    }
    // The third lost her last file, and still has that of the ceremony.
    await page.locator('input[type=file]').setInputFiles(file('key.json', i === 0 ? keys[0]! : files[2]!));
    await page.getByRole('button', { name: say('내 조각 발표', 'Publish my part') }).waitFor();
    if (i === 0) await walk.shot(page, 'trustee-12-review');
    await page.getByRole('button', { name: say('내 조각 발표', 'Publish my part') }).click();
    await page.getByTestId('decrypted').waitFor();
    if (i === 0) await walk.shot(page, 'trustee-13-sent');
  }
  await admin.bringToFront();
  await admin.getByRole('button', { name: say('^결과 발표', 'Publish the result') }).click();
  await walk.shot(admin, 'administrator-14-result', false);
  await admin.getByRole('dialog').getByRole('button', { name: say('서명하고', 'Sign and') }).click();
  await admin.locator('[data-testid=election][data-stage=finished]').waitFor();
  await walk.shot(admin, 'administrator-15-finished');
  if (JSON.stringify(held.result) !== '[[1,4,1]]') throw new Error(`another result: ${JSON.stringify(held.result)}`);
  await admin.goto(`${walk.origin}/administrator#/`);
  await admin.getByRole('link', { name: /2026/ }).first().waitFor();
  await walk.shot(admin, 'administrator-16-list');
  await trustees[1]!.bringToFront();
  await trustees[1]!.locator('[data-testid=trustee][data-task=over]').waitFor();
  await walk.shot(trustees[1]!, 'trustee-14-over');

  // The demo's mailbox
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const mailbox = await walk.page('/mailbox');
  await mailbox.getByText(say('아직 온 것이', 'Nothing has')).waitFor();
  gateway.mail.push(
    { id: '1', to: '김민지', kind: 'credential', at: at(60), subject: '2026년 총학생회장 선거', text: '자격 코드를 드려요. / Here is your credential.', election: id, credential: read.value[0]!.credential },
    { id: '2', to: '김민지', kind: 'code', at: at(3), subject: '로그인 코드 / Sign-in code', text: '', election: id, code: '402 917' },
    { id: '3', to: '김민지', kind: 'notice', at: at(1), subject: '투표했어요 / A ballot was cast in your name', text: '', election: id },
    { id: '4', to: '이서준', kind: 'credential', at: at(60), subject: '2026년 총학생회장 선거', text: '', election: id, credential: read.value[1]!.credential },
  );
  await mailbox.getByTestId('message').first().waitFor();
  await walk.shot(mailbox, 'mailbox-01');
}

/** The registrar's page from a file, with no server at all. */
async function offline(walk: Walk<SampleRoles>, language: 'ko' | 'en', register: string): Promise<void> {
  const say = (ko: string, en: string) => new RegExp(language === 'ko' ? ko : en);
  const context: BrowserContext = await browser.newContext({ ...(walk.name.endsWith('phone') && { viewport: { width: 390, height: 844 } }), colorScheme: walk.name.includes('dark') ? 'dark' : 'light', locale: language === 'ko' ? 'ko-KR' : 'en-US', offline: true });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(pathToFileURL('target/classes/webroot/registrar-offline.html').href);
  await page.getByLabel(say('선거 번호', 'Election identifier')).fill('7HAFgTqYbNj3Wm');
  await page.getByLabel(say('선거 이름', 'Name of the election')).fill('동아리 대표 선거');
  await page.locator('input[type=file]').first().setInputFiles({ name: 'voters.csv', mimeType: 'text/csv', buffer: Buffer.from(register.split('\n').slice(1).map((line) => line.split(',').slice(0, 2).join()).join('\n')) });
  await page.screenshot({ path: `${process.env.SCREENS ?? 'target/screens'}/registrar-06-file-${walk.name}.png`, fullPage: true });
  await page.getByRole('button', { name: say('4명의 자격 코드', 'credentials for 4') }).click();
  const { text } = await saved(page, () => page.getByRole('button', { name: say('^파일 저장', '^Save the file') }).click());
  await page.locator('input[type=file]').setInputFiles(file('credentials.csv', text));
  await page.getByRole('button', { name: say('안전하게 두었어요', 'It is safe') }).click();
  const list = await saved(page, () => page.getByRole('button', { name: say('^공개 목록', '^Public list') }).click());
  if ((JSON.parse(list.text) as string[]).length !== 4) throw new Error('the page from a file made another list');
  // A sheet for the printer: as many pages as voters.
  const pdf = await printed(page, say);
  if (pdf !== 4) throw new Error(`the letters take ${pdf} pages`);
  if (errors.length > 0) throw new Error(`the page from a file: ${errors.join(' ')}`);
  await context.close();
}

/** How many pages the letters take: printed while the page has them laid out. */
async function printed(page: Page, say: (ko: string, en: string) => RegExp): Promise<number> {
  await page.evaluate(() => {
    // Holds the page where it would print, until the test has done so.
    window.print = () => undefined;
  });
  await page.getByRole('button', { name: say('4장 인쇄', 'Print 4') }).click();
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' }, path: `${process.env.SCREENS ?? 'target/screens'}/letters.pdf` });
  await page.emulateMedia({ media: 'screen' });
  return (pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length;
}

const browser = await launched();
await walkAll(browser, () => new SampleRoles('target/classes/webroot'), story);
