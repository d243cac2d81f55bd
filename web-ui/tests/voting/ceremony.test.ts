import { describe, expect, test } from 'vitest';

import { makeCertificate, readCertificateSet } from '../../src/voting/ceremony/certificate';
import { decryptText, encryptText } from '../../src/voting/ceremony/channel';
import { makeDecryptionKey, readDecryptionKey } from '../../src/voting/ceremony/decryption-key';
import { makePolynomial } from '../../src/voting/ceremony/polynomial';
import { routedTo, thresholdRecord } from '../../src/voting/ceremony/routing';
import { channelKeys, newTrusteeSeed } from '../../src/voting/ceremony/trustee-seed';
import { groupNamed } from '../../src/voting/group/groups';
import { Refusal } from '../../src/voting/refusal';
import { readTrustees } from '../../src/voting/trustees';
import { filesIn, jsonOf, textOf } from './fixtures';

interface Answer {
  readonly private_key: string;
  readonly public_key: { readonly public_key: string };
}

const lines = (path: string): string[] => textOf(path).trim().split('\n');

describe.each([
  ['b-threshold-2048', 'BELENIOS-2048'],
  ['c-ed25519-lists', 'Ed25519'],
] as const)('the key ceremony of %s', (fixture, name) => {
  const group = groupNamed(name);
  const set = readCertificateSet(group, lines(`${fixture}/setup/certs.jsons`));
  const polynomials = lines(`${fixture}/setup/polynomials.jsons`);
  const trustees = filesIn(`${fixture}/private`)
    .filter((file) => file.endsWith('.key'))
    .map((file) => {
      const id = file.replace('.key', '');
      const seed = textOf(`${fixture}/private/${file}`).trim();
      const { encryptionText } = channelKeys(group, seed);
      const index = set.certificates.findIndex(({ encryption }) => group.texts([encryption])[0] === encryptionText) + 1;
      return { id, seed, index };
    })
    .sort((a, b) => a.index - b.index);
  const answers = trustees.map(({ id }) => textOf(`${fixture}/setup/${id}.voutput`).trim());

  test('has a certificate for every seed', () => {
    expect(trustees.map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  test('is routed as by the reference implementation', () => {
    for (const { id, index } of trustees) {
      expect(routedTo(group, set, polynomials, index)).toBe(textOf(`${fixture}/setup/${id}.vinput`).trim());
    }
  });

  test('gives each trustee the key that the reference implementation gave it', async () => {
    for (const [i, { id, seed, index }] of trustees.entries()) {
      const made = await makeDecryptionKey(group, seed, set, index, textOf(`${fixture}/setup/${id}.vinput`).trim());
      const theirs = JSON.parse(answers[i]!) as Answer;
      expect((JSON.parse(made.text) as Answer).public_key.public_key).toBe(theirs.public_key.public_key);
      expect(await readDecryptionKey(group, seed, theirs.private_key)).toBe(made.decryptionKey);
      expect(await readDecryptionKey(group, seed, textOf(`${fixture}/private/${id}.dkey`).trim())).toBe(made.decryptionKey);
      expect(await readDecryptionKey(group, seed, (JSON.parse(made.text) as Answer).private_key)).toBe(made.decryptionKey);
    }
  });

  test('ends with the same record', () => {
    expect(thresholdRecord(group, set, polynomials, answers)).toEqual(jsonOf(`${fixture}/setup/threshold.json`));
  });
});

describe('a key ceremony of our own', () => {
  const group = groupNamed('Ed25519');
  const seeds = Array.from({ length: 3 }, newTrusteeSeed);
  const certificate = (index: number, changed = {}): string =>
    makeCertificate(group, seeds[index - 1]!, { index, size: 3, threshold: 2, ...changed });
  const certificates = [1, 2, 3].map((index) => certificate(index));
  const refusal = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
    return 'nothing refused';
  };
  const refusalOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing refused', (error) => (error as Refusal).message);

  test.each([
    ['another order', () => [certificates[1]!, certificates[0]!, certificates[2]!], 'wrong-certificate at certs/0'],
    ['one twice', () => [certificates[0]!, certificates[0]!, certificates[2]!], 'wrong-certificate at certs/1'],
    ['one missing', () => certificates.slice(1), 'wrong-threshold at certs/0'],
    ['nobody', () => [], 'wrong-threshold at certs'],
    ['another threshold', () => [...certificates.slice(0, 2), certificate(3, { threshold: 1 })], 'wrong-certificate at certs/2'],
    ['as many needed as there are', () => [1, 2, 3].map((index) => certificate(index, { threshold: 3 })), 'wrong-threshold at certs/0'],
    [
      'somebody else\'s signature',
      () => [certificates[0]!.replace(/"signature".*/, certificates[1]!.slice(certificates[1]!.indexOf('"signature"'))), ...certificates.slice(1)],
      'wrong-signature-of-trustee at certs/0/signature',
    ],
    [
      'a certificate of another group',
      () => [makeCertificate(groupNamed('BELENIOS-2048'), seeds[0]!, { index: 1, size: 3, threshold: 2 }), ...certificates.slice(1)],
      // Its proof's numbers are exponents of another group, or its context names one: refused either way.
      /^(out-of-range|wrong-certificate|not-an-element) at certs\/0/,
    ],
  ])('refuses certificates with %s', (_, texts, expected) => {
    const found = refusal(() => readCertificateSet(group, texts()));
    expect(found).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  test('names the trustee who sent a share that it did not commit to', async () => {
    const set = readCertificateSet(group, certificates);
    const polynomials = await Promise.all(seeds.map((seed, i) => makePolynomial(group, seed, set, i + 1)));
    const another = await makePolynomial(group, seeds[1]!, set, 2);
    const routed = JSON.parse(routedTo(group, set, polynomials, 3)) as { secrets: string[] };
    const foreign = JSON.parse(routedTo(group, set, [polynomials[0]!, another, polynomials[2]!], 3)) as { secrets: string[] };
    routed.secrets[1] = foreign.secrets[1]!;
    expect(await refusalOf(makeDecryptionKey(group, seeds[2]!, set, 3, JSON.stringify(routed)))).toBe('wrong-share at secrets/1');
  });

  test('refuses a message that was for somebody else, or from somebody else, or altered', async () => {
    const set = readCertificateSet(group, certificates);
    const polynomials = await Promise.all(seeds.map((seed, i) => makePolynomial(group, seed, set, i + 1)));
    const routed = (index: number) => JSON.parse(routedTo(group, set, polynomials, index)) as { secrets: string[] };
    const withSecrets = (secrets: string[]): string => JSON.stringify({ ...routed(3), secrets });
    const { secrets } = routed(3);
    const make = (secrets: string[]) => refusalOf(makeDecryptionKey(group, seeds[2]!, set, 3, withSecrets(secrets)));
    expect(await make([routed(1).secrets[0]!, secrets[1]!, secrets[2]!])).toBe('cannot-decrypt at secrets/0');
    expect(await make([secrets[1]!, secrets[0]!, secrets[2]!])).toBe('wrong-signature-of-trustee at secrets/0/signature');
    const altered = secrets[0]!.replace(/"data":"(..)/, (_, byte: string) => `"data":"${byte === '00' ? '01' : '00'}`);
    expect(await make([altered, secrets[1]!, secrets[2]!])).toBe('cannot-decrypt at secrets/0');
    expect(await make([secrets[0]!.replace('"algorithm":"AES-GCM",', ''), secrets[1]!, secrets[2]!])).toBe('unsupported-encryption at secrets/0');
    // What trustee 1 sent to itself, opened and passed on by it as if it were for trustee 3.
    const opened = await decryptText(group, channelKeys(group, seeds[0]!).decryption, routed(1).secrets[0]!);
    const passedOn = await encryptText(group, set.certificates[2]!.encryption, opened);
    expect(await make([passedOn, secrets[1]!, secrets[2]!])).toBe('wrong-recipient at secrets/0');
    expect(await refusalOf(makeDecryptionKey(group, seeds[0]!, set, 3, withSecrets(secrets)))).toBe('wrong-seed');
    expect(await refusalOf(makePolynomial(group, 'short', set, 3))).toBe('wrong-seed');
  });

  test('needs the proof of possession of every member', async () => {
    const set = readCertificateSet(group, certificates);
    const polynomials = await Promise.all(seeds.map((seed, i) => makePolynomial(group, seed, set, i + 1)));
    const answers = await Promise.all(seeds.map((seed, i) => makeDecryptionKey(group, seed, set, i + 1, routedTo(group, set, polynomials, i + 1))));
    const texts = answers.map(({ text }) => text);
    const record = (answer: string[]): string => JSON.stringify([['Pedersen', thresholdRecord(group, set, polynomials, answer)]]);
    expect(readTrustees(group, record(texts)).all).toHaveLength(3);
    expect(refusal(() => readTrustees(group, record([texts[1]!, texts[0]!, texts[2]!])))).toBe(
      'wrong-verification-key at 0/1/verification_keys/0/public_key',
    );
  });
});
