import { Refusal, Unreachable, call } from '../api/client';
import type { BoardBallot, CastAnswer } from '../api/elections';
import { inPath } from '../votes/tracker';

/** A ballot on its way to the board. */
export interface SealedBallot {
  readonly election: string;
  readonly tracker: string;
  readonly text: string;
}

export type CastOutcome =
  | { readonly cast: true; readonly transaction: string }
  /** The sign-in is over, and the ballot is not on the board: it may be sent again after a new one. */
  | { readonly cast: false; readonly refusal: 'signed-out' }
  | { readonly cast: false; readonly refusal: string };

export interface BallotCourier {
  submit(ballot: SealedBallot): Promise<CastAnswer>;
  /** The ballot as it stands on the board; undefined when it does not. @throws Unreachable */
  lookUp(ballot: SealedBallot): Promise<BoardBallot | undefined>;
  pause(millis: number): Promise<void>;
}

export function gatewayCourier(token: () => string | undefined): BallotCourier {
  return {
    submit: ({ election, text }) => call('POST', `/v1/elections/${election}/ballots`, { text, token: token() }),
    lookUp: onBoard,
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
}

export async function onBoard({ election, tracker }: Pick<SealedBallot, 'election' | 'tracker'>): Promise<BoardBallot | undefined> {
  try {
    return await call<BoardBallot>('GET', `/v1/elections/${election}/ballots/${inPath(tracker)}`);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

const FIRST_PAUSE_MILLIS = 400;
const LONGEST_PAUSE_MILLIS = 5_000;

/**
 * Sends a ballot until it is known whether it is on the board. The same bytes may be sent as often as needed: they are on the board once
 * or not at all. So a refusal is believed only after a look at the board, and "it was there before" means that an earlier sending
 * arrived, whose block may not be final yet.
 */
export async function cast(ballot: SealedBallot, courier: BallotCourier, onwaiting: (reason: Unreachable['reason']) => void): Promise<CastOutcome> {
  for (let pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS)) {
    try {
      const outcome = await attempt(ballot, courier);
      if (outcome) return outcome;
      onwaiting('server');
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      onwaiting(error.reason);
    }
    await courier.pause(pause);
  }
}

async function attempt(ballot: SealedBallot, courier: BallotCourier): Promise<CastOutcome | undefined> {
  let refusal: Refusal;
  try {
    const { transaction } = await courier.submit(ballot);
    return { cast: true, transaction };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refusal = error;
  }
  const found = await courier.lookUp(ballot);
  if (found) return { cast: true, transaction: found.transaction };
  if (refusal.problem === 'repeated-ballot') return undefined;
  return { cast: false, refusal: refusal.status === 401 || refusal.status === 403 ? 'signed-out' : refusal.problem };
}

const STORED = 'madang.ballot';

/**
 * A ballot whose fate is not known yet, for this tab only: encrypted, as it will stand on the board for everybody. It holds neither the
 * choice nor the credential, and goes as soon as the answer is there.
 */
export const onItsWay = {
  keep(ballot: SealedBallot): void {
    sessionStorage.setItem(STORED, JSON.stringify(ballot));
  },
  of(election: string): SealedBallot | undefined {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as SealedBallot | null;
      return kept?.election === election && typeof kept.text === 'string' && typeof kept.tracker === 'string' ? kept : undefined;
    } catch {
      return undefined;
    }
  },
  forget(): void {
    sessionStorage.removeItem(STORED);
  },
};
