import { describe, expect, test } from 'vitest';

import { verifyArchive } from '../../src/voting/verification';
import { type Fixture, archiveOf, expectedOf } from './fixtures';

describe.each<Fixture>(['a-simple-2048', 'b-threshold-2048'])('the archive of %s, made by belenios-tool', (fixture) => {
  const expected = expectedOf(fixture).independent_check;

  test('verifies, with the result that everybody found', async () => {
    const verdict = await verifyArchive(archiveOf(fixture));
    expect(verdict).toMatchObject({
      valid: true,
      stage: 'complete',
      ballots: expected.ballots,
      head: expected.head,
      decryptedBy: expected.decrypted_by,
      counts: expected.result.map((answer) => answer.map(BigInt)),
    });
    if (!verdict.valid) return;
    expect(verdict.election.fingerprint).toBe(expected.election_hash);
    expect(verdict.credentials.weights.size).toBe(expected.voters);
    expect(verdict.counted).toHaveLength(expected.tallied);
  });
});

test.each<[Fixture, object]>([
  ['c-ed25519-lists', { valid: false, reason: 'unknown-kind-of-question', place: 'event 0 (Setup)/election/questions/2' }],
  ['d-mixnet-rfc3526', { valid: false, reason: 'unknown-group', place: 'event 0 (Setup)/election/group' }],
])('%s is refused by the name of what is not offered', async (fixture, verdict) => {
  expect(await verifyArchive(archiveOf(fixture))).toEqual(verdict);
});
