import type { Group } from '../group/group';
import { at } from '../refusal';
import { type SignedMessage, readSigned, signMessage } from '../signed-message';
import { readJson, written } from '../strict-json';
import { type Certificate, readCertificates } from '../threshold-parameters';
import { channelKeys } from './trustee-seed';

/** A place in a group of trustees: the index-th of size, of whom threshold can decrypt. */
export interface Place {
  readonly index: number;
  readonly size: number;
  readonly threshold: number;
}

/** Step 1: a trustee's two public keys and its place, signed. */
export function makeCertificate(group: Group, seed: string, { index, size, threshold }: Place): string {
  const keys = channelKeys(group, seed);
  const context = { group: group.name, size, threshold, index };
  const message = written({ context, verification: keys.verificationText, encryption: keys.encryptionText });
  return written(signMessage(group, keys.signing, message).json);
}

/** All certificates of a group, as published. */
export interface CertificateSet {
  readonly signed: readonly SignedMessage[];
  readonly certificates: readonly Certificate[];
}

/** Step 2: everybody checks all certificates, in the order of their indexes. @throws Refusal */
export function readCertificateSet(group: Group, texts: readonly string[]): CertificateSet {
  const signed = texts.map((text, i) => at(`certs/${i}`, () => readSigned(group, readJson(text, 20_000))));
  return { signed, certificates: readCertificates(group, signed) };
}
