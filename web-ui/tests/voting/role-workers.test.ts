import { describe, expect, test } from 'vitest';

import { holdElection, makeElection } from '../../dev/sample-election';
import { readCertificateSet } from '../../src/voting/ceremony/certificate';
import { routedTo, thresholdRecord } from '../../src/voting/ceremony/routing';
import { readDecryption } from '../../src/voting/decryption';
import { groupNamed } from '../../src/voting/group/groups';
import { readTally } from '../../src/voting/tally';
import { keyFileText, readTrusteeFile } from '../../src/voting/trustee-file';
import { readTrustees } from '../../src/voting/trustees';
import { verifyArchive } from '../../src/voting/verification';
import { reportOf } from '../../src/voting/workers/verification-report';
import { isRefused } from '../../src/voting/workers/one-at-a-time';
import { RegistrarWorker } from '../../src/voting/workers/registrar-worker';
import { serveRegistrar } from '../../src/voting/workers/registrar-service';
import { type TrusteeAnswer, type TrusteeRequest, serveTrustee } from '../../src/voting/workers/trustee-service';
import { TrusteeWorker } from '../../src/voting/workers/trustee-worker';
import { inThread } from './in-thread';

const group = groupNamed('Ed25519');

async function ask(request: TrusteeRequest): Promise<TrusteeAnswer> {
  const worker = new TrusteeWorker(inThread(serveTrustee));
  const answer = await worker.ask(request);
  worker.close();
  if (isRefused(answer)) throw new Error(`${answer.reason} at ${answer.place}`);
  return answer;
}

async function refusalOf(request: TrusteeRequest): Promise<string> {
  const worker = new TrusteeWorker(inThread(serveTrustee));
  const answer = await worker.ask(request);
  worker.close();
  return isRefused(answer) ? answer.reason : 'nothing refused';
}

describe('trustees in their workers', () => {
  test('make a threshold key in three steps, from files alone, and two of three decrypt', async () => {
    const places = [1, 2, 3].map((index) => ({ index, size: 3, threshold: 2 }));
    const first = await Promise.all(places.map((place) => ask({ type: 'certificate', group: 'Ed25519', place })));
    const certificates = first.map(({ message }) => message!);
    const second = await Promise.all(first.map(({ file }) => ask({ type: 'polynomial', file: `${file}\n`, certificates })));
    const polynomials = second.map(({ message }) => message!);
    const set = readCertificateSet(group, certificates);
    const third = await Promise.all(
      first.map(({ file }, i) => ask({ type: 'answer', file: file!, certificates, routed: routedTo(group, set, polynomials, i + 1) })),
    );
    const text = JSON.stringify([['Pedersen', thresholdRecord(group, set, polynomials, third.map(({ message }) => message!))]]);
    const secrets = third.map(({ file }) => {
      const key = readTrusteeFile(file!);
      return key.kind === 'key' ? key.secret : 0n;
    });
    const made = makeElection(group, { text, secrets, enough: [2, 3] }, [{ question: '?', answers: ['가', '나'], min: 1, max: 1, blank: false }], [1, 1]);
    const { archive } = holdElection(made, [{ voter: 0, choices: [[0]] }, { voter: 1, choices: [[0]] }]);
    const verdict = await verifyArchive(archive.bytes());
    expect(verdict).toMatchObject({ valid: true, counts: [[2n, 0n]] });
    const report = reportOf(verdict);
    if (!report.valid) throw new Error();

    const { electionText, trustees, tallyText } = report;
    const request = { type: 'decrypt', electionText, trustees, tallyText: tallyText! } as const;
    const part = await ask({ ...request, file: third[1]!.file! });
    expect(part.owner).toBe(2);
    const owner = readTrustees(group, text).all[1]!;
    readDecryption(group, made.election.fingerprint, owner, readTally(made.election, tallyText!), part.message!);
    expect(await refusalOf({ ...request, file: keyFileText(group, 5n) })).toBe('unknown-trustee');
    expect(await refusalOf({ ...request, file: keyFileText(groupNamed('BELENIOS-2048'), 5n) })).toBe('unknown-group');
    expect(await refusalOf({ ...request, file: first[0]!.file! })).toBe('wrong-shape');
    expect(await refusalOf({ type: 'polynomial', file: first[1]!.file!, certificates: [certificates[1]!, certificates[0]!, certificates[2]!] })).toBe('wrong-certificate');
    expect(await refusalOf({ type: 'polynomial', file: third[0]!.file!, certificates })).toBe('wrong-seed');
  });

  test('make a key of their own where all are needed', async () => {
    const { file, message } = await ask({ type: 'key', group: 'BELENIOS-2048' });
    const text = JSON.stringify([['Single', JSON.parse(message!) as object]]);
    expect(readTrustees(groupNamed('BELENIOS-2048'), text).all).toHaveLength(1);
    expect(await ask({ type: 'look', file: file! })).toEqual({ kind: 'key', group: 'BELENIOS-2048' });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['another group', '{"group":"RFC-3526-2048","private_key":"5"}'],
    ['a key in another form', '{"group":"Ed25519","private_key":"05"}'],
    ['a key beyond the order', `{"group":"Ed25519","private_key":"${group.order}"}`],
    ['spaces', '{"group": "Ed25519","private_key":"5"}'],
    ['a seed that is none', '{"group":"Ed25519","index":1,"seed":"0"}'],
    ['the public key', '{"pok":{"challenge":"1","response":"1"},"public_key":"00"}'],
  ])('refuse a file with %s', async (_, file) => {
    expect(await refusalOf({ type: 'look', file })).not.toBe('nothing refused');
  });
});

describe('the registrar in a worker', () => {
  test('makes credentials with progress, and keeps those of a register', async () => {
    const voters = Array.from({ length: 120 }, (_, i) => ({ identity: `voter ${i}`, weight: 1 + (i % 2) }));
    const run = async (register: never[] | { identity: string; weight: number; credential: string }[]) => {
      const steps: number[] = [];
      const worker = new RegistrarWorker(inThread(serveRegistrar) as unknown as Worker);
      const answer = await worker.ask({ group: 'Ed25519', election: '7HAFgTqYbNj3Wm', voters, register }, (done) => steps.push(done));
      worker.close();
      if (isRefused(answer)) throw new Error(answer.reason);
      return { ...answer, steps };
    };
    const first = await run([]);
    expect(first.steps).toEqual([0, 50, 100]);
    expect(JSON.parse(first.publicText)).toHaveLength(120);
    const again = await run([...first.register]);
    expect(again.publicText).toBe(first.publicText);
    expect(again.hash).toBe(first.hash);
  });
});
