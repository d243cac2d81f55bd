import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { pathToFileURL } from 'node:url';

import { presses, reaches } from '../by-keyboard.mjs';
import { DESK } from '../people.mjs';
import { stage, story } from '../stage.mjs';
import { BoothVoter, electionAt, openElection, sampleLetter } from '../voters.mjs';

describe('a vote', () => {
  story('is opened for a check first, then cast, found on the board, and leaves nothing in the browser', async (cast) => {
    const { election, letter } = await sampleLetter(cast, 0);
    const voter = await BoothVoter.come(cast, letter);
    assert.equal(await voter.page.getByTestId('fingerprint').getAttribute('data-text'), election.fingerprint);
    await voter.signsIn();
    await voter.givesCredential();
    await voter.chooses(votesFor(election, 0));
    const thrownAway = await voter.seals();
    const opened = await voter.opens();
    const tracker = await voter.tracker();
    assert.notEqual(tracker, thrownAway);
    await voter.casts();

    const elsewhere = await cast.visitor({ room: 'elections', path: '/elections#/opened' });
    await elsewhere.page.locator('input[type=file]').setInputFiles(opened);
    await elsewhere.page.locator('[data-testid=opened][data-verdict=right]').waitFor();
    assert.equal(await elsewhere.page.getByTestId('opened-tracker').getAttribute('data-text'), thrownAway);

    assert.equal(await stateOf(cast, election.id, tracker), 'counted');
    assert.equal(await stateOf(cast, election.id, thrownAway), 'absent');

    // What was voted is gone: from storage, from the screens behind, from what is said aloud.
    const kept = await voter.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, location.href]));
    assert.ok(!kept.includes(letter.credential) && !kept.includes('"answers"') && !kept.includes('madang.ballot'), kept);
    for (let step = 0; step < 3; step++) {
      await voter.page.goBack().catch(() => undefined);
      assert.equal(await voter.page.getByTestId('choice').count(), 0);
      assert.equal(await voter.page.getByRole('radio', { checked: true }).count(), 0);
    }
  });

  story('is replaced by a later one, and both stand on the board', async (cast) => {
    const { election, letter } = await sampleLetter(cast, 1);
    const voter = await BoothVoter.come(cast, letter);
    const first = await voter.votes(votesFor(election, 1));
    await voter.visitor.button('cast.again').click();
    await voter.givesCredential();
    await voter.chooses(votesFor(election, 2));
    const second = await voter.seals();
    await voter.casts();
    assert.equal(await stateOf(cast, election.id, first), 'replaced');
    assert.equal(await stateOf(cast, election.id, second), 'counted');
    await voter.leaves();
  });

  story('is cast by keyboard alone', async (cast) => {
    const { election, letter } = await sampleLetter(cast, 2);
    const voter = await BoothVoter.come(cast, letter);
    const { visitor, page } = voter;
    const known = (await (await page.request.get('/v1/demo/mailbox')).json()).items.map(({ id }) => id);
    await presses(visitor, visitor.t('front.sign-in'));
    await visitor.heading('sign-in.title').waitFor();
    await types(visitor, 'sign-in.voter', letter.voter);
    await visitor.field('sign-in.code').and(page.locator(':focus')).waitFor();
    await page.keyboard.type(await voter.code(known));
    await page.keyboard.press('Enter');
    await visitor.heading('credential.title').waitFor();
    await types(visitor, 'credential.label', letter.credential); // from the letter already; typed over
    for (const [index, question] of election.questions.entries()) {
      await visitor.heading('choose.title', { number: index + 1, all: election.questions.length }).waitFor();
      await reaches(visitor, ({ label }) => label !== '');
      await page.keyboard.press('Space');
      assert.equal(await page.getByRole('group').locator('input:checked').count(), 1, question.question);
      await presses(visitor, visitor.t(index === election.questions.length - 1 ? 'choose.review' : 'next'));
    }
    await visitor.heading('review.title').waitFor();
    await presses(visitor, visitor.t('review.seal'));
    await page.getByTestId('sealed').waitFor();
    await presses(visitor, visitor.t('seal.cast'));
    await visitor.sees('cast', 'cast');
    await page.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
    await visitor.heading('cast.done').waitFor();
  });

  story('whose answer is lost is on the board once, and the voter learns it even after a reload', async (cast) => {
    const { election, letter } = await sampleLetter(cast, 3);
    const voter = await BoothVoter.come(cast, letter);
    await voter.signsIn();
    await voter.givesCredential();
    await voter.chooses(votesFor(election, 0));
    const tracker = await voter.seals();
    await voter.page.route('**/ballots', async (route) => {
      await route.fetch(); // it arrives, and the answer does not
      await route.abort('connectionfailed');
    });
    await voter.visitor.button('seal.cast').click();
    await voter.visitor.text('cast.waiting.network').waitFor();
    await voter.page.unroute('**/ballots');
    await voter.page.reload();
    await voter.seesOnBoard();
    assert.equal(await voter.page.getByTestId('tracker').first().getAttribute('data-text'), tracker);
    const { items } = await (await voter.page.request.get(`/v1/elections/${election.id}/ballots?limit=100`)).json();
    assert.equal(items.filter((one) => one.tracker === tracker).length, 1);
  });
});

