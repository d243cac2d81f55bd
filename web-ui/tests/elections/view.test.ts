import { beforeEach, describe, expect, test } from 'vitest';

import { answerCounts, clipped, isUnknownHere, stepsTo, voteState } from '../../src/elections/view';
import { trackerIn } from '../../src/votes/tracker';
import { REASONS } from '../../src/voting/refusal';
import { verifyArchive } from '../../src/voting/verification';
import { type VerifiedReport, reportOf } from '../../src/voting/workers/verification-report';
import { archiveOf, expectedOf } from '../voting/fixtures';

describe('the place of a refusal', () => {
  test('leads from the entry to the question and the answer, counted as people do', () => {
    expect(stepsTo('event 7 (Ballot)/answers/0/choices/2/alpha')).toEqual([
      { kind: 'event', number: 7, event: 'Ballot' },
      { kind: 'question', number: 1 },
      { kind: 'answer', number: 3 },
    ]);
    expect(stepsTo('event 9 (Result)/result/1/0').slice(1)).toEqual([
      { kind: 'question', number: 2 },
      { kind: 'answer', number: 1 },
    ]);
  });

  test('names voters, trustees and parts of the file', () => {
    expect(stepsTo('event 0 (Setup)/credentials/11')[1]).toEqual({ kind: 'credential', number: 12 });
    expect(stepsTo('event 9 (Result)/trustee 2 and its group')[1]).toEqual({ kind: 'trustee', number: 2 });
    expect(stepsTo('record 3')).toEqual([{ kind: 'record', number: 3 }]);
  });

  test('is empty where there are no words for it', () => {
    for (const place of ['', 'record', 'event x (Ballot)', 'event 1 (Other)', 'toString']) expect(stepsTo(place)).toEqual([]);
  });
});

test('what this page does not know is not called wrong', () => {
  const unknown = REASONS.filter(isUnknownHere);
  expect(unknown).toContain('unknown-group');
  expect(unknown).toContain('unsupported-threshold-form');
  for (const wrong of ['unknown-credential', 'unknown-trustee', 'unknown-event', 'wrong-result'] as const) expect(unknown).not.toContain(wrong);
});

describe('a tracker', () => {
  const tracker = `+/${'a'.repeat(41)}`;

  test('is found among spaces, line ends and padding', () => {
    expect(trackerIn(` ${tracker.slice(0, 20)}\n${tracker.slice(20)}= `)).toBe(tracker);
  });

  test.each(['', 'a', tracker.slice(1), `${tracker}a`, tracker.replace('+', '!'), '가'.repeat(43)])('is not %j', (typed) => {
    expect(trackerIn(typed)).toBeUndefined();
  });
});

describe('the ballots of a real election', () => {
  const { trackers_in_order_of_acceptance: trackers, independent_check: check } = expectedOf('b-threshold-2048');
  let report: VerifiedReport;
  beforeEach(async () => {
    const found = reportOf(await verifyArchive(archiveOf('b-threshold-2048')));
    if (!found.valid) throw new Error(found.reason);
    report = found;
  });

  test('count, were replaced, or are not there', () => {
    const states = trackers.map((tracker) => voteState(report, tracker));
    expect(states.filter((state) => state === 'counted')).toHaveLength(check.tallied);
    expect(states.filter((state) => state === 'replaced')).toHaveLength(check.ballots - check.tallied);
    expect(check.ballots).toBeGreaterThan(check.tallied);
    expect(voteState(report, 'A'.repeat(43))).toBe('absent');
  });

  test('give each answer its count', () => {
    for (const [index, question] of report.questions.entries()) {
      const counted = answerCounts(question, report.counts![index]!, 10n);
      const expected = check.result[index]!;
      const blankLast = question.blank ? [...expected.slice(1), expected[0]!] : expected;
      expect(counted.map(({ votes }) => Number(votes))).toEqual(blankLast);
      expect(counted.map(({ percent }) => percent)).toEqual(blankLast.map((votes) => 10 * votes));
    }
  });
});

test('without any vote nothing has a share', () => {
  const question = { question: '?', answers: ['a'], min: 0, max: 1, blank: true };
  expect(answerCounts(question, [0n, 0n], 0n)).toEqual([
    { answer: 'a', votes: 0n, percent: 0 },
    { answer: undefined, votes: 0n, percent: 0 },
  ]);
});

test('an endless name is cut between characters', () => {
  expect(clipped('마당')).toBe('마당');
  expect([...clipped('🗳'.repeat(100_000))]).toHaveLength(301);
  expect(clipped('🗳'.repeat(100_000))).toMatch(/^(🗳)+…$/u);
});
