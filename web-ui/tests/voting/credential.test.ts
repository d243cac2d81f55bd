import { describe, expect, test } from 'vitest';

import { firstDifference } from '../../src/voting/archive/extension';
import { credentialSecret, newCredential, readCredential } from '../../src/voting/credential';
import { checkCredential, readCredentialList } from '../../src/voting/credential-list';
import { groupNamed } from '../../src/voting/group/groups';
import { Refusal } from '../../src/voting/refusal';
import { archiveOf } from './fixtures';

describe('a credential', () => {
  test.each([
    'nCgD8-qGuWPZ-PzaHr-W7eprt',
    'nCgD8qGuWPZPzaHrW7eprt',
    ' nCgD8 qGuWPZ PzaHr W7eprt\n',
    'nCgD8–qGuWPZ—PzaHr−W7eprt',
    'ｎＣｇＤ８－ｑＧｕＷＰＺ－ＰｚａＨｒ－Ｗ７ｅｐｒｔ',
    'nCgD8\u3000qGuWPZ\u00a0PzaHr\u200bW7eprt',
  ])('is read as %j', (typed) => {
    expect(readCredential(typed)).toEqual({ valid: true, credential: 'nCgD8-qGuWPZ-PzaHr-W7eprt' });
  });

  test.each([
    ['', { problem: 'wrong-length', characters: 0 }],
    ['nCgD8-qGuWPZ-PzaHr-W7epr', { problem: 'wrong-length', characters: 21 }],
    ['nCgD8-qGuWPZ-PzaHr-W7eprtt', { problem: 'wrong-length', characters: 23 }],
    ['nCgD8-qGuWPZ-PzaHr-W7epr0', { problem: 'wrong-character', at: 21, character: '0' }],
    ['OCgD8-qGuWPZ-PzaHr-W7eprt', { problem: 'wrong-character', at: 0, character: 'O' }],
    ['nCgD8-qGuWPZ-PzaHr-W7ep한t', { problem: 'wrong-character', at: 20, character: '한' }],
    ['nCgD8-qGuWPZ-PzaHr-W7ep😀t', { problem: 'wrong-character', at: 20, character: '😀' }],
  ])('%j is refused, and it is said why', (typed, problem) => {
    expect(readCredential(typed)).toEqual({ valid: false, ...problem });
  });

  test('is new each time, and is read back', () => {
    const made = Array.from({ length: 200 }, newCredential);
    expect(new Set(made).size).toBe(200);
    for (const credential of made) expect(readCredential(credential)).toEqual({ valid: true, credential });
  });

  test('is another secret in another election', () => {
    const group = groupNamed('Ed25519');
    const [one, other] = ['uLXmMCXXnC4H2p', 'uLXmMCXXnC4H2q'].map((uuid) => credentialSecret(group, uuid, 'nCgD8-qGuWPZ-PzaHr-W7eprt'));
    expect(one).not.toBe(other);
  });
});

describe('a list of credentials', () => {
  const group = groupNamed('Ed25519');
  const credential = '6666666666666666666666666666666666666666666666666666666666666658';

  test.each([
    ['[]', 0n],
    [`["${credential}"]`, 1n],
    [`["${credential},7"]`, 7n],
  ])('%s has its weight', (text, weight) => {
    expect(readCredentialList(text).totalWeight).toBe(weight);
  });

  test.each([
    ['{}', 'wrong-shape'],
    ['[1]', 'wrong-shape'],
    [`["${credential},0"]`, 'wrong-shape'],
    [`["${credential},01"]`, 'wrong-shape'],
    [`["${credential},-1"]`, 'wrong-shape'],
    [`["${credential},1,1"]`, 'wrong-shape'],
    [`["${credential}","${credential},2"]`, 'repeated-credential'],
    [`["${credential},9007199254740992"]`, 'wrong-weight'],
    [`["${credential}" ]`, 'not-canonical'],
  ])('%s is refused', (text, reason) => {
    expect(() => readCredentialList(text)).toThrow(reason);
  });

  test.each([
    ['7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec', 'not-in-the-group'],
    ['0000000000000000000000000000000000000000000000000000000000000001', 'neutral-key'],
    ['0000000000000000000000000000000000000000000000000000000000000002', 'not-an-element'],
    ['66', 'not-an-element'],
  ])('%s is nobody\'s credential', (text, reason) => {
    expect(() => checkCredential(group, text)).toThrow(new Refusal(reason as never));
  });
});

describe('a copy of an archive that somebody kept', () => {
  const archive = archiveOf('a-simple-2048');
  const chunks = (bytes: Uint8Array, size: number) => Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

  test('is the beginning of the later one', async () => {
    expect(await firstDifference(archive, archive)).toBeUndefined();
    expect(await firstDifference(archive.subarray(0, 10_240), archive)).toBeUndefined();
    expect(await firstDifference(chunks(archive.subarray(0, 20_480), 777), chunks(archive, 1_000))).toBeUndefined();
    expect(await firstDifference(new Uint8Array(), archive)).toBeUndefined();
  });

  test('shows the first byte that changed or vanished since', async () => {
    expect(await firstDifference(archive, archive.subarray(0, 40_000))).toBe(40_000);
    const altered = archive.slice();
    altered[12_345]! ^= 1;
    expect(await firstDifference(archive, altered)).toBe(12_345);
    expect(await firstDifference(archive, new Uint8Array())).toBe(0);
  });
});
