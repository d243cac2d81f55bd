import { beforeAll, describe, expect, test } from 'vitest';

import { type MadeElection, holdElection, makeElection, makeTrustees } from '../../dev/sample-election';
import { auditBallot } from '../../src/voting/audit';
import { checkBallot } from '../../src/voting/ballot-check';
import { partialDecryption, readDecryption } from '../../src/voting/decryption';
import { readElection } from '../../src/voting/election';
import { groupNamed } from '../../src/voting/group/groups';
import { countsOf, decryptedTally } from '../../src/voting/result';
import { readTally } from '../../src/voting/tally';
import { readTrustees } from '../../src/voting/trustees';
import { verifyArchive } from '../../src/voting/verification';
import { BallotPool } from '../../src/voting/workers/ballot-pool';
import { type BallotsReply, type BallotsRequest, serveBallots } from '../../src/voting/workers/ballots-service';
import { BoothWorker } from '../../src/voting/workers/booth-worker';
import { type EncryptReply, type EncryptRequest, serveEncryption } from '../../src/voting/workers/encrypt-service';
import { verifyInWorkers } from '../../src/voting/workers/verify-in-workers';
import { type VerifyReply, type VerifyRequest, serveVerification } from '../../src/voting/workers/verify-service';
import type { WrittenEvent } from '../../dev/archive-writer';
import { eventsOf, sealed, withLeaf } from './edited';
import { archiveOf } from './fixtures';
import { inThread } from './in-thread';

const ballotWorkers = (count: number) => Array.from({ length: count }, () => inThread<BallotsRequest, BallotsReply>(serveBallots));
const verifier = () => inThread<VerifyRequest, VerifyReply>((port) => serveVerification(port, (count) => new BallotPool(ballotWorkers(count))));
const booth = () => new BoothWorker(inThread<EncryptRequest, EncryptReply>(serveEncryption));

const group = groupNamed('Ed25519');
const QUESTIONS = [{ question: '?', answers: ['가'], min: 0, max: 1, blank: false }];
const BALLOTS = 60;
let made: MadeElection;
let bytes: Uint8Array<ArrayBuffer>;
let events: WrittenEvent[];
beforeAll(async () => {
  made = makeElection(group, await makeTrustees(group, 1), QUESTIONS, new Array<number>(BALLOTS).fill(1));
  const votes = Array.from({ length: BALLOTS }, (_, voter) => ({ voter, choices: [voter % 3 === 0 ? [0] : []] }));
  bytes = holdElection(made, votes).archive.bytes();
  events = await eventsOf(bytes);
});

