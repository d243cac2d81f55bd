import { beforeAll, describe, expect, test } from 'vitest';

import { readAnswer } from '../../src/voting/answer';
import { checkAnswer } from '../../src/voting/answer-check';
import { type BoardEvent, readEvents } from '../../src/voting/archive/events';
import { signaturePrefix } from '../../src/voting/ballot';
import { ElectionKey } from '../../src/voting/ciphertext';
import { checkCredential, readCredentialList } from '../../src/voting/credential-list';
import type { Question } from '../../src/voting/election';
import { proof } from '../../src/voting/encodings';
import { groupNamed } from '../../src/voting/group/groups';
import { elementOf } from '../../src/voting/group/powers';
import { base64Hash } from '../../src/voting/hashes';
import { knows } from '../../src/voting/knowledge-proof';
import { type Json, written } from '../../src/voting/strict-json';
import { readTrustees } from '../../src/voting/trustees';
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

describe('the archive of c-ed25519-lists, made by belenios-tool 3.3, as far as its parts are offered here', () => {
  const group = groupNamed('Ed25519');
  let events: BoardEvent[];
  let election: { public_key: string; questions: { answers: string[]; min: number; max: number; blank?: true }[] };
  let key: ElectionKey;
  beforeAll(async () => {
    events = [];
    for await (const event of readEvents(archiveOf('c-ed25519-lists'))) events.push(event);
    election = JSON.parse(events[0]!.data[0]!);
    key = new ElectionKey(group, elementOf(group, election.public_key)!);
  });

  test('has trustees of both kinds, whose keys make the election\'s', () => {
    const trustees = readTrustees(group, events[0]!.data[1]!);
    expect(trustees.entries.map(({ kind }) => kind)).toEqual(['Single', 'Pedersen']);
    expect(group.same(trustees.publicKey, key.publicKey.base)).toBe(true);
  });

  test('has credentials that are members', () => {
    const list = readCredentialList(events[0]!.data[2]!);
    expect(list.weights.size).toBe(expectedOf('c-ed25519-lists').independent_check.voters);
    for (const credential of list.weights.keys()) checkCredential(group, credential);
  });

  test('has ballots whose first two answers and whose signatures hold, and do not hold for another voter', () => {
    const ballots = events.filter(({ type }) => type === 'Ballot').map(({ payload }) => payload);
    expect(ballots).toHaveLength(expectedOf('c-ed25519-lists').independent_check.ballots);
    const fingerprint = base64Hash(events[0]!.data[0]!);
    for (const text of ballots) {
      const { signature, ...unsigned } = JSON.parse(text) as {
        signature: { hash: string; proof: Json };
        credential: string;
        answers: Json[];
      };
      const context = `${fingerprint}|${unsigned.credential}`;
      for (const index of [0, 1]) {
        const question: Question = { question: '', blank: false, ...election.questions[index]! };
        const answer = readAnswer(group, question, unsigned.answers[index]!);
        checkAnswer(key, question, answer, context);
        expect(() => checkAnswer(key, question, answer, `${context}0`)).toThrow('wrong-individual-proof');
      }
      const voter = elementOf(group, unsigned.credential)!;
      const { hash, proof: signed } = signature;
      expect(hash).toBe(base64Hash(written(unsigned)));
      expect(knows(group, signaturePrefix(hash), voter, proof(group, signed))).toBe(true);
    }
  });
});
