import { beforeAll, describe, expect, test } from 'vitest';

import { type MadeElection, holdElection, makeElection, makeTrustees } from '../../dev/sample-election';
import { concat, utf8 } from '../../src/chain/bytes';
import { readEvents } from '../../src/voting/archive/events';
import { BLOCK_BYTES } from '../../src/voting/archive/tar';
import { ballotContext, signaturePrefix } from '../../src/voting/ballot';
import { checkBallot } from '../../src/voting/ballot-check';
import { encryptBallot } from '../../src/voting/ballot-encryption';
import { credentialSecret } from '../../src/voting/credential';
import { proofJson } from '../../src/voting/encodings';
import type { Election, Question } from '../../src/voting/election';
import { readElection } from '../../src/voting/election';
import { elementOf } from '../../src/voting/group/powers';
import { groupNamed } from '../../src/voting/group/groups';
import { base64Hash, hexHash } from '../../src/voting/hashes';
import { proveKnowledge } from '../../src/voting/knowledge-proof';
import { Refusal, type Refused } from '../../src/voting/refusal';
import { type Verdict, verifyArchive } from '../../src/voting/verification';
import { Random, seeds } from '../seeds';
import { ArchiveWriter, type WrittenEvent, entry } from '../../dev/archive-writer';
import { type Path, eventsOf, leavesOf, sealed, withLeaf, withRecord } from './edited';
import { archiveOf, jsonOf } from './fixtures';

const told = (verdict: Verdict): string => (verdict.valid ? 'valid' : `${verdict.reason} at ${verdict.place}`);

