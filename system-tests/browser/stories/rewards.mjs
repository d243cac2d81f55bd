import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { Administrator, Registrar, Trustee } from '../officers.mjs';
import { story } from '../stage.mjs';
import { BoothVoter } from '../voters.mjs';

const HOUR_MILLIS = 3_600_000;
/** Long enough to announce it on a machine that does much else. */
const UNTIL_OPENING_MILLIS = 30_000;
const PATIENCE_MILLIS = 600_000;
const REWARD = 1_500;

describe('an election with a reward', () => {
  story(
    'is decrypted by all of its trustees, and pays the wallets of those who took part, once',
    async (cast) => {
      const administrator = await Administrator.come(cast);
      const name = `마을 축제 투표 ${Date.now() % 100_000}`;
      const { id, registrar: registrarLink, trustees: trusteeLinks } = await administrator.writes({
        name, question: '무엇을 먼저 할까요?', answers: ['연날리기', '떡 나누기'], leastBallots: 2, allOf: 2, reward: REWARD,
      });
      const people = ['areum', 'boram', 'chorong'];
      await administrator.uploadsRoll(['voter,contact', ...people.map((one) => `${one},${one}@campus.example`)].join('\n'), people.length);
      const trustees = [];
      for (const link of trusteeLinks) {
        const trustee = await Trustee.come(cast, link);
        await trustee.makesKey();
        trustees.push(trustee);
      }
      const registrar = await Registrar.come(cast, registrarLink);
      const credentials = await registrar.issues(people.length);
      // No letter is printed without a fingerprint by accident.
      await registrar.visitor.button('letters.print.early', { count: String(people.length) }).waitFor();
      const opensMillis = Date.now() + UNTIL_OPENING_MILLIS;
      await administrator.setsTimes(opensMillis, opensMillis + HOUR_MILLIS);
      await administrator.announces();
      await registrar.visitor.button('letters.print', { count: String(people.length) }).waitFor();
      await administrator.seesStage('open');

      const rewarded = [];
      for (const voter of ['areum', 'boram']) {
        const shopper = await cast.newcomer();
        await shopper.opensWallet();
        const booth = await BoothVoter.beside(cast, shopper, { to: `${voter}@campus.example`, voter, credential: credentials.get(voter), election: id });
        await booth.votes([[0]]);
        await booth.wantsReward();
        rewarded.push(shopper);
      }

      await administrator.signs('close', name);
      await administrator.seesStage('closed');
      await administrator.signs('tally');
      await administrator.seesStage('decrypting');
      await trustees[0].decrypts();
      await administrator.visitor.button('act.result').and(administrator.page.locator(':disabled')).waitFor();
      await trustees[1].decrypts();
      await administrator.signs('result');
      await administrator.seesStage('finished');

      // The account that pays is empty at first: the page says which, and what it lacks.
      await administrator.paysRewards('short');
      const account = await administrator.page.getByTestId('reward-account').getAttribute('data-text');
      const giver = await cast.shopper();
      await giver.visitor.goes(`#/pay?to=${account}`);
      for (const digit of String(2 * REWARD)) await giver.page.getByRole('button', { name: digit, exact: true }).click();
      await giver.visitor.button('pay.next').click();
      await giver.confirms(2 * REWARD);
      await giver.seesPaid();
      await administrator.paysRewards('paid');
      await administrator.page.reload();
      await administrator.opensDesk(id);
      await administrator.visitor.sees('rewards', 'paid');

      for (const shopper of rewarded) await shopper.seesBalance(REWARD);
      const { items } = await (await administrator.page.request.get(`/v1/elections/${id}/acts`)).json();
      assert.deepEqual(
        items.map(({ purpose }) => purpose),
        ['election.result', 'election.decryption', 'election.decryption', 'election.tally', 'election.close', 'election.setup'],
      );
      assert.equal(await administrator.page.getByTestId('act').count(), items.length);
    },
    PATIENCE_MILLIS,
  );
});
