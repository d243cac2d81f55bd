import { Refusal, Unreachable, call } from '../api/client';
import type { Names, TransactionAnswer } from '../api/types';
import type { Leg } from '../payments/split';

/**
 * A payment that was signed and is on its way. It is written to disk before it is sent for the first time, and whatever happens
 * then, the same bytes are sent again until the answer is known: the transaction's own id makes that harmless.
 */
export interface PendingStatement {
  readonly hash: string;
  readonly text: string;
  readonly amount: number;
  readonly asset: string;
  readonly payee: Names;
  /** What it is paid with, when in several parts, and what it earns. */
  readonly legs?: readonly Leg[];
  readonly earned?: Leg;
  /** Of a hold: until when the money is set aside. */
  readonly heldUntil?: string;
  /** Of a purchase in a sale: which, and the lot that it brings for the amount. */
  readonly purchase?: { readonly programme: string; readonly amount: number; readonly asset: string };
  readonly madeAtMillis: number;
  /** By our clock: after this the transaction is out of time on every member, and cannot take effect any more. */
  readonly hopelessAtMillis: number;
  readonly outcome?: Outcome;
}

export type Outcome =
  | { readonly paid: true; readonly position: string; readonly time: string }
  | { readonly paid: false; readonly refusal: string; readonly available?: number };

export interface Waiting {
  /** Why the answer is still out. */
  readonly reason: 'sending' | 'network' | 'server' | 'busy';
}

export interface Courier {
  submit(text: string): Promise<TransactionAnswer>;
  lookUp(hash: string): Promise<TransactionAnswer>;
  pause(millis: number): Promise<void>;
  now(): number;
}

export const gatewayCourier: Courier = {
  now: () => Date.now(),
  submit: (text) => call('POST', '/v1/transactions', { body: { transaction: text } }),
  lookUp: (hash) => call('GET', `/v1/transactions/${hash}`),
  pause: (millis) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, millis);
      addEventListener('online', done);
    }),
};

/** The chain's own word that a transaction's time is over. */
const OUT_OF_TIME = 'expired';

/**
 * What no sending that is still under way can change: who came before is served before, and what has been sold does not come back.
 * Nothing more has to be asked, so that those who are too late in a rush cost the gateway next to nothing.
 */
const LAST_WORDS = ['sold-out', 'bought-before'];
const FIRST_PAUSE_MILLIS = 400;
const LONGEST_PAUSE_MILLIS = 5_000;

type Sendable = Pick<PendingStatement, 'hash' | 'text' | 'hopelessAtMillis'>;

/**
 * Sends a statement until it is known whether it took effect. A refusal of the only sending is an answer. Once a sending's fate is
 * unknown (its answer was lost, or the page was reloaded), it may still be in a queue somewhere, and a later refusal may even be
 * its own doing, such as "too little money": then a refusal counts only when the chain does not know the transaction and its
 * time is over.
 */
export async function settle(
  statement: Sendable,
  courier: Courier,
  onwaiting: (waiting: Waiting) => void,
  sentBefore = false,
): Promise<Outcome> {
  let unsure = sentBefore;
  for (let pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS)) {
    try {
      const outcome = await attempt(statement, courier, unsure);
      if (outcome) return outcome;
      onwaiting({ reason: 'sending' });
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      onwaiting({ reason: error.reason });
    }
    unsure = true;
    await courier.pause(pause);
  }
}

async function attempt(statement: Sendable, courier: Courier, unsure: boolean): Promise<Outcome | undefined> {
  const startedAtMillis = courier.now();
  let refusal: Refusal;
  try {
    return paid(await courier.submit(statement.text));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refusal = error;
  }
  if (LAST_WORDS.includes(refusal.problem)) return { paid: false, refusal: refusal.problem };
  try {
    const known = await courier.lookUp(statement.hash);
    if (known.status !== 'unknown') return paid(known);
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 404)) throw error;
  }
  if (unsure && refusal.problem !== OUT_OF_TIME && startedAtMillis <= statement.hopelessAtMillis) return undefined;
  const { available } = refusal.members;
  return { paid: false, refusal: refusal.problem, ...(typeof available === 'number' ? { available } : {}) };
}

function paid(answer: TransactionAnswer): Outcome | undefined {
  if (answer.status !== 'final') return undefined;
  return { paid: true, position: answer.position ?? '', time: answer.time ?? new Date().toISOString() };
}
