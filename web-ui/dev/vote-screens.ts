import { readFileSync } from 'node:fs';

import { encryptBallot } from '../src/voting/ballot-encryption';
import { FilmCamera } from './film';
import { SampleGateway } from './sample-gateway';
import { type SampleElection, SampleVotes } from './sample-votes';
import { type Walk, launched, walkAll } from './walk';

/**
 * Walks through the booth and the rooms of those who check: signs in, audits, casts, checks, verifies.
 * node dev/run.js dev/vote-screens.ts [filter of combinations, such as ko-light-phone]
 */
const camera = new FilmCamera();
const browser = await launched(...camera.switches);

async function story(walk: Walk, language: 'ko' | 'en'): Promise<void> {
  const votes = await SampleVotes.make();
  walk.gateway.votes = votes;
  const say = (ko: string, en: string) => new RegExp(language === 'ko' ? ko : en);
  const [open, coming, finished, small] = votes.elections as [SampleElection, SampleElection, SampleElection, SampleElection];
  const credential = open.made.voters[0]!.credential;

  const booth = await walk.page('/vote');
  const press = (ko: string, en: string) => booth.getByRole('button', { name: say(ko, en) }).click();
  await booth.getByTestId('election').nth(3).waitFor();
  await walk.shot(booth, 'vote-01-list');
  await booth.goto(`${walk.origin}/vote#/${coming.id}`);
  await booth.getByTestId('fingerprint').waitFor();
  await walk.shot(booth, 'vote-02-coming');

  // From the letter's QR
  const letter = await walk.page(`/vote#${open.id}.${credential}`);
  await letter.getByText(say('자격 코드를 읽었어요', 'credential of your letter')).waitFor();
  if (letter.url().includes(credential)) throw new Error('the credential is still in the address');
  await walk.shot(letter, 'vote-03-from-the-letter');
  await letter.close();

  await booth.goto(`${walk.origin}/vote#/${open.id}`);
  await press('본인 확인하고', 'Sign in to vote');
  await booth.getByRole('textbox').fill('minji@campus.example');
  await walk.shot(booth, 'vote-04-sign-in');
  await press('코드 받기', 'Send me a code');
  await booth.getByLabel(say('받은 코드', 'The code you got')).fill('000000');
  await press('^확인$', '^Continue$');
  await booth.getByRole('alert').waitFor();
  await walk.shot(booth, 'vote-05-wrong-code');
  await booth.getByLabel(say('받은 코드', 'The code you got')).fill(votes.code);
  await press('^확인$', '^Continue$');
  await booth.getByLabel(say('^자격 코드$', '^Credential$')).fill(credential.replace(/^.../, '0O'));
  await press('^다음$', '^Next$');
  await booth.getByRole('alert').waitFor();
  await walk.shot(booth, 'vote-06-mistyped');
  camera.shows(`${walk.origin}/vote#${open.id}.${credential}`);
  await press('QR 찍기', 'Scan the QR');
  await booth.getByText(say('자격 코드를 읽었어요', 'credential was read')).waitFor();
  await walk.shot(booth, 'vote-07-credential');
  await press('^다음$', '^Next$');

  await booth.getByRole('radio').nth(1).check();
  await walk.shot(booth, 'vote-08-choose');
  await press('^다음$', '^Next$');
  for (const answer of [0, 2, 4]) await booth.getByRole('checkbox').nth(answer).check();
  await press('고른 것 확인', 'Review my');
  await booth.getByRole('alert').waitFor();
  await walk.shot(booth, 'vote-09-too-many');
  await booth.getByRole('checkbox').nth(4).uncheck();
  await press('고른 것 확인', 'Review my');
  await booth.getByTestId('choice').nth(1).waitFor();
  await walk.shot(booth, 'vote-10-review');
  await press('암호로 봉인', 'Encrypt my');
  await booth.getByTestId('sealed').waitFor();
  await walk.shot(booth, 'vote-11-sealed');

  // Opened, checked here and elsewhere; then a new one
  await press('열어서 검사', 'Open it for');
  await booth.locator('[data-testid=opened][data-verdict=right]').waitFor();
  await walk.shot(booth, 'vote-12-opened');
  const [file] = await Promise.all([booth.waitForEvent('download'), press('연 투표지 저장', 'Save the opened')]);
  const elsewhere = await walk.page('/elections#/opened');
  await walk.shot(elsewhere, 'elections-01-opened-ballot');
  await elsewhere.locator('input[type=file]').setInputFiles(await file.path().then((path) => ({ name: 'opened.json', mimeType: 'application/json', buffer: readFileSync(path) })));
  await elsewhere.locator('[data-testid=opened][data-verdict=right]').waitFor();
  await walk.shot(elsewhere, 'elections-02-opened-ballot-checked');
  await elsewhere.close();
  await press('새로 봉인', 'Encrypt a new');
  const tracker = (await booth.getByTestId('sealed').getByTestId('tracker').getAttribute('data-text'))!;

  // The connection is lost in the middle; the same bytes are sent on
  await walk.context.setOffline(true);
  await press('이대로 투표', 'Cast this');
  await booth.getByText(say('이어서 보내요', 'sent again')).waitFor();
  await walk.shot(booth, 'vote-13-waiting');
  await walk.context.setOffline(false);
  await booth.locator('[data-testid=cast][data-state=cast]').waitFor();
  await booth.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
  await walk.shot(booth, 'vote-14-cast');
  const qr = (await booth.getByTestId('qr').getAttribute('data-qr'))!;
  await booth.goBack();
  await booth.getByTestId('fingerprint').waitFor();
  await walk.shot(booth, 'vote-15-after');

  // The board
  const board = await walk.page('/elections');
  await board.getByTestId('election').nth(3).waitFor();
  await walk.shot(board, 'elections-03-list');
  await board.goto(`${walk.origin}/elections#/${open.id}`);
  await board.getByText(say('실시간', 'Live')).waitFor();
  await walk.shot(board, 'elections-04-open');
  await board.goto(`${walk.origin}/elections#/${open.id}/board`);
  await board.getByTestId('board-tracker').first().waitFor();
  votes.cast(open, encryptBallot(open.made.election, open.made.voters[1]!.credential, [[2], [1]]).text);
  await board.getByText(open.ballots.at(-1)!.tracker).waitFor(); // live
  await walk.shot(board, 'elections-05-board');
  await board.goto(`${walk.origin}/elections#/${open.id}/check`);
  await board.getByRole('textbox').fill('short');
  await board.getByRole('button', { name: say('내 투표 찾기', 'Find my vote') }).click();
  await board.getByRole('alert').waitFor();
  await walk.shot(board, 'elections-06-check');
  camera.shows(qr);
  await board.getByRole('button', { name: say('QR 찍기', 'Scan the QR') }).click();
  await board.locator('[data-testid=vote][data-state=counted]').waitFor();
  await board.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
  if ((await board.getByTestId('tracker').getAttribute('data-text')) !== tracker) throw new Error('another tracker was scanned');
  await walk.shot(board, 'elections-07-my-vote');
  await board.goto(`${walk.origin}/elections#/${open.id}/check/${'A'.repeat(43)}`);
  await board.locator('[data-testid=vote][data-state=absent]').waitFor();
  await walk.shot(board, 'elections-08-absent');
  await board.goto(`${walk.origin}/elections#/${finished.id}`);
  await board.getByText(say('결과 보고서', 'Save the report')).waitFor();
  await walk.shot(board, 'elections-09-result');
  const [report] = await Promise.all([board.waitForEvent('download'), board.getByRole('button', { name: say('결과 보고서', 'Save the report') }).click()]);
  await board.goto(`${walk.origin}/elections#/${finished.id}/verify`);
  await walk.shot(board, 'elections-10-verify');
  await board.getByRole('button', { name: say('받아서 검증', 'Download and verify') }).click();
  await board.locator('[data-testid=election-verdict][data-verdict=valid]').waitFor();
  await walk.shot(board, 'elections-11-verified');
  await board.goto(`${walk.origin}/elections#/${small.id}`);
  await board.getByTestId('least-ballots').waitFor();
  await walk.shot(board, 'elections-12-too-few');
  await board.goto(`${walk.origin}/elections#/file`);
  await board.getByRole('button', { name: say('선거 파일 고르기', 'Choose an archive') }).first().waitFor();
  await walk.shot(board, 'elections-13-file');

  // The report, from a file
  const page = await walk.file(await report.path());
  await walk.shot(page, 'elections-14-report');
  await page.close();
}

await walkAll(browser, () => new SampleGateway('target/classes/webroot'), story);
