import { makeCertificate, readCertificateSet, type Place } from '../ceremony/certificate';
import { makeDecryptionKey } from '../ceremony/decryption-key';
import { makePolynomial } from '../ceremony/polynomial';
import { newTrusteeSeed } from '../ceremony/trustee-seed';
import { partialDecryption } from '../decryption';
import { readElection } from '../election';
import { generatorOf } from '../group/fixed-base';
import { textOfElement } from '../group/group';
import { groupNamed } from '../group/groups';
import { hexHash } from '../hashes';
import { Refusal, refuseUnless } from '../refusal';
import { written } from '../strict-json';
import { readTally } from '../tally';
import { keyFileText, memberFileText, readTrusteeFile } from '../trustee-file';
import { newTrusteeKey } from '../trustee-key';
import type { Port } from './port';
import { type Reply, serve } from './one-at-a-time';

/** What a trustee's page asks of its worker. Files are those of `./madang trustee`; messages are what the others need. */
export type TrusteeRequest =
  /** A key of a trustee whom every decryption needs. */
  | { readonly type: 'key'; readonly group: string }
  | { readonly type: 'certificate'; readonly group: string; readonly place: Place }
  | { readonly type: 'polynomial'; readonly file: string; readonly certificates: readonly string[] }
  /** The last step: what the others shared with this member becomes its key. */
  | { readonly type: 'answer'; readonly file: string; readonly certificates: readonly string[]; readonly routed: string }
  /** What a file is for, without showing what is in it. */
  | { readonly type: 'look'; readonly file: string }
  /** Decrypts a tally of a board that was verified before. */
  | {
      readonly type: 'decrypt';
      readonly file: string;
      readonly electionText: string;
      /** The trustees' verification keys, from trustee 1, as the verified board has them. */
      readonly trustees: readonly string[];
      readonly tallyText: string;
    };

export interface TrusteeAnswer {
  /** A file to keep. */
  readonly file?: string;
  /** What is to be sent. */
  readonly message?: string;
  /** What the file that was given holds, and of which group. */
  readonly kind?: 'member' | 'key';
  readonly group?: string;
  readonly index?: number;
  /** The number of the trustee whose key the file holds, from 1. */
  readonly owner?: number;
  /** SHA-256 of the message, hexadecimal. */
  readonly hash?: string;
}

export function serveTrustee(port: Port<TrusteeRequest, Reply<TrusteeAnswer>>): void {
  serve(port, answer);
}

async function answer(request: TrusteeRequest): Promise<TrusteeAnswer> {
  switch (request.type) {
    case 'key': {
      const group = groupNamed(request.group);
      const { secret, publicKey } = newTrusteeKey(group);
      return { file: keyFileText(group, secret), message: written(publicKey) };
    }
    case 'certificate': {
      const group = groupNamed(request.group);
      const seed = newTrusteeSeed();
      return { file: memberFileText(group, request.place.index, seed), message: makeCertificate(group, seed, request.place) };
    }
    case 'polynomial': {
      const { group, index, seed } = memberOf(request.file);
      return { message: await makePolynomial(group, seed, readCertificateSet(group, request.certificates), index) };
    }
    case 'answer': {
      const { group, index, seed } = memberOf(request.file);
      const set = readCertificateSet(group, request.certificates);
      const { decryptionKey, text } = await makeDecryptionKey(group, seed, set, index, request.routed);
      return { file: keyFileText(group, decryptionKey), message: text };
    }
    case 'look': {
      const file = readTrusteeFile(request.file);
      return { kind: file.kind, group: file.group.name, ...(file.kind === 'member' && { index: file.index }) };
    }
    case 'decrypt':
      return decrypted(request);
  }
}

function memberOf(text: string): Extract<ReturnType<typeof readTrusteeFile>, { kind: 'member' }> {
  const file = readTrusteeFile(text);
  if (file.kind !== 'member') throw new Refusal('wrong-seed');
  return file;
}

function decrypted({ file: text, electionText, trustees, tallyText }: Extract<TrusteeRequest, { type: 'decrypt' }>): TrusteeAnswer {
  const file = readTrusteeFile(text);
  const election = readElection(electionText);
  const { group } = election;
  refuseUnless(file.group.name === group.name, 'unknown-group', 'file');
  if (file.kind !== 'key') throw new Refusal('wrong-shape', 'file');
  const own = textOfElement(group, generatorOf(group).secretPower(file.secret));
  const owner = trustees.indexOf(own) + 1;
  refuseUnless(owner > 0, 'unknown-trustee', 'file');
  const message = partialDecryption(group, election.fingerprint, file.secret, readTally(election, tallyText));
  return { owner, message, hash: hexHash(message) };
}
