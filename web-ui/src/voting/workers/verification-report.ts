import type { Question } from '../election';
import type { Refused } from '../refusal';
import { tallyText } from '../tally';
import type { Stage, Verdict } from '../verification';

/** A verdict as plain data, which can pass between a worker and a page. */
export type VerificationReport = VerifiedReport | Refused;

export interface VerifiedReport {
  readonly valid: true;
  readonly stage: Stage;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly fingerprint: string;
  readonly questions: readonly Question[];
  /** The election's record: what `readElection` and the booth take. */
  readonly electionText: string;
  /** The trustees' verification keys; the first belongs to trustee 1. */
  readonly trustees: readonly string[];
  readonly voters: number;
  readonly credentialsFingerprint: string;
  readonly ballots: number;
  /** Trackers of the ballots that count, with their weights: where a voter finds hers. */
  readonly counted: ReadonlyMap<string, bigint>;
  /** Trackers of the ballots that a later one of the same voter has replaced. */
  readonly replaced: ReadonlySet<string>;
  readonly decryptedBy: readonly number[];
  /** The encrypted tally's record, once the ballots are closed and added up: what trustees decrypt. */
  readonly tallyText: string | undefined;
  readonly counts: readonly (readonly bigint[])[] | undefined;
  readonly head: string;
  readonly bytes: number;
}

export function reportOf(verdict: Verdict): VerificationReport {
  if (!verdict.valid) return verdict;
  const { election, trustees, credentials, counted, replaced, stage, ballots, decryptedBy, tally, counts, head, bytes } = verdict;
  return {
    valid: true,
    stage,
    uuid: election.uuid,
    name: election.name,
    description: election.description,
    group: election.group.name,
    fingerprint: election.fingerprint,
    questions: election.questions,
    electionText: election.text,
    trustees: trustees.all.map(({ verificationKeyText }) => verificationKeyText),
    voters: credentials.weights.size,
    credentialsFingerprint: credentials.fingerprint,
    ballots,
    counted: new Map(counted.map(({ tracker, weight }) => [tracker, weight])),
    replaced: new Set(replaced),
    decryptedBy,
    tallyText: tally && tallyText(election.group, tally),
    counts,
    head,
    bytes,
  };
}