async function structure(bytes: Uint8Array): Promise<string> {
  try {
    for await (const _ of readEvents(bytes));
    return 'valid';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

const QUESTIONS: Question[] = [
  { question: '하나', answers: ['가', '나'], min: 1, max: 1, blank: false },
  { question: '여럿', answers: ['가', '나'], min: 0, max: 2, blank: true },
];

describe('the bytes of an archive', () => {
  const bytes = archiveOf('a-simple-2048');

  test('no byte of a header can change', async () => {
    // The file's own record, then the election's and the first event's: found by their names.
    const text = new TextDecoder('latin1').decode(bytes);
    const headers = [0, 2 * BLOCK_BYTES, text.indexOf('.event.json') - 64];
    for (const header of headers) {
      for (let at = header; at < header + BLOCK_BYTES; at++) {
        const damaged = bytes.slice();
        damaged[at]! ^= 1;
        expect(await structure(damaged), `byte ${at}`).toMatch(/^(wrong-header|wrong-hash|unknown-version|truncated|too-long|misplaced-record)$/);
      }
    }
  });

  test.each(seeds(150))('no byte anywhere can change, seed %i', async (seed) => {
    const random = new Random(seed);
    const damaged = bytes.slice();
    damaged[random.below(bytes.length)]! ^= 1 + random.below(255);
    expect(await structure(damaged)).not.toBe('valid');
  });

  test.each(seeds(50))('it cannot be cut inside of a record, seed %i', async (seed) => {
    const at = new Random(seed).below(bytes.length);
    const cut = await structure(bytes.subarray(0, at));
    if (at % BLOCK_BYTES !== 0) expect(cut).toMatch(/^(truncated)$/);
    else expect(cut).toMatch(/^(truncated|misplaced-record|valid)$/);
  });

  test('reads the same from chunks of any size', async () => {
    const whole = await verifyArchive(bytes);
    for (const size of [1, 511, 512, 513, 100_000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
      const events = [];
      for await (const { hash } of readEvents(chunks)) events.push(hash);
      expect(events.at(-1)).toBe((whole as { head?: string }).head);
    }
  });

  test.each([
    ['nothing', new Uint8Array(), 'truncated'],
    ['a byte in the padding', bytes.map((byte, at) => (at === 2 * BLOCK_BYTES - 1 ? 1 : byte)), 'wrong-padding'],
    ['zeros', new Uint8Array(1024), 'wrong-header'],
    ['noise', new Random(1).bytes(4096), 'wrong-header'],
    ['the zero blocks of other tar programs at the end', concat(bytes, new Uint8Array(1024)), 'wrong-header'],
    ['a record after the result', concat(bytes, entry(`${hexHash('{}')}.data.json`, '{}', 0)), 'wrong-header'],
    ['a text that is not UTF-8', withFirst(Uint8Array.of(0xff)), 'not-utf8'],
    ['an event of unknown type', eventText('{"height":0,"type":"Recount"}'), 'unknown-event'],
    ['an event that is no object', eventText('[]'), 'wrong-shape'],
    ['an event with white space', eventText('{"height":0, "type":"EndBallots"}'), 'not-canonical'],
    ['a type that every object has', eventText('{"height":0,"type":"constructor"}'), 'unknown-event'],
    ['a shuffle', eventText('{"height":0,"type":"Shuffle"}'), 'unknown-event'],
    ['an election that begins with its end', eventText('{"height":0,"type":"EndBallots"}'), 'wrong-order'],
    ['a set-up without records', eventText(`{"height":0,"type":"Setup","payload":"${'0'.repeat(64)}"}`), 'not-canonical'],
    ['arrays too deep for any stack', eventText('['.repeat(1_000)), 'not-canonical'],
  ])('%s is refused', async (_, archive, reason) => {
    expect(await structure(archive)).toBe(reason);
  });

  test('a record of gigabytes is refused before it is read', async () => {
    const { tarHeader } = await import('../../src/voting/archive/tar');
    const name = `${'0'.repeat(64)}.data.json`;
    expect(await structure(concat(entry('BELENIOS', '{"version":1,"timestamp":"0"}', 0), tarHeader(name, 2 ** 32, 0)))).toBe('too-long');
  });

  function withFirst(content: Uint8Array): Uint8Array {
    const tar = entry('BELENIOS', 'x');
    tar.set(content, BLOCK_BYTES);
    return tar;
  }

  function eventText(text: string): Uint8Array {
    return concat(...new ArchiveWriter().parts, entry(`${hexHash(text)}.event.json`, text));
  }
});

describe('the events of an archive', () => {
  let events: WrittenEvent[];
  beforeAll(async () => {
    events = await eventsOf(archiveOf('a-simple-2048'));
  });
  const without = (...indexes: number[]): WrittenEvent[] => events.filter((_, index) => !indexes.includes(index));
  const swapped = (index: number): WrittenEvent[] =>
    events.map((event, i) => (i === index ? events[index + 1]! : i === index + 1 ? events[index]! : event));
  const repeated = (index: number): WrittenEvent[] => events.flatMap((event, i) => (i === index ? [event, event] : [event]));

  // 0 Setup, 1-4 Ballot, 5 EndBallots, 6 EncryptedTally, 7 PartialDecryption, 8 Result
  test('written again unchanged are the same', async () => {
    expect(events.map(({ type }) => type)).toEqual([
      'Setup', 'Ballot', 'Ballot', 'Ballot', 'Ballot', 'EndBallots', 'EncryptedTally', 'PartialDecryption', 'Result',
    ]);
    expect(await verifyArchive(sealed(events))).toMatchObject({ valid: true, stage: 'complete' });
  });

  test.each([
    [0, 'wrong-order at event 0 (Ballot)'],
    [2, 'wrong-encrypted-tally at event 5 (EncryptedTally)/encrypted_tally'],
    [5, 'wrong-order at event 5 (EncryptedTally)'],
    [6, 'wrong-order at event 6 (PartialDecryption)'],
    [7, 'wrong-order at event 7 (Result)'],
  ])('event %i cannot be dropped', async (index, expected) => {
    expect(told(await verifyArchive(sealed(without(index))))).toBe(expected);
  });

  test.each([
    [0, 'wrong-order at event 0 (Ballot)'],
    [4, 'wrong-order at event 5 (Ballot)'],
    [5, 'wrong-order at event 5 (EncryptedTally)'],
    [6, 'wrong-order at event 6 (PartialDecryption)'],
    [7, 'wrong-order at event 7 (Result)'],
  ])('event %i cannot change places with the next', async (index, expected) => {
    expect(told(await verifyArchive(sealed(swapped(index))))).toBe(expected);
  });

  test.each([
    [0, 'wrong-order at event 1 (Setup)'],
    [1, 'repeated-ballot at event 2 (Ballot)'],
    [5, 'wrong-order at event 6 (EndBallots)'],
    [6, 'wrong-order at event 7 (EncryptedTally)'],
    [7, 'repeated-trustee at event 8 (PartialDecryption)/owner'],
    [8, 'wrong-order at event 9 (Result)'],
  ])('event %i cannot come twice', async (index, expected) => {
    expect(told(await verifyArchive(sealed(repeated(index))))).toBe(expected);
  });

  test.each<[string, number, Record<string, unknown>]>([
    ['broken-chain at event 3 (Ballot)/parent', 3, { parent: '0'.repeat(64) }],
    ['broken-chain at event 3 (Ballot)/parent', 3, { parent: undefined }],
    ['broken-chain at event 3 (Ballot)/height', 3, { height: 4 }],
    ['wrong-shape at event 3/height', 3, { height: '3' }],
    ['misplaced-record at event 3 (Ballot)', 3, { payload: '0'.repeat(64) }],
    ['wrong-shape at event 3/payload', 3, { payload: 'F'.repeat(64) }],
    ['wrong-shape at event 3 (Ballot)/payload', 3, { payload: undefined }],
    ['wrong-shape at event 5 (EndBallots)/payload', 5, { payload: '0'.repeat(64) }],
    ['wrong-shape at event 3/more', 3, { more: 1 }],
  ])('%s when event %i says %j', async (expected, index, saying) => {
    const altered = events.map((event, i) => (i === index ? { ...event, saying } : event));
    expect(told(await verifyArchive(sealed(altered)))).toBe(expected);
  });

  test.each<[string, (events: WrittenEvent[]) => void]>([
    ['a record too many', (all) => all[3]!.data.push('{}')],
    ['a record missing', (all) => all[0]!.data.pop()],
    ['records in another order', (all) => all[0]!.data.reverse()],
    ['a record twice', (all) => all[0]!.data.push(all[0]!.data[2]!)],
    ['a record before the end of ballots', (all) => all[5]!.data.push('{}')],
  ])('%s is refused', async (_, change) => {
    const altered = structuredClone(events);
    change(altered);
    expect((await verifyArchive(sealed(altered)) as Refused).reason).toBe('misplaced-record');
  });

  test('a certificate of credentials is refused by name', async () => {
    const payload = events[0]!.payload!.replace('}', `,"credentials_certificate":"${'0'.repeat(64)}"}`);
    expect(await verifyArchive(sealed([{ ...events[0]!, payload }]))).toMatchObject({ reason: 'unsupported-credential-certificate' });
  });

  test('T2: an earlier ballot cannot come again later', async () => {
    const replayed = [...events.slice(0, 5), events[1]!, ...events.slice(5)];
    expect(told(await verifyArchive(sealed(replayed)))).toBe('repeated-ballot at event 5 (Ballot)');
  });
});

describe('whoever can sign', () => {
  const group = groupNamed('Ed25519');
  let made: MadeElection;
  let events: WrittenEvent[];
  beforeAll(async () => {
    made = makeElection(group, await makeTrustees(group, 1, { size: 3, threshold: 2 }), QUESTIONS, [1, 2]);
    const votes = [{ voter: 0, choices: [[0], [0, 1]] }, { voter: 1, choices: [[1], 'blank' as const] }];
    events = await eventsOf(holdElection(made, votes).archive.bytes());
  });

  /** Signs a changed ballot again, as its voter could. */
  function signed(election: Election, credential: string, text: string): string {
    const { signature: _, ...unsigned } = JSON.parse(text) as Record<string, unknown>;
    const hash = base64Hash(JSON.stringify(unsigned));
    const secret = credentialSecret(election.group, election.uuid, credential);
    return JSON.stringify({ ...unsigned, signature: { hash, proof: proofJson(proveKnowledge(election.group, signaturePrefix(hash), secret)) } });
  }

  function reasonsFor(path: Path): RegExp {
    const place = path.join('/');
    if (/^election_/.test(place)) return /^other-election$/;
    if (/^credential/.test(place)) return /^(not-an-element|not-in-the-group|wrong-signature|unknown-credential)$/;
    if (/^signature/.test(place)) return /^(wrong-signature|wrong-signed-hash|out-of-range)$/;
    if (/choices/.test(place)) return /^(not-an-element|not-in-the-group|wrong-individual-proof)$/;
    if (/individual/.test(place)) return /^(wrong-individual-proof|out-of-range)$/;
    return /blank/.test(place) ? /^(wrong-blank-proof|out-of-range)$/ : /^(wrong-overall-proof|out-of-range)$/;
  }

  test('cannot change any leaf of a ballot, in Ed25519', () => {
    const text = events[1]!.payload!;
    const leaves = leavesOf(JSON.parse(text));
    expect(leaves.length).toBeGreaterThan(45);
    for (const path of leaves) {
      const altered = withLeaf(text, path);
      expect(checkBallot(made.election, altered), path.join('/')).toMatchObject({ valid: false });
      const again = path[0] === 'signature' ? altered : signed(made.election, made.voters[0]!.credential, altered);
      expect((checkBallot(made.election, again) as Refused).reason, path.join('/')).toMatch(reasonsFor(path));
    }
  });

  test.each(seeds(25))('cannot change a leaf of a ballot made by belenios-tool, seed %i', async (seed) => {
    const random = new Random(seed);
    const [setup, ...others] = await eventsOf(archiveOf('b-threshold-2048'));
    const election = readElection(setup!.data[0]!);
    const text = others[0]!.payload!;
    const path = random.one(leavesOf(JSON.parse(text)));
    const { alice } = jsonOf<Record<string, string>>('b-threshold-2048/private/private_creds.json');
    const altered = withLeaf(text, path);
    const again = path[0] === 'signature' ? altered : signed(election, alice!, altered);
    expect((checkBallot(election, again) as Refused).reason).toMatch(reasonsFor(path));
  });

  test('cannot drop, repeat or exchange parts of a ballot', () => {
    const text = events[1]!.payload!;
    type Parts = { answers: Record<string, unknown[]>[] };
    const changes: [string, (ballot: Parts) => void][] = [
      ['wrong-shape', ({ answers }) => answers.pop()],
      ['wrong-shape', ({ answers }) => answers.push(answers[0]!)],
      ['wrong-shape', ({ answers }) => answers.reverse()],
      ['wrong-shape', ({ answers }) => answers[0]!.choices!.pop()],
      ['wrong-shape', ({ answers }) => answers[0]!.overall_proof!.push(answers[0]!.overall_proof![0])],
      ['wrong-shape', ({ answers }) => delete answers[1]!.blank_proof],
      ['wrong-shape', ({ answers }) => (answers[0]!.blank_proof = answers[1]!.blank_proof!)],
      ['wrong-individual-proof', ({ answers }) => answers[0]!.individual_proofs!.reverse()],
      ['wrong-overall-proof', ({ answers }) => { answers[0]!.choices!.reverse(); answers[0]!.individual_proofs!.reverse(); }],
      ['wrong-blank-proof', ({ answers }) => answers[1]!.blank_proof!.reverse()],
      ['wrong-overall-proof', ({ answers }) => answers[1]!.overall_proof!.reverse()],
    ];
    for (const [reason, change] of changes) {
      const ballot = JSON.parse(text) as Parts;
      change(ballot);
      const again = signed(made.election, made.voters[0]!.credential, JSON.stringify(ballot));
      expect(checkBallot(made.election, again), reason).toMatchObject({ valid: false, reason });
    }
  });

  test('cannot hold an election under another key than the trustees\'', async () => {
    const others = await makeTrustees(group, 1);
    const verdict = await verifyArchive(sealed(withRecord(events, 0, 1, others.text).slice(0, 1)));
    expect(verdict).toEqual({ valid: false, reason: 'wrong-election-key', place: 'event 0 (Setup)/election/public_key' });
  });

  test('V5: cannot be a trustee whose key cancels out the others', async () => {
    const [honest, rogue] = [await makeTrustees(group, 1), await makeTrustees(group, 1)];
    const record = (text: string) => (JSON.parse(text) as [string, { pok: object; public_key: string }][])[0]![1];
    // y / X: under the product only the rogue could decrypt. It knows no exponent of this, so any proof is another key's.
    const keys = [honest, rogue].map(({ text }) => elementOf(group, record(text).public_key)!);
    const cancelling = group.texts([group.times(keys[1]!, group.inverse(keys[0]!))])[0]!;
    const text = JSON.stringify([['Single', record(honest.text)], ['Single', { ...record(rogue.text), public_key: cancelling }]]);
    expect(told(await verifyArchive(sealed(withRecord(events, 0, 1, text).slice(0, 1))))).toBe(
      'wrong-proof-of-possession at event 0 (Setup)/trustees/1/1/pok',
    );
  });

  test('cannot use threshold records of the older form', async () => {
    const old = events[0]!.data[1]!.replace(/\{\\"context\\":\{[^}]*\},/, '{');
    expect(old).not.toBe(events[0]!.data[1]);
    expect(told(await verifyArchive(sealed(withRecord(events, 0, 1, old).slice(0, 1))))).toBe(
      'unsupported-threshold-form at event 0 (Setup)/trustees/1/1/certs/0',
    );
  });

  test('V2: cannot cast the answers of somebody else', () => {
    const ballot = JSON.parse(events[1]!.payload!) as Record<string, unknown>;
    const copy = JSON.stringify({ ...ballot, credential: made.voters[1]!.publicCredential });
    const verdict = checkBallot(made.election, signed(made.election, made.voters[1]!.credential, copy));
    expect(verdict).toMatchObject({ valid: false, reason: 'wrong-individual-proof' });
    expect(ballotContext(made.election, made.voters[1]!.publicCredential)).toContain(made.election.fingerprint);
  });

  test('V2: a ciphertext of the board cannot come again, not even in a ballot signed again by the same voter', async () => {
    const again = signed(made.election, made.voters[0]!.credential, events[1]!.payload!);
    expect(checkBallot(made.election, again)).toMatchObject({ valid: true });
    expect(again).not.toBe(events[1]!.payload);
    const board = [events[0]!, events[1]!, { type: 'Ballot', data: [], payload: again }];
    expect(told(await verifyArchive(sealed(board)))).toBe('repeated-ciphertext at event 2 (Ballot)/answers/0/choices/0');
  });

  test('E1: a credential that is not in the list has no ballot', async () => {
    const stranger = encryptBallot(made.election, 'GyKDq-przCqQ-fzStS-nZuctz', [[0], 'blank']).text;
    const board = [events[0]!, { type: 'Ballot', data: [], payload: stranger }];
    expect(told(await verifyArchive(sealed(board)))).toBe('unknown-credential at event 1 (Ballot)/credential');
  });

  test.each<[string, number, number, RegExp]>([
    ['election', 0, 0, /^(unknown-version|unknown-group|not-an-element|not-in-the-group|wrong-shape|wrong-election-key|other-election|not-canonical)$/],
    ['trustees', 0, 1, /^(wrong-|not-|out-of-range)/],
    ['credentials', 0, 2, /^(not-|unknown-credential|wrong-encrypted-tally)/],
    ['tally', 4, 0, /^wrong-encrypted-tally$/],
    ['first decryption', 5, 0, /^(wrong-decryption-proof|not-|out-of-range)/],
    ['last decryption', 7, 0, /^(wrong-decryption-proof|not-|out-of-range)/],
  ])('cannot change any leaf of the %s', async (_, event, record, reasons) => {
    const text = events[event]!.data[record]!;
    for (const path of leavesOf(JSON.parse(text))) {
      const verdict = await verifyArchive(sealed(withRecord(events, event, record, withLeaf(text, path))));
      expect((verdict as Refused).reason, path.join('/')).toMatch(reasons);
    }
  });

  test.each([
    [4, 'num_tallied', 'wrong-tally-count'],
    [4, 'total_weight', 'wrong-tally-count'],
    [5, 'owner', 'wrong-decryption-proof'],
    [8, 'result', 'wrong-result'],
  ])('cannot change what event %i says of its %s', async (event, name, reason) => {
    const payload = events[event]!.payload!;
    const leaves = leavesOf(JSON.parse(payload)).filter(([first]) => first === name);
    expect(leaves).not.toHaveLength(0);
    for (const path of leaves) {
      const altered = events.map((one, i) => (i === event ? { ...one, payload: withLeaf(payload, path) } : one));
      expect(await verifyArchive(sealed(altered)), path.join('/')).toMatchObject({ valid: false, reason });
    }
  });

  test.each([
    ['a trustee that does not exist', 9, 'unknown-trustee'],
    ['no trustee', 0, 'unknown-trustee'],
  ])('cannot decrypt as %s', async (_, owner, reason) => {
    const altered = events.map((one, i) => (i === 5 ? { ...one, payload: withLeaf(one.payload!, ['owner'], () => owner) } : one));
    expect(await verifyArchive(sealed(altered))).toMatchObject({ reason, place: 'event 5 (PartialDecryption)/owner' });
  });

  test('cannot publish a result before enough have decrypted', async () => {
    for (const [without, who] of [[5, 'trustee 1'], [7, 'trustee 2 and its group']] as const) {
      const fewer = events.filter((_, index) => index !== without);
      expect(told(await verifyArchive(sealed(fewer)))).toBe(`not-enough-trustees at event 7 (Result)/${who}`);
    }
  });

  test('V3: proofs do not hold in another election with the same key', () => {
    const { election } = made;
    const twin = readElection(election.text.replace(election.uuid, `${election.uuid}1`));
    const ballot = JSON.parse(events[1]!.payload!) as Record<string, unknown>;
    const moved = JSON.stringify({ ...ballot, election_uuid: twin.uuid, election_hash: twin.fingerprint });
    // The credential's exponent is another in the other election, so that even the signature must be made with the old one.
    const again = signed({ ...twin, uuid: election.uuid }, made.voters[0]!.credential, moved);
    expect(checkBallot(twin, again)).toMatchObject({ reason: 'wrong-individual-proof', place: 'answers/0/individual_proofs/0' });
  });

  test.each(seeds(60))('whatever stands in a place of a record, the answer is a refusal, seed %i', async (seed) => {
    const random = new Random(seed);
    const anything = random.one<unknown>([null, true, 0, -1, 1e300, 2 ** 53, '', '0', 'x'.repeat(20_000), '__proto__', [], {}, [[]], [null], { alpha: 1 }]);
    const event = random.one([0, 1, 2, 4, 5, 6, 7, 8]);
    const { data, payload } = events[event]!;
    const record = random.below(data.length + 1);
    const text = data[record] ?? payload!;
    const path = random.one(leavesOf(JSON.parse(text)));
    const altered = withLeaf(text, path.slice(0, 1 + random.below(path.length)), () => anything);
    const board = data[record] === undefined ? events.map((one, i) => (i === event ? { ...one, payload: altered } : one)) : withRecord(events, event, record, altered);
    expect(await verifyArchive(sealed(board))).toMatchObject({ valid: false });
  });

  test('V4: elements of small order, out of range or in another form are refused everywhere', () => {
    const text = events[1]!.payload!;
    const bad = [
      '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec', // order 2
      '0000000000000000000000000000000000000000000000000000000000000000', // order 4
      '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee', // the neutral element plus p
      '8000000000000000000000000000000000000000000000000000000000000001', // the neutral element with a sign
      'f'.repeat(64),
      '0'.repeat(63),
      '',
      '１'.repeat(64),
    ];
    for (const place of [['credential'], ['answers', 0, 'choices', 0, 'alpha'], ['answers', 1, 'choices', 2, 'beta']]) {
      for (const element of bad) {
        const altered = signed(made.election, made.voters[0]!.credential, withLeaf(text, place, () => element));
        expect((checkBallot(made.election, altered) as Refused).reason).toMatch(/^(not-an-element|not-in-the-group)$/);
      }
      const upper = withLeaf(text, place, (leaf) => (leaf as string).toUpperCase());
      expect((checkBallot(made.election, upper) as Refused).reason).toBe('not-an-element');
    }
  });

  test('V4: numbers outside the group of BELENIOS-2048 are refused', async () => {
    const [setup, first] = await eventsOf(archiveOf('b-threshold-2048'));
    const election = readElection(setup!.data[0]!);
    const { alice } = jsonOf<Record<string, string>>('b-threshold-2048/private/private_creds.json');
    const p = BigInt(jsonOf<{ groups: Record<string, { p: string }> }>('vectors.json').groups['BELENIOS-2048']!.p);
    const place = ['answers', 0, 'choices', 0, 'alpha'];
    const changes: [string, (leaf: bigint) => string][] = [
      ['not-an-element', () => '0'],
      ['not-an-element', () => p.toString()],
      ['not-an-element', (leaf) => (leaf + p).toString()],
      ['not-an-element', (leaf) => `0${leaf}`],
      ['not-an-element', (leaf) => `-${leaf}`],
      ['not-an-element', () => '9'.repeat(5_000).slice(0, 690)],
      ['wrong-shape', () => '9'.repeat(5_000)],
      ['not-in-the-group', () => (p - 1n).toString()], // order 2
      ['not-in-the-group', (leaf) => (p - leaf).toString()], // negated
      ['not-in-the-group', () => '2'],
    ];
    for (const [reason, change] of changes) {
      const altered = withLeaf(first!.payload!, place, (leaf) => change(BigInt(leaf as string)));
      expect(checkBallot(election, signed(election, alice!, altered))).toMatchObject({ valid: false, reason });
    }
  });

  test('hostile texts are refused, whatever they are', () => {
    for (const text of ['', 'null', '{}', '[]', '"', '1e999', '{"__proto__":1}', '['.repeat(100_000), `{"a":"${'x'.repeat(2 << 20)}"}`, '\ud800', '"\\ud800"']) {
      expect(checkBallot(made.election, text)).toMatchObject({ valid: false });
    }
    const text = events[1]!.payload!;
    for (const altered of [` ${text}`, `${text}\n`, text.replace('{', '{"more":1,'), text.replace('":', '": '), text.replace('"credential"', '"\\u0063redential"')]) {
      expect(checkBallot(made.election, altered), altered.slice(0, 60)).toMatchObject({ valid: false });
    }
    const doubled = text.replace('"credential":', '"credential":"00","credential":');
    expect(checkBallot(made.election, doubled)).toMatchObject({ valid: false, reason: 'not-canonical' });
    expect(utf8(text).length).toBeLessThan(20_000);
  });
});
