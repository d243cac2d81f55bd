import { describe, expect, test } from 'vitest';

import { openedBallotFile, readOpenedBallot } from '../../src/votes/opened-ballot';
import { recordText } from '../../src/votes/record-text';
import { checkAddress, inPath, trackerIn } from '../../src/votes/tracker';
import { isElectionId } from '../../src/votes/election-id';
import { Random, seeds } from '../seeds';

describe('a text of a record', () => {
  test('is taken apart where it surely holds both languages', () => {
    expect(recordText('찬성 / Yes')).toEqual({ ko: '찬성', en: 'Yes' });
    expect(recordText('어디에 먼저 쓸까요? / What comes first?')).toEqual({ ko: '어디에 먼저 쓸까요?', en: 'What comes first?' });
  });

  test.each(['찬성', 'Yes', '', ' / ', 'A / B', '가 / 나', 'Yes / 찬성', '가 / b / c', '1/2', '찬성 / '])('stays whole when it is not sure: %j', (text) => {
    expect(recordText(text)).toEqual({ whole: text });
  });
});

describe('a tracker', () => {
  const tracker = `+/${'a'.repeat(41)}`;

  test('is found in the address of its own QR', () => {
    const address = checkAddress('https://vote.example', '7HAFgTqYbNj3Wm', tracker);
    expect(address).toBe(`https://vote.example/elections#/7HAFgTqYbNj3Wm/check/-_${'a'.repeat(41)}`);
    expect(trackerIn(address)).toBe(tracker);
    expect(trackerIn(inPath(tracker))).toBe(tracker);
  });

  test.each([`https://vote.example/elections#/7HAFgTqYbNj3Wm/check/${'a'.repeat(42)}`, 'https://vote.example/', 'javascript:alert(1)'])('is not %j', (text) => {
    expect(trackerIn(text)).toBeUndefined();
  });
});

test('an election’s identifier is nothing else', () => {
  expect(isElectionId('7HAFgTqYbNj3Wm')).toBe(true);
  for (const text of ['', '7HAFgTqYbNj3W', '7HAFgTqYbNj3W0', '7HAFgTqYbNj3Wm.abc', '../../v1', '7HAFgTqYbNj3Wm/..']) expect(isElectionId(text)).toBe(false);
});

describe('the file of an opened ballot', () => {
  const opened = { election: '{"한글":"\\n"}', ballot: 'b', openings: 'o' };

  test('is read as it was written', () => {
    expect(readOpenedBallot(openedBallotFile(opened))).toEqual(opened);
  });

  test('is nothing else, whatever it holds', () => {
    for (const text of ['', '{}', 'null', '[]', '"x"', '{"format":"madang-opened-ballot","version":2,"election":"","ballot":"","openings":""}', '{"format":"madang-opened-ballot","version":1,"election":1,"ballot":"","openings":""}']) {
      expect(readOpenedBallot(new TextEncoder().encode(text)), text).toBeUndefined();
    }
    for (const seed of seeds(50)) expect(readOpenedBallot(new Random(seed).bytes(seed))).toBeUndefined();
  });
});