describe('verification in workers', () => {
  test('says the same as verification in one thread, and how far it is', async () => {
    const steps: number[] = [];
    const onProgress = ({ step, done }: { step: string; done: number }, total: number | undefined): void => {
      expect(total).toBe(bytes.length);
      if (step === 'ballots') steps.push(done);
    };
    const report = await verifyInWorkers(new Blob([bytes]), { workers: 3, onProgress }, verifier());
    const alone = await verifyArchive(bytes);
    if (!alone.valid || !report.valid) throw new Error('refused');
    expect(report).toMatchObject({ stage: 'complete', ballots: BALLOTS, counts: [[20n]], head: alone.head, fingerprint: alone.election.fingerprint });
    expect([...report.counted]).toEqual(alone.counted.map(({ tracker, weight }) => [tracker, weight]));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(BALLOTS);
  });

  test('gives a trustee what it decrypts', async () => {
    const beforeDecryption = events.filter(({ type }) => type !== 'PartialDecryption' && type !== 'Result');
    const report = await verifyInWorkers(new Blob([sealed(beforeDecryption) as BlobPart]), { workers: 1 }, verifier());
    if (!report.valid) throw new Error(report.reason);
    expect(report).toMatchObject({ stage: 'tallied', counts: undefined, decryptedBy: [] });
    const election = readElection(report.electionText);
    const tally = readTally(election, report.tallyText!);
    const text = partialDecryption(group, report.fingerprint, made.trustees.secrets[0]!, tally);
    const [trustee] = readTrustees(group, made.trustees.text).all;
    expect(report.trustees).toEqual([trustee!.verificationKeyText]);
    const factors = readDecryption(group, report.fingerprint, trustee!, tally, text);
    const counts = countsOf(group, decryptedTally(group, readTrustees(group, made.trustees.text), tally, new Map([[1, factors]])), 60n);
    expect(counts).toEqual([[20n]]);
  });

  test('names the first of several faulty ballots, however many workers there are', async () => {
    const wrong = (index: number): WrittenEvent[] =>
      events.map((event, i) =>
        i >= index && event.type === 'Ballot'
          ? { ...event, payload: withLeaf(event.payload!, ['signature', 'proof', 'response'], () => '1') }
          : event,
      );
    for (const [workers, first] of [[1, 1], [3, 7], [8, 40], [2, BALLOTS]] as const) {
      const report = await verifyInWorkers(new Blob([sealed(wrong(first)) as BlobPart]), { workers }, verifier());
      expect(report).toEqual({ valid: false, reason: 'wrong-signature', place: `event ${first} (Ballot)/signature/proof` });
    }
  });

  test('names a faulty ballot before a fault that comes later in the archive', async () => {
    const early = events.map((event, i) => (i === 3 ? { ...event, payload: withLeaf(event.payload!, ['signature', 'proof', 'response'], () => '1') } : event));
    const repeated = [...early.slice(0, 6), early[5]!, ...early.slice(6)];
    const verdict = { valid: false, reason: 'wrong-signature', place: 'event 3 (Ballot)/signature/proof' };
    expect(await verifyInWorkers(new Blob([sealed(repeated) as BlobPart]), { workers: 2 }, verifier())).toEqual(verdict);
    expect(await verifyArchive(sealed(repeated))).toEqual(verdict);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const worker = verifier();
    const onProgress = (): void => stop.abort(new Error('enough'));
    await expect(verifyInWorkers(new Blob([bytes]), { workers: 1, signal: stop.signal, onProgress }, worker)).rejects.toThrow('enough');
    expect(worker.ended()).toBe(true);
    const again = new AbortController();
    const inOneThread = verifyArchive(bytes, { signal: again.signal, onProgress: () => again.abort(new Error('enough')) });
    await expect(inOneThread).rejects.toThrow('enough');
  });

  test('has no verdict about what cannot be fetched', async () => {
    await expect(verifyInWorkers('http://127.0.0.1:1/none.bel', { workers: 1 }, verifier())).rejects.toThrow('fetch');
  });
});

describe('the booth\'s worker', () => {
  test('encrypts a ballot that counts, and says how far it is', async () => {
    const worker = booth();
    expect(await worker.prepare(made.election.text)).toEqual({ valid: true, fingerprint: made.election.fingerprint });
    expect(await worker.identify(made.voters[0]!.credential)).toBe(made.voters[0]!.publicCredential);
    const steps: [number, number][] = [];
    const { text, tracker } = await worker.encrypt(made.voters[0]!.credential, [[0]], (done, all) => steps.push([done, all]));
    expect(checkBallot(made.election, text)).toMatchObject({ valid: true, ballot: { tracker } });
    expect(steps).toEqual([[1, 3], [2, 3], [3, 3]]);
    worker.close();
  });

  test('opens a ballot once, for an audit, and not after it was cast', async () => {
    const worker = booth();
    await worker.prepare(made.election.text);
    const { text, tracker } = await worker.encrypt(made.voters[0]!.credential, [[0]]);
    expect(auditBallot(made.election, text, await worker.open())).toEqual({ valid: true, tracker, choices: [[0]] });
    await expect(worker.open()).rejects.toThrow('no ballot is left to open');
    await worker.encrypt(made.voters[0]!.credential, [[0]]);
    await worker.forget();
    await expect(worker.open()).rejects.toThrow('no ballot is left to open');
    worker.close();
  });

  test('refuses what is no election, and says why', async () => {
    const worker = booth();
    const election = new TextDecoder().decode(archiveOf('d-mixnet-rfc3526')).match(/\{"version":1,"description.*?\}(?=\0)/)![0];
    expect(await worker.prepare(election)).toEqual({ valid: false, reason: 'unknown-group', place: 'group' });
    await expect(worker.encrypt(made.voters[0]!.credential, [[0]])).rejects.toThrow('nothing is prepared');
    await worker.prepare(made.election.text);
    await expect(worker.encrypt(made.voters[0]!.credential, [[1]])).rejects.toThrow('no-such-answer');
    await expect(worker.encrypt(made.voters[0]!.credential.replaceAll('-', ''), [[0]])).rejects.toThrow('not a credential');
    worker.close();
  });
});
