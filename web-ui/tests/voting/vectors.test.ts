import { describe, expect, test } from 'vitest';

import { hex } from '../../src/chain/bytes';
import { tarHeader } from '../../src/voting/archive/tar';
import { individualPrefix } from '../../src/voting/answer';
import { ballotContext, readBallot, signaturePrefix, trackerOf } from '../../src/voting/ballot';
import { credentialSecret, publicCredential, readCredential } from '../../src/voting/credential';
import { readEvents } from '../../src/voting/archive/events';
import { readElection } from '../../src/voting/election';
import { generatorOf } from '../../src/voting/group/fixed-base';
import { type Group, textOfElement } from '../../src/voting/group/group';
import { GROUPS, groupNamed } from '../../src/voting/group/groups';
import { elementOf, power, powers } from '../../src/voting/group/powers';
import { base64Hash, exponentOf } from '../../src/voting/hashes';
import { lagrangeCoefficients } from '../../src/voting/lagrange';
import { Refusal } from '../../src/voting/refusal';
import { written } from '../../src/voting/strict-json';
import { channelKeys } from '../../src/voting/ceremony/trustee-seed';
import { archiveOf, jsonOf } from './fixtures';

interface Worked {
  readonly S0: string;
  readonly election_hash: string;
  readonly first_choice_interval_proof_hash_input: string;
  readonly sum_of_challenges: string;
  readonly unsigned_ballot_sha256_base64: string;
  readonly signature_hash_input: string;
  readonly tracker: string;
}

interface Vectors {
  readonly groups: Record<string, { p: string; q: string; g: string; identity?: string }>;
  readonly exponentiation: { group: string; exponent: string; 'g^exponent': string }[];
  readonly ed25519_invalid: { hex: string; why: string }[];
  readonly credentials: { kind: string; group: string; uuid: string; credential: string; exponent: string; public: string }[];
  readonly lagrange: { group: string; indexes: number[]; coefficients: Record<string, string> }[];
  readonly base64_sha256: { input: string; value: string }[];
  readonly tar_header: { name: string; size: number; timestamp: number; first_160_bytes_hex: string };
  readonly 'worked_a-simple-2048': Worked;
  readonly 'worked_c-ed25519-lists': Worked;
  readonly pki: { seed: string; sk: string; dk: string }[];
}

const vectors = jsonOf<Vectors>('vectors.json');
const names = GROUPS.map(({ name }) => name as string);
const offered = <T extends { group: string }>(cases: T[]): T[] => cases.filter(({ group }) => names.includes(group));

test('there are vectors for both groups, and the third is refused by name', () => {
  expect(Object.keys(vectors.groups).sort()).toEqual(['BELENIOS-2048', 'Ed25519', 'RFC-3526-2048']);
  expect(names.sort()).toEqual(['BELENIOS-2048', 'Ed25519']);
  expect(() => groupNamed('RFC-3526-2048')).toThrow(new Refusal('unknown-group'));
});

describe.each(GROUPS)('$name', (group: Group) => {
  const { q, g, identity } = vectors.groups[group.name]!;

  test('has the parameters of the vectors', () => {
    expect(group.order).toBe(BigInt(q));
    expect(textOfElement(group, group.generator)).toBe(g);
    expect(textOfElement(group, group.neutral)).toBe(identity ?? '1');
  });

  test.each(vectors.exponentiation.filter((one) => one.group === group.name))('g^$exponent', ({ exponent, 'g^exponent': text }) => {
    const n = BigInt(exponent);
    expect(textOfElement(group, power(group, group.generator, n))).toBe(text);
    expect(textOfElement(group, generatorOf(group).power(n))).toBe(text);
    expect(textOfElement(group, generatorOf(group).secretPower(n))).toBe(text);
    expect(group.texts(powers(group, group.generator, [n, 0n, n + 1n]))[0]).toBe(text);
    expect(group.same(elementOf(group, text)!, generatorOf(group).power(n))).toBe(true);
  });
});

test.each(vectors.ed25519_invalid)('no element of Ed25519: $why', ({ hex: text }) => {
  expect(elementOf(groupNamed('Ed25519'), text)).toBeUndefined();
});

