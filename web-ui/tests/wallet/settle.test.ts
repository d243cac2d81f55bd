import { describe, expect, test } from 'vitest';

import { Refusal, Unreachable } from '../../src/api/client';
import type { TransactionAnswer } from '../../src/api/types';
import { type Courier, settle } from '../../src/wallet/pending';
import { Random, seeds } from '../seeds';

const STATEMENT = { hash: 'AB'.repeat(32), text: 'a.signed.statement' };
const FINAL: TransactionAnswer = { status: 'final', hash: STATEMENT.hash, position: '7.0', time: '2026-11-21T12:00:00.000Z' };
const UNKNOWN: TransactionAnswer = { status: 'unknown', hash: STATEMENT.hash };

type Step = TransactionAnswer | Error;

/** A gateway that answers as told, one step a question. */
function courier(submits: Step[], lookUps: Step[] = []): Courier & { sent: string[] } {
  const take = async (steps: Step[]): Promise<TransactionAnswer> => {
    const step = steps.shift();
    if (!step) throw new Error('asked more often than expected');
    if (step instanceof Error) throw step;
    return step;
  };
  const sent: string[] = [];
  return {
    sent,
    submit: (text) => {
      sent.push(text);
      return take(submits);
    },
    lookUp: () => take(lookUps),
    pause: async () => undefined,
  };
}

const refused = (name: string, members = {}) => new Refusal(name, 409, members);
const ignore = () => undefined;

describe('a payment on its way', () => {
  test('is paid once the answer is final', async () => {
    const outcome = await settle(STATEMENT, courier([FINAL]), ignore);
    expect(outcome).toEqual({ paid: true, position: '7.0', time: FINAL.time });
  });

  test('is sent again with the same bytes until there is an answer, and says why it waits', async () => {
    const gateway = courier([new Unreachable('network'), new Unreachable('server'), { ...UNKNOWN, status: 'pending' }, FINAL]);
    const reasons: string[] = [];
    expect(await settle(STATEMENT, gateway, ({ reason }) => reasons.push(reason))).toMatchObject({ paid: true });
    expect(gateway.sent).toEqual(Array(4).fill(STATEMENT.text));
    expect(reasons).toEqual(['network', 'server', 'sending']);
  });

  test('is not paid when it is refused and the chain does not know it', async () => {
    const gateway = courier([refused('insufficient-funds', { available: 300 })], [UNKNOWN]);
    expect(await settle(STATEMENT, gateway, ignore)).toEqual({ paid: false, refusal: 'insufficient-funds', available: 300 });
  });

  test('is paid when the second sending is refused but the first, whose answer was lost, took effect', async () => {
    const gateway = courier([new Unreachable('network'), refused('expired')], [FINAL]);
    expect(await settle(STATEMENT, gateway, ignore)).toMatchObject({ paid: true });
  });

  test('is undecided while a refusal cannot be checked', async () => {
    const gateway = courier([refused('expired'), refused('expired')], [new Unreachable('network'), new Refusal('not-found', 404, {})]);
    expect(await settle(STATEMENT, gateway, ignore)).toEqual({ paid: false, refusal: 'expired' });
  });

  // A made-up gateway that applies the transaction at most once, and loses questions and answers as it likes.
  test.each(seeds(300))('ends as the gateway knows it, whatever is lost, seed %i', async (seed) => {
    const random = new Random(seed);
    const willRefuse = random.below(2) === 0;
    let applied = false;
    const lossy = async (answer: () => TransactionAnswer): Promise<TransactionAnswer> => {
      if (random.below(3) === 0) throw new Unreachable('network'); // the question is lost
      const given = answer();
      if (random.below(3) === 0) throw new Unreachable('network'); // the answer is lost
      return given;
    };
    const gateway: Courier = {
      submit: () =>
        lossy(() => {
          if (applied) {
            // A gateway may answer a repetition with the first answer, or with a refusal: both must end well.
            if (random.below(2) === 0) throw refused('expired');
            return FINAL;
          }
          if (willRefuse) throw refused('insufficient-funds');
          applied = true;
          return random.below(4) === 0 ? { ...UNKNOWN, status: 'pending' } : FINAL;
        }),
      lookUp: () => lossy(() => (applied ? FINAL : UNKNOWN)),
      pause: async () => undefined,
    };
    const outcome = await settle(STATEMENT, gateway, ignore);
    expect(outcome.paid).toBe(applied);
  });
});
