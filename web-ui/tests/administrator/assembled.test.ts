import { beforeAll, describe, expect, test } from 'vitest';

import { makeTrustees } from '../../dev/sample-election';
import { type Assembled, examined, partsOf } from '../../src/administrator/assembled';
import type { Draft } from '../../src/api/drafts';
import { concat, fromBase64url, textOf } from '../../src/chain/bytes';
import { ElectionKey } from '../../src/voting/ciphertext';
import { electionText } from '../../src/voting/election';
import { groupNamed } from '../../src/voting/group/groups';
import { entitled, publicList } from '../../src/voting/register';
import { readTrustees } from '../../src/voting/trustees';

const group = groupNamed('Ed25519');
const draft: Draft = {
  id: '7HAFgTqYbNj3Wm', revision: 1, state: 'draft', name: { ko: '선거', en: 'Election' }, description: '',
  questions: [{ question: { ko: '누구?', en: 'Who?' }, answers: ['가', { ko: '나', en: '나' }], blank: true, min: 1, max: 1 }],
  group: 'Ed25519', trustees: { count: 3, threshold: 2 }, opensAt: '2026-11-23T00:00:00.000Z', closesAt: '2026-11-30T00:00:00.000Z', leastBallots: 10, administrator: '선관위',
  roll: { voters: 3, weight: 5, hash: '' },
};
const voters = [1, 1, 3].map((weight, i) => ({ identity: `voter ${i}`, weight }));
let records: Assembled;
let other: Assembled;

async function assemble(): Promise<Assembled> {
  const { text: trustees } = await makeTrustees(group, 0, { size: 3, threshold: 2 });
  const questions = [{ question: '누구? / Who?', answers: ['가', '나'], blank: true, min: 1, max: 1 }];
  const election = electionText({ name: '선거 / Election', description: '', questions, uuid: draft.id, administrator: '선관위' }, new ElectionKey(group, readTrustees(group, trustees).publicKey));
  return { election, trustees, credentials: publicList(group, draft.id, entitled(voters)) };
}

beforeAll(async () => {
  records = await assemble();
  other = await assemble();
});

const failing = (changed: Partial<Assembled>, of: Partial<Draft> = {}) =>
  examined({ ...draft, ...of }, { ...records, ...changed }).checks.filter(({ holds }) => !holds).map(({ check }) => check);

describe('records before they are signed', () => {
  test('hold when they are what the draft says', () => {
    expect(examined(draft, records)).toMatchObject({ good: true });
  });

  test('do not hold when anything is another', () => {
    expect(failing({ election: records.election.replace('누구?', '누가?') })).toEqual(['election']);
    expect(failing({ election: records.election.replace('"min":1', '"min":0') })).toEqual(['election']);
    expect(failing({ election: other.election })).toEqual(['election', 'key']);
    expect(failing({ trustees: other.trustees })).toEqual(['election', 'key']);
    expect(failing({ trustees: '[]' })).toEqual(['trustees', 'threshold', 'election', 'key']);
    expect(failing({ credentials: publicList(group, draft.id, entitled(voters.slice(1))) })).toEqual(['credentials', 'weight']);
    expect(failing({ credentials: publicList(group, draft.id, entitled(voters.map((one) => ({ ...one, weight: 1 })))) })).toEqual(['weight']);
    expect(failing({ credentials: 'nonsense' })).toEqual(['credentials', 'weight']);
    expect(failing({ election: '' })).toEqual(['election', 'key']);
  });

  test('do not hold when the draft is another', () => {
    expect(failing({}, { trustees: { count: 3 } })).toEqual(['threshold']);
    expect(failing({}, { trustees: { count: 4, threshold: 2 } })).toEqual(['trustees']);
    expect(failing({}, { roll: undefined })).toEqual(['credentials', 'weight']);
    expect(failing({}, { id: '8HAFgTqYbNj3Wm' })).toEqual(['election']);
    expect(failing({}, { administrator: undefined })).toEqual(['election']);
  });

  test('travel in parts that make them again', () => {
    const long = { ...records, credentials: JSON.stringify(Array.from({ length: 2_000 }, (_, i) => `가${i}`.padEnd(60, '0'))) };
    const parts = partsOf(long);
    expect(parts.filter(({ record }) => record === 'credentials').map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    for (const record of ['election', 'trustees', 'credentials'] as const) {
      const bytes = parts.filter((part) => part.record === record).map(({ content }) => fromBase64url(content));
      expect(Math.max(...bytes.map(({ length }) => length))).toBeLessThanOrEqual(32 << 10);
      expect(textOf(concat(...bytes))).toBe(long[record]);
    }
  });
});