test.each(offered(vectors.credentials).filter(({ kind }) => kind === '22-character'))(
  'credential $credential in $group',
  ({ group: name, uuid, credential, exponent, public: text }) => {
    const group = groupNamed(name);
    expect(readCredential(credential)).toEqual({ valid: true, credential });
    const secret = credentialSecret(group, uuid, credential);
    expect(secret).toBe(BigInt(exponent));
    expect(publicCredential(group, secret)).toBe(text);
  },
);

test.each(vectors.credentials.filter(({ kind }) => kind === '15-character'))('an old credential, $credential, has another length', ({ credential }) => {
  expect(readCredential(credential)).toEqual({ valid: false, problem: 'wrong-length', characters: 15 });
});

test.each(offered(vectors.lagrange))('Lagrange coefficients of $indexes in $group', ({ group, indexes, coefficients }) => {
  expect(lagrangeCoefficients(groupNamed(group), indexes).map(String)).toEqual(indexes.map((index) => coefficients[index]));
});

test.each(vectors.base64_sha256)('the fingerprint of "$input"', ({ input, value }) => {
  expect(base64Hash(input)).toBe(value);
});

test('a tar header', () => {
  const { name, size, timestamp, first_160_bytes_hex: first } = vectors.tar_header;
  const header = tarHeader(name, size, timestamp);
  expect(hex(header.subarray(0, 160))).toBe(first);
  expect(header.subarray(160).every((byte) => byte === 0)).toBe(true);
});

test.each(vectors.pki)('the keys of a trustee\'s seed', ({ seed, sk, dk }) => {
  const keys = channelKeys(groupNamed('BELENIOS-2048'), seed);
  expect([keys.signing, keys.decryption]).toEqual([BigInt(sk), BigInt(dk)]);
});

test('every hash input of a worked ballot', async () => {
  const worked = vectors['worked_a-simple-2048'];
  const events = [];
  for await (const event of readEvents(archiveOf('a-simple-2048'))) events.push(event);
  const election = readElection(events[0]!.data[0]!);
  const ballot = readBallot(election, events[1]!.payload);
  const context = ballotContext(election, ballot.credential.text);
  expect(election.fingerprint).toBe(worked.election_hash);
  expect(context).toBe(worked.S0);
  const [answer] = ballot.answers;
  const { alpha, beta } = answer!.choices[0]!;
  const prefix = individualPrefix(context, { alpha: alpha.text, beta: beta.text });
  expect(worked.first_choice_interval_proof_hash_input.startsWith(prefix)).toBe(true);
  expect(exponentOf(election.group, worked.first_choice_interval_proof_hash_input)).toBe(BigInt(worked.sum_of_challenges));
  expect(ballot.signedHash).toBe(worked.unsigned_ballot_sha256_base64);
  expect(worked.signature_hash_input.startsWith(signaturePrefix(ballot.signedHash))).toBe(true);
  expect(exponentOf(election.group, worked.signature_hash_input)).toBe(ballot.signature.proof.challenge);
  expect(trackerOf(ballot.text)).toBe(worked.tracker);
});

test('every hash input of a worked ballot in Ed25519, whose other questions are not offered here', async () => {
  const worked = vectors['worked_c-ed25519-lists'];
  const group = groupNamed('Ed25519');
  const events = [];
  for await (const event of readEvents(archiveOf('c-ed25519-lists'))) events.push(event);
  const text = events[1]!.payload;
  const { signature, ...unsigned } = JSON.parse(text) as { signature: { proof: { challenge: string } } } & Record<string, unknown>;
  expect(base64Hash(events[0]!.data[0]!)).toBe(worked.election_hash);
  expect(trackerOf(text)).toBe(worked.tracker);
  expect(base64Hash(written(unsigned))).toBe(worked.unsigned_ballot_sha256_base64);
  expect(exponentOf(group, worked.signature_hash_input)).toBe(BigInt(signature.proof.challenge));
  expect(exponentOf(group, worked.first_choice_interval_proof_hash_input)).toBe(BigInt(worked.sum_of_challenges));
});
