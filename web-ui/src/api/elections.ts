/** What the gateway's API says about elections (gateway/src/main/resources/openapi.yaml), as far as the pages use it. */

export type Stage = 'announced' | 'open' | 'closed' | 'decrypting' | 'finished' | 'withdrawn';

/** As in the election's record: `blank` is there only where blank votes are offered. */
export interface RecordQuestion {
  readonly question: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly blank?: boolean;
}

export interface Election {
  readonly id: string;
  /** The text of the record, and so are description and questions. */
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly stage: Stage;
  readonly opensAt: string;
  readonly closesAt: string;
  /** When the voting ended: at `closesAt` or, by its administrator's word, before. */
  readonly closedAt?: string;
  /** With fewer ballots that count there is no result. */
  readonly leastBallots: number;
  /** SHA-256 of the election's record, standard Base64 without padding. */
  readonly fingerprint: string;
  readonly administrator?: string;
  /** How many may vote, and the sum of their weights. */
  readonly credentials: number;
  readonly weight: number;
  readonly trustees: { readonly count: number; readonly threshold: number };
  /** How many ballots are on the board, how many of them count, and with what weight. */
  readonly ballots: { readonly accepted: number; readonly counted: number; readonly weightCounted: number };
  /** The hash of the archive's last event, lower-case hexadecimal. */
  readonly head: string;
  readonly events: number;
  /** Numbers of the trustees who have decrypted. */
  readonly decryptedBy: readonly number[];
  readonly result?: readonly (readonly number[])[];
  /** The transaction that put the result on the chain. */
  readonly resultTransaction?: string;
  readonly questions: readonly RecordQuestion[];
}

export interface BoardBallot {
  /** Standard Base64 without padding. */
  readonly tracker: string;
  readonly transaction: string;
  readonly state: 'counts' | 'replaced';
  readonly height: number;
}

export interface CastAnswer {
  readonly tracker: string;
  readonly transaction: string;
  readonly position: string;
  readonly time: string;
}

/** What somebody who runs an election signed, as it stands on the chain. */
export interface ElectionAct {
  readonly purpose: string;
  /** Who signed; a trustee's key is used once. */
  readonly key: string;
  readonly height: number;
  readonly time: string;
  readonly transaction: string;
}

/** The voting channel. */
export interface VotesInfo {
  readonly chain: string;
  readonly height: number;
  readonly time: string;
  readonly members: readonly { readonly key: string; readonly name: string; readonly power: number }[];
}
