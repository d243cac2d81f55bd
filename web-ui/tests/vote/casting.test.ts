// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';

import { Refusal, Unreachable } from '../../src/api/client';
import type { BoardBallot, CastAnswer } from '../../src/api/elections';
import { arrivalIn } from '../../src/vote/arrival';
import { type BallotCourier, cast, onItsWay } from '../../src/vote/casting';

const BALLOT = { election: '7HAFgTqYbNj3Wm', tracker: 'T'.repeat(43), text: '{"ballot":1}' };
const ANSWER: CastAnswer = { tracker: BALLOT.tracker, transaction: 'AB'.repeat(32), position: '7.0', time: '2026-11-22T04:00:00.000Z' };
const ON_BOARD: BoardBallot = { tracker: BALLOT.tracker, transaction: ANSWER.transaction, state: 'counts', height: 7 };

function courier(submits: (CastAnswer | Error)[], lookUps: (BoardBallot | undefined | Error)[] = []): BallotCourier & { sent: string[] } {
  const sent: string[] = [];
  const take = async <Step>(steps: (Step | Error)[]): Promise<Step> => {
    if (steps.length === 0) throw new Error('asked more often than expected');
    const step = steps.shift()!;
    if (step instanceof Error) throw step;
    return step as Step;
  };
  return {
    sent,
    submit: ({ text }) => {
      sent.push(text);
      return take(submits);
    },
    lookUp: () => take<BoardBallot | undefined>(lookUps),
    pause: async () => undefined,
  };
}

const ignore = () => undefined;

describe('a ballot on its way', () => {
  test('is cast once the gateway says so', async () => {
    expect(await cast(BALLOT, courier([ANSWER]), ignore)).toEqual({ cast: true, transaction: ANSWER.transaction });
  });

  test('is sent again with the same bytes until there is an answer, and says why it waits', async () => {
    const gateway = courier([new Unreachable('network'), new Unreachable('busy'), ANSWER]);
    const reasons: string[] = [];
    expect(await cast(BALLOT, gateway, (reason) => reasons.push(reason))).toMatchObject({ cast: true });
    expect(gateway.sent).toEqual(Array(3).fill(BALLOT.text));
    expect(reasons).toEqual(['network', 'busy']);
  });

  test('is cast when it is refused as repeated and stands on the board: the first answer was lost', async () => {
    const gateway = courier([new Unreachable('network'), new Refusal('repeated-ballot', 409, {})], [ON_BOARD]);
    expect(await cast(BALLOT, gateway, ignore)).toEqual({ cast: true, transaction: ANSWER.transaction });
  });

  test('waits when it is refused as repeated and is not on the board yet', async () => {
    const gateway = courier([new Refusal('repeated-ballot', 409, {}), new Refusal('repeated-ballot', 409, {})], [undefined, ON_BOARD]);
    expect(await cast(BALLOT, gateway, ignore)).toMatchObject({ cast: true });
    expect(gateway.sent).toHaveLength(2);
  });

  test('is cast though voting ended, when an earlier sending arrived in time', async () => {
    const gateway = courier([new Unreachable('server'), new Refusal('voting-ended', 409, {})], [ON_BOARD]);
    expect(await cast(BALLOT, gateway, ignore)).toMatchObject({ cast: true });
  });

  test('is not cast when it is refused and not on the board', async () => {
    expect(await cast(BALLOT, courier([new Refusal('voting-ended', 409, {})], [undefined]), ignore)).toEqual({ cast: false, refusal: 'voting-ended' });
  });

  test('can be sent again after a new sign-in', async () => {
    expect(await cast(BALLOT, courier([new Refusal('unauthorized', 401, {})], [undefined]), ignore)).toEqual({ cast: false, refusal: 'signed-out' });
  });

  test('is not given up when the board cannot be asked', async () => {
    const gateway = courier([new Refusal('voting-ended', 409, {}), new Refusal('voting-ended', 409, {})], [new Unreachable('network'), undefined]);
    expect(await cast(BALLOT, gateway, ignore)).toMatchObject({ cast: false });
  });
});

describe('what is kept of it', () => {
  beforeEach(() => sessionStorage.clear());

  test('is the encrypted ballot, for its own election, until it is forgotten', () => {
    onItsWay.keep(BALLOT);
    expect(onItsWay.of(BALLOT.election)).toEqual(BALLOT);
    expect(onItsWay.of('other')).toBeUndefined();
    onItsWay.forget();
    expect(sessionStorage).toHaveLength(0);
  });

  test.each(['', 'null', '{}', '[1]', '{"election":"7HAFgTqYbNj3Wm"}', 'x'])('is nothing when storage holds %j', (stored) => {
    sessionStorage.setItem('madang.ballot', stored);
    expect(onItsWay.of(BALLOT.election)).toBeUndefined();
  });
});

describe('the address in a letter', () => {
  test('names the election and the credential', () => {
    const expected = { election: '7HAFgTqYbNj3Wm', credential: 'abcde-fghijk-mnpqr-stuvwx' };
    for (const text of ['#7HAFgTqYbNj3Wm.abcde-fghijk-mnpqr-stuvwx', '#/7HAFgTqYbNj3Wm.abcde-fghijk-mnpqr-stuvwx', 'https://vote.example/vote#7HAFgTqYbNj3Wm.abcde-fghijk-mnpqr-stuvwx', ' 7HAFgTqYbNj3Wm.abcde-fghijk-mnpqr-stuvwx\n']) {
      expect(arrivalIn(text)).toEqual(expected);
    }
  });

  test.each(['', '#/', '#/7HAFgTqYbNj3Wm', '#/7HAFgTqYbNj3Wm/review', '#7HAFgTqYbNj3W.abc', '#7HAFgTqYbNj3Wm.%', `#7HAFgTqYbNj3Wm.${'a'.repeat(201)}`])('is not %j', (text) => {
    expect(arrivalIn(text)).toBeUndefined();
  });
});
