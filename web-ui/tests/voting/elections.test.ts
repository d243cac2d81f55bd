import { describe, expect, test, vi } from 'vitest';

import { type Vote, holdElection, makeElection, makeTrustees, plainCount } from '../../dev/sample-election';
import { auditBallot, openingsText } from '../../src/voting/audit';
import { encryptBallot } from '../../src/voting/ballot-encryption';
import { FixedBase } from '../../src/voting/group/fixed-base';
import { GROUPS } from '../../src/voting/group/groups';
import { verifyArchive } from '../../src/voting/verification';
import { Random, seeds } from '../seeds';
import { randomChoice, randomQuestion } from './random-votes';

const KINDS = [
  { kind: 'one single trustee', singles: 1, threshold: undefined },
  { kind: 'two single trustees', singles: 2, threshold: undefined },
  { kind: 'a threshold group', singles: 0, threshold: { size: 3, threshold: 2 } },
  { kind: 'both kinds of trustees', singles: 1, threshold: { size: 4, threshold: 3 } },
];

describe.each(GROUPS)('in $name', (group) => {
  describe.each(KINDS)('an election with $kind', ({ singles, threshold }) => {
    test.each(seeds(group.name === 'Ed25519' ? 3 : 1))('counts what was voted, seed %i', async (seed) => {
      const random = new Random(seed);
      const trustees = await makeTrustees(group, singles, threshold);
      const questions = Array.from({ length: 1 + random.below(2) }, () => randomQuestion(random));
      const weights = Array.from({ length: 1 + random.below(3) }, () => random.one([1, 1, 2, 70_000]));
      const made = makeElection(group, trustees, questions, weights);
      const votes = Array.from({ length: random.below(5) }, (): Vote => ({
        voter: random.below(weights.length),
        choices: questions.map((question) => randomChoice(random, question)),
      }));
      const { archive } = holdElection(made, votes);
      const verdict = await verifyArchive(archive.bytes());
      expect(verdict).toMatchObject({ valid: true, stage: 'complete', ballots: votes.length, counts: plainCount(made, votes) });
    });
  });

  test('every beginning of an archive is an archive, and no other part of one is', async () => {
    const trustees = await makeTrustees(group, 1);
    const question = { question: '?', answers: ['예'], min: 0, max: 1, blank: false };
    const made = makeElection(group, trustees, [question], [1]);
    const { archive } = holdElection(made, [{ voter: 0, choices: [[0]] }]);
    const ends = [];
    for (let parts = 0; parts <= archive.parts.length; parts++) {
      const verdict = await verifyArchive(archive.parts.slice(0, parts));
      ends.push(verdict.valid ? verdict.stage : verdict.reason);
    }
    const dangling = 'misplaced-record';
    expect(ends).toEqual([
      'truncated', 'truncated', dangling, dangling, dangling, dangling, 'open', dangling, 'open', 'closed', dangling, dangling, 'tallied',
      dangling, dangling, 'decrypting', dangling, 'complete',
    ]);
  });

  test('an opened ballot shows what it would have voted, and no other opening fits', async () => {
    const questions = [
      { question: '?', answers: ['가', '나', '다'], min: 1, max: 2, blank: true },
      { question: '?', answers: ['가', '나'], min: 0, max: 2, blank: false },
    ];
    const { election, voters } = makeElection(group, await makeTrustees(group, 1), questions, [1]);
    const { text, tracker, openings } = encryptBallot(election, voters[0]!.credential, ['blank', [1]]);
    expect(auditBallot(election, text, openingsText(openings))).toEqual({ valid: true, tracker, choices: ['blank', [1]] });
    const lie = structuredClone(openings) as unknown as { plaintext: number }[][];
    lie[1]![0]!.plaintext = 1;
    expect(auditBallot(election, text, openingsText(lie as never))).toEqual({ valid: false, reason: 'wrong-opening', place: 'openings/1/0' });
    const other = encryptBallot(election, voters[0]!.credential, ['blank', [1]]);
    expect(auditBallot(election, other.text, openingsText(openings))).toMatchObject({ reason: 'wrong-opening' });
    expect(auditBallot(election, text, '{}')).toMatchObject({ reason: 'wrong-shape' });
  });

  test('V6: a ballot takes the same steps and has the same size whatever is chosen', async () => {
    const questions = [{ question: '?', answers: ['가', '나', '다'], min: 0, max: 3, blank: true }];
    const { election, voters } = makeElection(group, await makeTrustees(group, 1), questions, [1]);
    const secretPowers = vi.spyOn(FixedBase.prototype, 'secretPower');
    const publicPowers = vi.spyOn(FixedBase.prototype, 'power');
    const steps = new Set<string>();
    const shapes = new Set<string>();
    for (const choice of [[], [0], [2], [0, 1, 2], 'blank' as const]) {
      secretPowers.mockClear();
      publicPowers.mockClear();
      const { text } = encryptBallot(election, voters[0]!.credential, [choice]);
      steps.add(`${secretPowers.mock.calls.length} ${publicPowers.mock.calls.length}`);
      shapes.add(text.replace(/"[0-9a-f]{20,}"/g, '""').replace(/"hash":"[^"]*"/, ''));
    }
    vi.restoreAllMocks();
    // Every power of a secret is made of two powers of parts, and there is no other power.
    const [[secret, parts]] = [...steps].map((counts) => counts.split(' ').map(Number)) as [[number, number]];
    expect(steps.size).toBe(1);
    expect(parts).toBe(2 * secret);
    expect(shapes.size).toBe(1);
  });

  test('a choice that the question does not allow is not encrypted', async () => {
    const questions = [{ question: '?', answers: ['가', '나', '다'], min: 1, max: 2, blank: false }];
    const { election, voters } = makeElection(group, await makeTrustees(group, 1), questions, [1]);
    for (const choices of [[[]], [[0, 1, 2]], ['blank' as const], [[3]], [[0, 0]], [[0.5]], [], [[0], [0]]]) {
      expect(() => encryptBallot(election, voters[0]!.credential, choices)).toThrow(RangeError);
    }
  });
});
