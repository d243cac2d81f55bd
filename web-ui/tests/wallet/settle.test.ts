import { describe, expect, test } from 'vitest';

import { Refusal, Unreachable } from '../../src/api/client';
import type { TransactionAnswer } from '../../src/api/types';
import { type Courier, settle } from '../../src/wallet/pending';
import { Random, seeds } from '../seeds';

const STATEMENT = { hash: 'AB'.repeat(32), text: 'a.signed.statement', hopelessAtMillis: 180_000 };
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
  let now = 0;
  return {
    now: () => now,
    sent,
    submit: (text) => {
      sent.push(text);
      return take(submits);
    },
    lookUp: () => take(lookUps),
    pause: async () => {
      now += 100_000;
    },
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
    const gateway = courier([new Unreachable('network'), refused('done-before')], [FINAL]);
    expect(await settle(STATEMENT, gateway, ignore)).toMatchObject({ paid: true });
  });

  test('is undecided while a refusal cannot be checked', async () => {
    const gateway = courier([refused('expired'), refused('expired')], [new Unreachable('network'), new Refusal('not-found', 404, {})]);
    expect(await settle(STATEMENT, gateway, ignore)).toEqual({ paid: false, refusal: 'expired' });
  });

  test('is undecided after a reload, whatever the refusal says, until its time is over', async () => {
    const gateway = courier(Array(3).fill(refused('insufficient-funds')), Array(3).fill(UNKNOWN));
    expect(await settle(STATEMENT, gateway, ignore, true)).toEqual({ paid: false, refusal: 'insufficient-funds' });
    expect(gateway.sent).toHaveLength(3);
  });

  test.each(['sold-out', 'bought-before'])('is over with %s, also after a lost answer, and asks nothing more', async (name) => {
    const gateway = courier([new Unreachable('network'), refused(name)]);
    expect(await settle(STATEMENT, gateway, ignore, true)).toEqual({ paid: false, refusal: name });
  });

  // A made-up gateway that applies the transaction at most once, keeps it in a queue for a while, and loses questions and answers.
  test.each(seeds(500))('ends as the gateway knows it, whatever is lost, seed %i', async (seed) => {
    const random = new Random(seed);
    const validUntil = 120_000;
    const neverPays = random.below(3) === 0;
    let now = 0;
    let state = 'unheard' as 'unheard' | 'queued' | 'applied' | 'dropped';
    const lossy = async (answer: () => TransactionAnswer): Promise<TransactionAnswer> => {
      if (random.below(3) === 0) throw new Unreachable('network'); // the question is lost
      let given: TransactionAnswer | Error;
      try {
        given = answer();
      } catch (error) {
        given = error as Error;
      }
      if (random.below(3) === 0) throw new Unreachable('server'); // the answer is lost
      if (given instanceof Error) throw given;
      return given;
    };
    const gateway: Courier = {
      now: () => now,
      submit: () =>
        lossy(() => {
          if (state === 'applied') {
            // A repetition may get the first answer, or a refusal.
            if (random.below(2) === 0) throw refused(random.one(['done-before', 'expired']));
            return FINAL;
          }
          if (now > validUntil) throw refused(random.one(['expired', 'intent-expired']));
          if (neverPays) throw refused('insufficient-funds');
          // The one in the queue holds the money that a second look finds missing.
          if (state === 'queued') throw refused('insufficient-funds');
          state = random.below(2) === 0 ? 'queued' : 'applied';
          return state === 'applied' ? FINAL : { ...UNKNOWN, status: 'pending' };
        }),
      lookUp: () => lossy(() => (state === 'applied' ? FINAL : UNKNOWN)),
      pause: async (millis) => {
        now += millis + 1_000;
        if (state === 'queued' && random.below(4) === 0) state = now <= validUntil ? 'applied' : 'dropped';
        if (state === 'queued' && now > validUntil) state = 'dropped';
      },
    };
    const outcome = await settle(STATEMENT, gateway, ignore);
    expect(outcome.paid).toBe(state === 'applied');
    expect(state).not.toBe('queued');
  });
});
