// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { type SampleElection, SampleVotes, VotesProblem } from '../../dev/sample-votes';
import { Booth, WrongElection } from '../../src/vote/booth.svelte';
import { readElection } from '../../src/voting/election';
import { auditBallot } from '../../src/voting/audit';
import { BoothWorker } from '../../src/voting/workers/booth-worker';
import { type EncryptReply, type EncryptRequest, serveEncryption } from '../../src/voting/workers/encrypt-service';
import { inThread } from '../voting/in-thread';

let votes: SampleVotes;
let open: SampleElection;
let booth: Booth;
let calls: string[];
/** What happens to the next answers: lost after the gateway did what was asked. */
let lost: number;

beforeAll(async () => {
  votes = await SampleVotes.make();
  open = votes.elections[0]!;
});

beforeEach(async () => {
  calls = [];
  lost = 0;
  sessionStorage.clear();
  localStorage.clear();
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body = null, headers = {} }: { method?: string; body?: string | null; headers?: Record<string, string> } = {}) => {
    calls.push(`${method} ${path}`);
    let response: Response;
    try {
      const answer = votes.answer(method, new URL(path, 'http://here'), body ?? '', headers.Authorization?.slice(7) ?? '');
      response = new Response(answer instanceof Uint8Array ? answer.slice() : typeof answer === 'string' ? answer : JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof VotesProblem)) throw error;
      response = new Response(JSON.stringify({ type: `https://madang.io/problems/${error.problem}` }), { status: error.status });
    }
    if (lost > 0 && method === 'POST') {
      lost--;
      throw new TypeError('connection lost');
    }
    return response;
  });
  booth = new Booth(() => new BoothWorker(inThread<EncryptRequest, EncryptReply>(serveEncryption)));
  await booth.enter(open.id);
});

afterEach(() => vi.unstubAllGlobals());

function signIn(): void {
  const answer = votes.answer('POST', new URL(`http://here/v1/elections/${open.id}/sign-in`), JSON.stringify({ voter: 'v', code: votes.code }), '');
  booth.session = answer as { token: string; expiresAt: string; passkeys: boolean };
}

async function sealed(): Promise<string> {
  signIn();
  expect(await booth.entitle(open.made.voters[0]!.credential)).toEqual({ known: true });
  booth.choose(0, [1]);
  booth.choose(1, [0, 3]);
  await booth.seal();
  return booth.ballot!.tracker;
}

const remembered = () => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }) + location.href + document.title;

describe('a voter in the booth', () => {
  test('casts a ballot that stands on the board, and nothing of the choice or the credential is left', async () => {
    const before = open.ballots.length;
    const tracker = await sealed();
    await booth.cast();
    expect(booth.outcome).toMatchObject({ cast: true, tracker });
    expect(open.ballots).toHaveLength(before + 1);
    expect(open.ballots.at(-1)!.tracker).toBe(tracker);
    expect(booth.choices).toEqual([]);
    expect(booth.entitled).toBe(false);
    expect(booth.ballot).toBeUndefined();
    expect(remembered()).not.toContain(open.made.voters[0]!.credential);
    expect(sessionStorage).toHaveLength(0);
    await expect(booth.seal()).rejects.toThrow();
  });

  test('opens a ballot for a check: the gateway knows before, the file says what was chosen, and it cannot be cast', async () => {
    const tracker = await sealed();
    const { text } = booth.ballot!;
    await booth.open();
    expect(open.opened).toContain(tracker);
    const { file, verdict } = booth.opened!;
    expect(verdict).toEqual({ valid: true, tracker, choices: [[1], [0, 3]] });
    expect(auditBallot(readElection(file.election), file.ballot, file.openings)).toEqual(verdict);
    expect(() => votes.answer('POST', new URL(`http://here/v1/elections/${open.id}/ballots`), text, booth.session!.token)).toThrow('ballot-was-opened');
    await booth.seal();
    expect(booth.ballot!.tracker).not.toBe(tracker);
  });

  test('sees nothing of a ballot whose opening the gateway was not told', async () => {
    await sealed();
    lost = 1;
    await expect(booth.open()).rejects.toThrow();
    expect(booth.opened).toBeUndefined();
  });

  test('whose answer was lost is told that the ballot is on the board, once', async () => {
    const before = open.ballots.length;
    const tracker = await sealed();
    lost = 1;
    await booth.cast();
    expect(booth.outcome).toMatchObject({ cast: true, tracker });
    expect(open.ballots).toHaveLength(before + 1);
    expect(calls.filter((call) => call.endsWith('/ballots'))).toHaveLength(2);
  });

  test('who was signed out in between sends the very same ballot after a new sign-in', async () => {
    const tracker = await sealed();
    booth.session = { token: 'expired', expiresAt: '', passkeys: false };
    await booth.cast();
    expect(booth.outcome).toMatchObject({ cast: false, refusal: 'signed-out' });
    booth.outcome = undefined;
    signIn();
    await booth.cast();
    expect(booth.outcome).toMatchObject({ cast: true, tracker });
  });

  test('who loads the page again learns that the ballot has arrived', async () => {
    const tracker = await sealed();
    lost = Infinity;
    const casting = booth.cast();
    await vi.waitFor(() => expect(open.ballots.at(-1)!.tracker).toBe(tracker));
    lost = 0;
    const again = new Booth();
    await again.enter(open.id);
    expect(await again.lookForLost()).toBe('cast');
    expect(again.outcome).toMatchObject({ cast: true, tracker });
    await casting;
  });

  test('with a credential of another election is told before anything is encrypted', async () => {
    signIn();
    const other = votes.elections[2]!.made.voters[0]!.credential;
    expect(await booth.entitle(other)).toEqual({ known: false, problem: 'not-in-this-election' });
    expect(booth.entitled).toBe(false);
  });

  test('is warned when the record is not the one of the fingerprint', async () => {
    signIn();
    booth.election = { ...booth.election!, fingerprint: 'A'.repeat(43) };
    await expect(booth.entitle(open.made.voters[0]!.credential)).rejects.toThrow(WrongElection);
  });

  test('who changes a choice gets another ballot, and who leaves leaves nothing', async () => {
    await sealed();
    booth.choose(0, 'blank');
    expect(booth.ballot).toBeUndefined();
    booth.leave();
    expect(booth.choices).toEqual([]);
    expect(booth.entitled).toBe(false);
  });
});
