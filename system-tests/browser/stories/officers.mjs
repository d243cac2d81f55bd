import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { Administrator, Registrar, Trustee } from '../officers.mjs';
import { story } from '../stage.mjs';
import { BoothVoter } from '../voters.mjs';

const HOUR_MILLIS = 3_600_000;
/** Long enough to announce it on a machine that does much else. */
const UNTIL_OPENING_MILLIS = 30_000;
const PATIENCE_MILLIS = 600_000;

describe('an election on pages', () => {
  story(
    'is written, prepared by a registrar and three trustees, voted in, decrypted by two of them, and verified by everybody',
    async (cast) => {
      const administrator = await Administrator.come(cast);
      const name = `동아리 대표 선거 ${Date.now() % 100_000}`;
      const { id, registrar: registrarLink, trustees: trusteeLinks } = await administrator.writes({
        name, question: '누구를 대표로 뽑을까요?', answers: ['김가람', '이누리', '박다솜'], leastBallots: 3,
      });
      const people = ['minji', 'seojun', 'haneul', 'jiwoo'];
      await administrator.uploadsRoll(['voter,contact', ...people.map((one) => `${one},${one}@campus.example`)].join('\n'), people.length);

      const trustees = [];
      for (const link of trusteeLinks) {
        const trustee = await Trustee.come(cast, link);
        await trustee.makesCertificate();
        trustees.push(trustee);
      }
      await trustees[0].returns();
      for (const trustee of trustees) await trustee.sharesOut();
      for (const trustee of trustees) await trustee.completesKey();

      const registrar = await Registrar.come(cast, registrarLink);
      const credentials = await registrar.issues(people.length);

      const opensMillis = Date.now() + UNTIL_OPENING_MILLIS;
      await administrator.setsTimes(opensMillis, opensMillis + HOUR_MILLIS);
      await administrator.announces();
      await administrator.checksReceipt();
      await administrator.seesStage('open');

      const choices = { minji: [[0]], seojun: [[1]], haneul: ['blank'] };
      const trackers = [];
      for (const [voter, choice] of Object.entries(choices)) {
        const letter = { to: `${voter}@campus.example`, voter, credential: credentials.get(voter), election: id };
        const booth = await BoothVoter.come(cast, letter);
        trackers.push(await booth.votes(choice));
      }

      await administrator.signs('close', name);
      await administrator.seesStage('closed');
      await administrator.signs('tally');
      await administrator.seesStage('decrypting');
      await trustees[0].decrypts();
      await trustees[2].decrypts();
      await administrator.signs('result');
      await administrator.seesStage('finished');
      await administrator.checksReceipt();

      const election = await (await administrator.page.request.get(`/v1/elections/${id}`)).json();
      // The blank vote comes first.
      assert.deepEqual(election.result, [[1, 1, 1, 0]]);
      assert.deepEqual([...election.decryptedBy].sort(), [1, 3]);
      for (const tracker of trackers) {
        const inAddress = tracker.replaceAll('+', '-').replaceAll('/', '_');
        const ballot = await (await administrator.page.request.get(`/v1/elections/${id}/ballots/${inAddress}`)).json();
        assert.equal(ballot.state, 'counts');
      }
      const everybody = await cast.visitor({ room: 'elections', path: `/elections#/${id}/verify` });
      await everybody.button('verify.go').click();
      await everybody.page.locator('[data-testid=election-verdict][data-verdict=valid]').waitFor();
    },
    PATIENCE_MILLIS,
  );
});
