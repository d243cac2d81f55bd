/**
 * Why something of an election is refused. A name says what is wrong; the place where it is wrong comes beside it. Pages translate the
 * names; tests and people who compare two verifiers rely on them.
 */
export type Reason =
  // form
  | 'too-large'
  | 'not-utf8'
  | 'not-canonical'
  | 'wrong-shape'
  | 'not-an-exponent'
  | 'not-an-element'
  // features of the protocol that are not offered here
  | 'unsupported-group'
  | 'unsupported-question'
  | 'unsupported-event'
  | 'unsupported-credential-certificate'
  | 'unsupported-threshold-form'
  | 'unsupported-encryption'
  // archive
  | 'wrong-tar-header'
  | 'wrong-padding'
  | 'cut-short'
  | 'wrong-hash'
  | 'wrong-parent'
  | 'wrong-height'
  | 'wrong-records'
  | 'wrong-order'
  | 'record-without-event'
  // setup
  | 'wrong-version'
  | 'wrong-election-key'
  | 'neutral-key'
  | 'repeated-credential'
  | 'wrong-weight'
  | 'wrong-possession-proof'
  | 'wrong-trustee-signature'
  | 'wrong-context'
  | 'wrong-threshold'
  | 'wrong-verification-key'
  // ballots
  | 'other-election'
  | 'unknown-credential'
  | 'not-a-member'
  | 'wrong-individual-proof'
  | 'wrong-overall-proof'
  | 'wrong-blank-proof'
  | 'wrong-signature'
  | 'repeated-ballot'
  | 'repeated-ciphertext'
  | 'wrong-opening'
  // tally
  | 'wrong-tally'
  | 'wrong-tally-count'
  | 'unknown-trustee'
  | 'repeated-trustee'
  | 'wrong-decryption'
  | 'too-few-decryptions'
  | 'wrong-result'
  // key ceremony
  | 'wrong-seed'
  | 'wrong-recipient'
  | 'wrong-share'
  | 'not-decryptable';

/** An expected "no". Thrown inside this folder, and turned into a value where pages and workers call. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly reason: Reason,
    /** Names and indexes that lead to what is wrong, such as `event 7 (Ballot)/answers/0/choices/2`. */
    readonly place = '',
  ) {
    super(place === '' ? reason : `${reason} at ${place}`);
  }
}

export interface Refused {
  readonly valid: false;
  readonly reason: Reason;
  readonly place: string;
}

/** Runs a step whose refusals are to name this place first. */
export function at<T>(place: string | number, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw placed(place, error);
  }
}

/** As {@link at}, for a step that waits. */
export async function atAsync<T>(place: string | number, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw placed(place, error);
  }
}

function placed(place: string | number, error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Refusal(error.reason, error.place === '' ? String(place) : `${place}/${error.place}`);
}

export function refuseUnless(holds: boolean, reason: Reason, place = ''): asserts holds {
  if (!holds) throw new Refusal(reason, place);
}

/** The value for an expected "no". @throws whatever is not a refusal, which is a bug */
export function refusedBy(error: unknown): Refused {
  if (error instanceof Refusal) return { valid: false, reason: error.reason, place: error.place };
  throw error;
}
