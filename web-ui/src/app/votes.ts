import { Refusal, Unreachable, call } from '../api/client';
import type { TransactionAnswer } from '../api/types';
import type { JsonObject } from '../chain/canonical-json';
import { type Signer, makeStatement, randomStatementId, transactionHash } from '../chain/statement';

/** The voting channel's chain, as far as statements need it. */
export interface VotesInfo {
  readonly chain: string;
  readonly height: number;
  readonly time: string;
}

export interface SignedAct {
  readonly hash: string;
  readonly text: string;
}

const VALIDITY_MILLIS = 300_000;
const FIRST_PAUSE_MILLIS = 300;
const LONGEST_PAUSE_MILLIS = 4_000;

let known: { readonly info: VotesInfo; readonly aheadMillis: number } | undefined;

/** Asked once: the name does not change. @throws Refusal or Unreachable */
export async function votesChain(): Promise<{ info: VotesInfo; now: () => number }> {
  if (!known) {
    const info = await call<VotesInfo>('GET', '/v1/votes');
    // A chain that waits for work is not behind us: only a clock that is ahead of ours counts.
    known = { info, aheadMillis: Math.max(0, Date.parse(info.time) - Date.now()) };
  }
  const { info, aheadMillis } = known;
  return { info, now: () => Date.now() + aheadMillis };
}

/** Signs an operation for the voting channel. */
export async function signAct(signer: Signer, purpose: string, operation: JsonObject): Promise<SignedAct> {
  const { info, now } = await votesChain();
  const text = await makeStatement(signer, {
    chain: info.chain,
    id: randomStatementId(),
    operation,
    purpose,
    validUntilMillis: now() + VALIDITY_MILLIS,
  });
  return { hash: transactionHash(text), text };
}

/**
 * Sends a signed statement until it is known what became of it. The same bytes may be sent again without harm; once their time is over and the
 * chain does not know them, they never will be in it.
 *
 * @throws Refusal when it is refused; Unreachable when its time ran out without an answer
 */
export async function sendAct({ text, hash }: SignedAct, onwaiting: (reason: Unreachable['reason']) => void = () => {}): Promise<TransactionAnswer> {
  const hopelessAtMillis = Date.now() + VALIDITY_MILLIS + 60_000;
  for (let pause = FIRST_PAUSE_MILLIS, sent = 0; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS), sent++) {
    let failure: unknown;
    try {
      const answer = await call<TransactionAnswer>('POST', '/v1/votes/transactions', { body: { transaction: text } });
      if (answer.status === 'final') return answer;
    } catch (error) {
      failure = error;
    }
    if (failure instanceof Refusal) {
      // A refusal of a second sending may be the doing of the first.
      const done = sent > 0 ? await lookedUp(hash) : undefined;
      if (done) return done;
      throw failure;
    }
    if (failure instanceof Unreachable) onwaiting(failure.reason);
    else if (failure) throw failure;
    if (Date.now() > hopelessAtMillis) throw failure ?? new Unreachable('server');
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function lookedUp(hash: string): Promise<TransactionAnswer | undefined> {
  try {
    const answer = await call<TransactionAnswer>('GET', `/v1/votes/transactions/${hash}`);
    return answer.status === 'final' ? answer : undefined;
  } catch {
    return undefined;
  }
}
