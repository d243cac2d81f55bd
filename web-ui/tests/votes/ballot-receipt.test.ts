import { beforeAll, describe, expect, test } from 'vitest';

import { type SampleElection, SampleVotes } from '../../dev/sample-votes';
import { MAX_RECEIPT_BYTES } from '../../src/chain/receipt';
import { write } from '../../src/chain/canonical-json';
import type { Members } from '../../src/chain/members';
import { verifyBallotReceipt } from '../../src/votes/ballot-receipt';
import { trackerIn } from '../../src/votes/tracker';
import { encryptBallot } from '../../src/voting/ballot-encryption';

let votes: SampleVotes;
let open: SampleElection;
let finished: SampleElection;
let members: Members;
beforeAll(async () => {
  votes = await SampleVotes.make();
  [open, , finished] = votes.elections as [SampleElection, SampleElection, SampleElection];
  members = votes.chain.members();
});

const receiptAt = (height: number) => write(votes.chain.receipt(height, 0), MAX_RECEIPT_BYTES);

describe('the receipt of a ballot', () => {
  test('proves that the ballot with this tracker was accepted in this election', async () => {
    const [ballot] = open.ballots;
    const verdict = await verifyBallotReceipt(receiptAt(ballot!.height), members, open.id, ballot!.tracker);
    expect(verdict).toMatchObject({ valid: true, position: `${ballot!.height}.0` });
  });

  test('is not that of another ballot, of another election, or of a result', async () => {
    const [first, second] = open.ballots;
    const of = (height: number, election: string, tracker: string) => verifyBallotReceipt(receiptAt(height), members, election, tracker);
    expect(await of(first!.height, open.id, second!.tracker)).toEqual({ valid: false, problem: 'other-ballot' });
    expect(await of(first!.height, finished.id, first!.tracker)).toEqual({ valid: false, problem: 'other-ballot' });
    const result = votes.chain.blocks.findIndex(({ transactions }) => transactions.length > 0 && transactions[0] !== undefined && atob(transactions[0].split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')).includes('election.result'));
    expect(await of(result + 1, finished.id, finished.ballots[0]!.tracker)).toEqual({ valid: false, problem: 'other-ballot' });
  });

  test('of an attached election proves that this hash was posted there, and nothing about a ballot of ours', async () => {
    const { id, ballots } = votes.attached;
    const [first, second] = ballots;
    const of = (election: string, hash: string, board: 'ours' | 'attached') => verifyBallotReceipt(receiptAt(first!.height), members, election, hash, board);
    expect(await of(id, first!.hash, 'attached')).toMatchObject({ valid: true, position: `${first!.height}.0` });
    expect(await of(id, trackerIn(first!.hash)!, 'attached')).toMatchObject({ valid: true });
    expect(await of(id, second!.hash, 'attached')).toEqual({ valid: false, problem: 'other-ballot' });
    expect(await of(open.id, first!.hash, 'attached')).toEqual({ valid: false, problem: 'other-ballot' });
    expect(await of(id, first!.hash, 'ours')).toEqual({ valid: false, problem: 'other-ballot' });
  });

  test('means nothing when the board refused the ballot', async () => {
    const { tracker, text } = { ...open.ballots[0]! };
    const transaction = votes.chain.blocks[open.ballots[0]!.height - 1]!.transactions[0]!;
    votes.chain.addBlock([transaction], [{ code: 132, data: new Uint8Array() }], Date.now());
    const { height } = votes.chain;
    votes.chain.addBlock([], [], Date.now() + 5);
    expect(text.length).toBeGreaterThan(100);
    expect(await verifyBallotReceipt(receiptAt(height), members, open.id, tracker)).toEqual({ valid: false, problem: 'refused' });
  });

  test('of other members, or with a byte changed, is refused', async () => {
    const { height, tracker } = open.ballots[1]!;
    const others = { ...members, members: [...members.members].reverse() };
    expect(await verifyBallotReceipt(receiptAt(height), others, open.id, tracker)).toMatchObject({ valid: false });
    const bytes = receiptAt(height);
    bytes[bytes.length >> 1]! ^= 1;
    expect(await verifyBallotReceipt(bytes, members, open.id, tracker)).toMatchObject({ valid: false });
  });

  test('is read up to 256 KiB, as a ballot of many answers needs', async () => {
    const ballot = votes.cast(open, ` ${encryptBallot(open.made.election, open.made.voters[2]!.credential, [[0], []]).text.padEnd(60_000)}`);
    open.ballots.pop(); // it is no ballot: only the receipt's length matters
    const bytes = receiptAt(ballot.height);
    expect(bytes.length).toBeGreaterThan(64 * 1024);
    expect(await verifyBallotReceipt(bytes, members, open.id, ballot.tracker)).toMatchObject({ valid: true });
  });
});
