import { exponent, proof, proofJson } from '../encodings';
import { generatorOf } from '../group/fixed-base';
import { type Element, type Group, reduced, textOfElement } from '../group/group';
import { atAsync, at, refuseUnless } from '../refusal';
import { readSigned, signText } from '../signed-message';
import { type JsonObject, items, members, readJson, string, written } from '../strict-json';
import { committedValue, readCommitments } from '../threshold-parameters';
import { publicKeyRecord } from '../trustee-key';
import type { CertificateSet } from './certificate';
import { receive, send } from './channel';
import { type ChannelKeys, channelKeys } from './trustee-seed';

/** A trustee's share of the election's secret, and what it answers: the share encrypted to itself, and its public part. */
export interface KeyAnswer {
  readonly decryptionKey: bigint;
  readonly text: string;
}

/**
 * Step 5: checks that every value received is the one that its sender committed to, and adds them up to the trustee's decryption key.
 *
 * @param index the trustee's, from 1
 * @throws Refusal that names the sender at fault
 */
export async function makeDecryptionKey(
  group: Group,
  seed: string,
  set: CertificateSet,
  index: number,
  routed: string,
): Promise<KeyAnswer> {
  const keys = channelKeys(group, seed);
  const own = set.certificates[index - 1];
  refuseUnless(own !== undefined && textOfElement(group, own.encryption) === keys.encryptionText, 'wrong-seed');
  const size = set.certificates.length;
  const record = members(readJson(routed, 1 << 24), 'polynomial,secrets,coefexps,signatures');
  const sent = at('secrets', () => items(record.secrets, size, size, (one) => string(one, 1 << 20)));
  const signatures = at('signatures', () => items(record.signatures, size, size, (one) => proof(group, one)));
  const commitments = at('coefexps', () =>
    items(record.coefexps, size, size, (one, i) =>
      readCommitments(group, set.certificates, set.signed, i, readSigned(group, one), signatures[i]!),
    ),
  );
  let decryptionKey = 0n;
  for (let i = 0; i < size; i++) {
    const { verification } = set.certificates[i]!;
    const share = await atAsync(`secrets/${i}`, () => readShare(group, keys, verification, commitments[i]!, index, sent[i]!));
    decryptionKey = reduced(group, decryptionKey + share);
  }
  const publicKey = publicKeyRecord(group, decryptionKey);
  const signature = proofJson(signText(group, keys.signing, publicKey.public_key as string));
  const privateKey = await send(group, keys, own.encryption, written({ decryption_key: decryptionKey.toString() }));
  return { decryptionKey, text: written({ private_key: privateKey, public_key: { ...publicKey, signature } }) };
}

async function readShare(
  group: Group,
  keys: ChannelKeys,
  sender: Element,
  commitments: readonly Element[],
  index: number,
  sent: string,
): Promise<bigint> {
  const { secret } = members(readJson(await receive(group, keys, sender, sent), 1_000), 'secret');
  const share = exponent(group, secret);
  const committed = committedValue(group, commitments, index);
  refuseUnless(group.same(generatorOf(group).secretPower(share), committed), 'wrong-share');
  return share;
}

/**
 * The decryption key that a trustee once encrypted to itself (`private_key` of its answer).
 *
 * @throws Refusal when it is for somebody else or damaged
 */
export async function readDecryptionKey(group: Group, seed: string, privateKey: string): Promise<bigint> {
  const keys = channelKeys(group, seed);
  const own = generatorOf(group).secretPower(keys.signing);
  const record: JsonObject = members(readJson(await receive(group, keys, own, privateKey), 1_000), 'decryption_key');
  return exponent(group, record.decryption_key);
}
