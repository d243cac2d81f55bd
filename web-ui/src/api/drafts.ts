import type { Names } from './types';

/** What the gateway's API says of elections before they are on the voting channel (gateway/src/main/resources/openapi.yaml). */

/** One text, or one for each language: the election's record then has both. */
export type Text = string | Names;

export interface DraftQuestion {
  readonly question: Text;
  readonly answers: readonly Text[];
  readonly blank?: boolean;
  readonly min: number;
  readonly max: number;
}

/** What an administrator writes, before anything is on the chain. */
export interface DraftBody {
  readonly name: Text;
  readonly description?: Text;
  /** Who runs it and who hands out credentials, as the election's record says. */
  readonly administrator?: string;
  readonly credentialAuthority?: string;
  readonly questions: readonly DraftQuestion[];
  readonly group: string;
  /** Without a threshold every trustee is needed. */
  readonly trustees: { readonly count: number; readonly threshold?: number };
  readonly opensAt: string;
  readonly closesAt: string;
  readonly leastBallots?: number;
  readonly reward?: { readonly asset: string; readonly amount: number } | undefined;
}

export type CeremonyStep = 'certificate' | 'polynomial' | 'voucher' | 'key' | 'wait' | 'done';

/** How far the rewards are. */
export interface Rewards {
  readonly state: 'waiting' | 'paying' | 'paid';
  readonly recipients: number;
  readonly paid: number;
  /** Whose account did not take it. */
  readonly refused: number;
  /** The account that pays. */
  readonly account: string;
}

export interface DraftLinks {
  readonly registrar: string;
  readonly trustees: readonly string[];
}

export interface Draft extends DraftBody {
  readonly id: string;
  readonly revision: number;
  /** `signed`: on its way to the voting channel, or there. */
  readonly state: 'draft' | 'signed';
  readonly roll?: { readonly voters: number; readonly weight: number; readonly hash: string };
  readonly trusteesDone?: readonly { readonly index: number; readonly step: CeremonyStep }[];
  readonly credentials?: { readonly count: number; readonly weight?: number; readonly hash: string };
  readonly links?: DraftLinks;
}

/** What a trustee finds in the mailbox of the ceremony. */
export interface TrusteeMailbox {
  readonly election: string;
  readonly name: Text;
  readonly index: number;
  readonly count: number;
  readonly threshold?: number;
  readonly group: string;
  readonly step: CeremonyStep;
  readonly inbox: readonly { readonly step: CeremonyStep; readonly from?: number; readonly message: string }[];
}

export interface RegistrarDesk {
  readonly election: string;
  readonly name: Text;
  readonly group: string;
  readonly voters: readonly { readonly voter: string; readonly weight?: number; readonly name?: string }[];
  readonly credentials?: { readonly count: number; readonly hash: string };
}
