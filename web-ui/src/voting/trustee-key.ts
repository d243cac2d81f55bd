import { element, proof, proofJson } from './encodings';
import { generatorOf } from './group/fixed-base';
import { type Element, type Group, textOfElement } from './group/group';
import { knows, possessionPrefix, proveKnowledge } from './knowledge-proof';
import { randomBelow } from './randomness';
import { at, refuseUnless } from './refusal';
import { type Json, type JsonObject, members } from './strict-json';

/** A trustee's public key with the proof that somebody knows its secret. */
export function readTrusteeKey(group: Group, value: Json | undefined): Element {
  const record = members(value, 'pok,public_key');
  const publicKey = at('public_key', () => element(group, record.public_key));
  refuseUnless(!group.same(publicKey, group.neutral), 'neutral-key', 'public_key');
  checkPossession(group, publicKey, record.pok);
  return publicKey;
}

/** Without it, the last trustee could choose a key that cancels out all others. */
export function checkPossession(group: Group, publicKey: Element, value: Json | undefined): void {
  const possession = at('pok', () => proof(group, value));
  const prefix = possessionPrefix(group, textOfElement(group, publicKey));
  refuseUnless(knows(group, prefix, publicKey, possession), 'wrong-proof-of-possession', 'pok');
}

/** A key pair with its proof of possession. The secret stays with the trustee. */
export interface TrusteeKey {
  readonly secret: bigint;
  readonly publicKey: JsonObject;
}

/** The public record of a secret key: `{"pok","public_key"}`. */
export function publicKeyRecord(group: Group, secret: bigint): JsonObject {
  const publicKey = textOfElement(group, generatorOf(group).secretPower(secret));
  return { pok: proofJson(proveKnowledge(group, possessionPrefix(group, publicKey), secret)), public_key: publicKey };
}

/** The key of a trustee that every decryption needs. */
export function newTrusteeKey(group: Group): TrusteeKey {
  const secret = randomBelow(group.order);
  return { secret, publicKey: publicKeyRecord(group, secret) };
}
