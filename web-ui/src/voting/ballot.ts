import { type WrittenAnswer, readAnswer } from './answer';
import { type Proof, type Written, candidate, proof } from './encodings';
import type { Election } from './election';
import { base64Hash } from './hashes';
import { at, refuseUnless } from './refusal';
import { type JsonObject, items, members, readJson, string, written } from './strict-json';

export const MAX_BALLOT_CHARACTERS = 1 << 22;

/** A ballot as it was read: well-formed for its election; proofs, members and signature are still to be checked. */
export interface WrittenBallot {
  readonly text: string;
  /** What the voter keeps and finds on the board: the hash of the whole ballot. */
  readonly tracker: string;
  readonly credential: Written;
  readonly answers: readonly WrittenAnswer[];
  readonly signature: { readonly hash: string; readonly proof: Proof };
  /** The hash of everything but the signature, as it is; the signature must name it. */
  readonly signedHash: string;
}

export function trackerOf(ballotText: string): string {
  return base64Hash(ballotText);
}

/** The context of all proofs of a ballot: they hold in this election and for this voter only. */
export function ballotContext(election: Election, credential: string): string {
  return `${election.fingerprint}|${credential}`;
}

export function signaturePrefix(signedHash: string): string {
  return `sig|${signedHash}|`;
}

/** Reads the form alone. @throws Refusal for any other form than the one that this election's ballots have */
export function readBallot(election: Election, text: string): WrittenBallot {
  const { group, questions } = election;
  const record = members(readJson(text, MAX_BALLOT_CHARACTERS), 'election_uuid,election_hash,credential,answers,signature');
  refuseUnless(record.election_uuid === election.uuid, 'other-election', 'election_uuid');
  refuseUnless(record.election_hash === election.fingerprint, 'other-election', 'election_hash');
  const signature = at('signature', () => members(record.signature, 'hash,proof'));
  const { signature: _, ...unsigned } = record;
  return {
    text,
    tracker: trackerOf(text),
    credential: at('credential', () => candidate(group, record.credential)),
    answers: at('answers', () =>
      items(record.answers, questions.length, questions.length, (value, index) => readAnswer(group, questions[index]!, value)),
    ),
    signature: {
      hash: at('signature/hash', () => string(signature.hash, 43)),
      proof: at('signature/proof', () => proof(group, signature.proof)),
    },
    signedHash: base64Hash(written(unsigned)),
  };
}

/** A ballot's text, and the hash under its signature. */
export function unsignedBallot(election: Election, credential: string, answers: readonly JsonObject[]): JsonObject {
  return {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential,
    answers: [...answers],
  };
}
