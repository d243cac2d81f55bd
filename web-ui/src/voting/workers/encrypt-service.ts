import type { Choice } from '../answer';
import { openingsText } from '../audit';
import { type EncryptedBallot, encryptBallot } from '../ballot-encryption';
import { credentialSecret, publicCredential } from '../credential';
import { type Election, readElection } from '../election';
import { type Refused, refusedBy } from '../refusal';
import type { Port } from './port';

/** What the booth asks of the worker that encrypts. The randomness of a ballot stays inside until an audit asks for it. */
export type EncryptRequest =
  /** Reads the election and makes its tables, while the voter still reads. */
  | { readonly type: 'prepare'; readonly electionText: string }
  /** The public part of a credential: is it in the election's list? */
  | { readonly type: 'identify'; readonly credential: string }
  | { readonly type: 'encrypt'; readonly credential: string; readonly choices: readonly Choice[] }
  /** Opens the last ballot for an audit. It must not be cast any more. */
  | { readonly type: 'open' }
  /** Forgets the last ballot's randomness: it was cast. */
  | { readonly type: 'forget' };

export type EncryptReply =
  | { readonly type: 'ready'; readonly fingerprint: string }
  | { readonly type: 'refused'; readonly refused: Refused }
  | { readonly type: 'progress'; readonly done: number; readonly all: number }
  | { readonly type: 'identified'; readonly publicCredential: string }
  | { readonly type: 'encrypted'; readonly text: string; readonly tracker: string }
  | { readonly type: 'opened'; readonly openings: string }
  | { readonly type: 'forgotten' }
  /** A request that makes no sense now: nothing is prepared, nothing is left to open, a choice that is not allowed. */
  | { readonly type: 'failed'; readonly message: string };

export function serveEncryption(port: Port<EncryptRequest, EncryptReply>): void {
  let election: Election | undefined;
  let ballot: EncryptedBallot | undefined;
  const answer = (request: EncryptRequest): EncryptReply => {
    switch (request.type) {
      case 'prepare':
        ballot = undefined;
        election = readElection(request.electionText);
        return { type: 'ready', fingerprint: election.fingerprint };
      case 'identify': {
        if (!election) throw new Error('nothing is prepared');
        const secret = credentialSecret(election.group, election.uuid, request.credential);
        return { type: 'identified', publicCredential: publicCredential(election.group, secret) };
      }
      case 'encrypt': {
        if (!election) throw new Error('nothing is prepared');
        ballot = undefined;
        const progress = (done: number, all: number): void => port.postMessage({ type: 'progress', done, all });
        ballot = encryptBallot(election, request.credential, request.choices, progress);
        return { type: 'encrypted', text: ballot.text, tracker: ballot.tracker };
      }
      case 'open': {
        if (!ballot) throw new Error('no ballot is left to open');
        const openings = openingsText(ballot.openings);
        ballot = undefined;
        return { type: 'opened', openings };
      }
      case 'forget':
        ballot = undefined;
        return { type: 'forgotten' };
    }
  };
  port.onmessage = ({ data }) => {
    try {
      port.postMessage(answer(data));
    } catch (error) {
      port.postMessage(failureOf(error));
    }
  };
}

function failureOf(error: unknown): EncryptReply {
  try {
    return { type: 'refused', refused: refusedBy(error) };
  } catch {
    return { type: 'failed', message: String(error) };
  }
}
