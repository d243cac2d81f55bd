/**
 * Why something of an election is refused. A name says what is wrong; the place where it is wrong comes beside it. Pages translate the
 * names; the gateway's refusals have the same names where they mean the same.
 */
export const REASONS = [
  // form
  'too-long',
  'not-utf8',
  'not-canonical',
  'wrong-shape',
  'out-of-range',
  'not-an-element',
  // features of the protocol that are not offered here
  'unknown-group',
  'unknown-kind-of-question',
  'unknown-event',
  'unsupported-credential-certificate',
  'unsupported-threshold-form',
  'unsupported-encryption',
  // archive
  'wrong-header',
  'wrong-padding',
  'truncated',
  'wrong-hash',
  'broken-chain',
  'misplaced-record',
  'wrong-order',
  // setup
  'unknown-version',
  'wrong-election-key',
  'neutral-key',
  'repeated-credential',
  'wrong-weight',
  'wrong-proof-of-possession',
  'wrong-signature-of-trustee',
  'wrong-certificate',
  'wrong-threshold',
  'wrong-verification-key',
  // ballots
  'other-election',
  'unknown-credential',
  'not-in-the-group',
  'wrong-individual-proof',
  'wrong-overall-proof',
  'wrong-blank-proof',
  'wrong-signed-hash',
  'wrong-signature',
  'repeated-ballot',
  'repeated-ciphertext',
  'wrong-opening',
  // tally
  'wrong-encrypted-tally',
  'wrong-tally-count',
  'unknown-trustee',
  'repeated-trustee',
  'wrong-decryption-proof',
  'not-enough-trustees',
  'wrong-result',
  // key ceremony
  'wrong-seed',
  'wrong-recipient',
  'wrong-share',
  'cannot-decrypt',
] as const;

export type Reason = (typeof REASONS)[number];

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
