import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe } from 'node:test';

import { DESK } from '../people.mjs';
import { story } from '../stage.mjs';
import { attachedElection } from '../voters.mjs';

describe('an election that another system holds', () => {
  for (const language of ['ko', 'en']) {
    story(`shows its board, and says what nobody can check here (${language})`, async (cast) => {
      const visitor = await cast.visitor({ room: 'elections', language, viewport: DESK });
      const { page } = visitor;
      const election = await attachedElection(page);
      await page.reload();
      await page.getByTestId('attached-elections').getByText(election.title[language]).click();
      await page.locator('[data-testid=attached][data-stage=finished]').waitFor();
      await visitor.text('attached.witnessed.text').waitFor();
      // In each language both texts of the result stand, as they were signed.
      for (const text of election.result.text.split(' / ')) await page.getByTestId('attached-result').getByText(text).waitFor();
      await visitor.text('attached.result.itself').waitFor();
      await visitor.goes(`#/attached/${election.id}/board`);
      const trackers = page.getByTestId('board-tracker');
      await trackers.nth(election.ballots - 1).waitFor();
      const { items } = await (await page.request.get(`/v1/attached/${election.id}/ballots`)).json();
      assert.deepEqual(await trackers.allInnerTexts(), items.map(({ hash }) => hash).reverse());
    });
  }

  story('lets a voter find the tracker that the system gave out, and proves it in the page', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections' });
    const { page } = visitor;
    const election = await attachedElection(page);
    const { items } = await (await page.request.get(`/v1/attached/${election.id}/ballots`)).json();
    await visitor.goes(`#/attached/${election.id}/check`);
    await visitor.field('vote.label').fill(items[2].hash);
    await visitor.button('vote.go').click();
    await visitor.sees('vote', 'there');
    await page.locator('[data-testid=ballot-receipt][data-verdict=valid]').waitFor();
    await visitor.text('attached.vote.there.text', { number: 3 }).waitFor();

    await visitor.button('vote.again').click();
    await visitor.field('vote.label').fill(createHash('sha256').update('not posted').digest('base64url'));
    await visitor.button('vote.go').click();
    await visitor.sees('vote', 'absent');
    await visitor.isTold(visitor.t('attached.vote.absent'));
  });

  story('cannot be vouched for by a gateway that answers with another ballot’s receipt', async (cast) => {
    const visitor = await cast.visitor({ room: 'elections' });
    const { page } = visitor;
    const election = await attachedElection(page);
    const { items } = await (await page.request.get(`/v1/attached/${election.id}/ballots`)).json();
    const vanished = createHash('sha256').update('taken from the board').digest('base64url');
    await page.route(`**/ballots/${vanished}`, async (route) => {
      const other = await (await page.request.get(`/v1/attached/${election.id}/ballots/${items[0].hash}`)).json();
      await route.fulfill({ json: { ...other, hash: vanished } });
    });
    await visitor.goes(`#/attached/${election.id}/check/${vanished}`);
    await page.locator('[data-testid=ballot-receipt][data-verdict=other-ballot]').waitFor();
  });
});