describe('elections of the demo', () => {
  story('can be checked from the archive that the board hands out, while votes come in', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections', viewport: DESK, language: 'en' });
    const election = await openElection(visitor.page);
    await visitor.goes(`#/${election.id}/verify`);
    await visitor.button('verify.go').click();
    await visitor.page.locator('[data-testid=election-verdict][data-verdict=valid]').waitFor();
    await visitor.text('verify.same').waitFor();
  });

  for (const language of ['ko', 'en']) {
    story(`give their result as a file that opens anywhere (${language})`, async (cast) => {
      const visitor = await cast.visitor({ room: 'elections', language });
      const finished = await electionAt(visitor.page, 'finished');
      await visitor.goes(`#/${finished.id}`);
      const [download] = await Promise.all([visitor.page.waitForEvent('download'), visitor.button('report.save').click()]);
      const folder = join(stage.target, 'report');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${language}.html`);
      copyFileSync(await download.path(), file);

      const context = await stage.browser.newContext({ javaScriptEnabled: false, offline: true });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      for (const text of [finished.fingerprint, finished.head, finished.resultTransaction]) await page.locator(`#${language}`).getByText(text).first().waitFor();
      const counts = await page.locator(`#${language} table.counts`).first().locator('tbody td:nth-child(2)').allTextContents();
      const [blank, ...answers] = finished.result[0];
      assert.deepEqual(counts.map(Number), finished.questions[0].blank ? [...answers, blank] : finished.result[0]);
      await context.close();
    });
  }
});

/** A choice that every question allows; others for other numbers. */
function votesFor({ questions }, number) {
  return questions.map(({ answers, min, max, blank }) => {
    if (blank && number % 3 === 2) return 'blank';
    const chosen = Math.max(min, Math.min(max, 1 + (number % 2)));
    return Array.from({ length: chosen }, (_, place) => (place + number) % answers.length).sort((a, b) => a - b);
  });
}

async function stateOf(cast, election, tracker) {
  const inPath = tracker.replaceAll('+', '-').replaceAll('/', '_');
  const visitor = await cast.visitor({ room: 'elections', path: `/elections#/${election}/check/${inPath}` });
  await visitor.page.getByTestId('vote').waitFor();
  const state = await visitor.page.getByTestId('vote').getAttribute('data-state');
  if (state !== 'absent') await visitor.page.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
  return state;
}

async function types(visitor, field, text) {
  await reaches(visitor, ({ label }) => label === visitor.t(field));
  await visitor.page.keyboard.press('Control+A');
  await visitor.page.keyboard.type(text);
  await visitor.page.keyboard.press('Enter');
}
