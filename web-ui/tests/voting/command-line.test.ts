import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { makeElection } from '../../dev/sample-election';
import { ArchiveWriter } from '../../dev/archive-writer';
import { encryptBallot } from '../../src/voting/ballot-encryption';
import { Board } from '../../src/voting/board';
import { readCertificateSet } from '../../src/voting/ceremony/certificate';
import { routedTo, thresholdRecord } from '../../src/voting/ceremony/routing';
import { readCredentialList } from '../../src/voting/credential-list';
import { readDecryption } from '../../src/voting/decryption';
import { groupNamed } from '../../src/voting/group/groups';
import { aboutText, entitled, publicList, readAbout, readRegister, registerText } from '../../src/voting/register';
import { tallyText } from '../../src/voting/tally';
import { readTrusteeFile } from '../../src/voting/trustee-file';
import { readTrustees } from '../../src/voting/trustees';
import { isRefused } from '../../src/voting/workers/one-at-a-time';
import { type TrusteeAnswer, type TrusteeRequest, serveTrustee } from '../../src/voting/workers/trustee-service';
import { TrusteeWorker } from '../../src/voting/workers/trustee-worker';
import { inThread } from './in-thread';

/** `./madang`, whose files the pages share: MADANG_CLASSPATH='gateway/target/gateway-0.1.0.jar:gateway/target/lib/*' and a JDK 25 in JAVA_HOME. */
const CLASSPATH = process.env.MADANG_CLASSPATH ?? '';
const JAVA = join(process.env.JAVA_HOME ?? '/usr', 'bin/java');
const present = CLASSPATH !== '' && existsSync(JAVA);

const group = groupNamed('Ed25519');
const ELECTION = '7HAFgTqYbNj3Wm';

async function ask(request: TrusteeRequest): Promise<TrusteeAnswer> {
  const worker = new TrusteeWorker(inThread(serveTrustee));
  const answer = await worker.ask(request);
  worker.close();
  if (isRefused(answer)) throw new Error(`${answer.reason} at ${answer.place}`);
  return answer;
}

describe.skipIf(!present)('the files of ./madang', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'madang-files-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const at = (name: string): string => join(folder, name);
  const text = (name: string): string => readFileSync(at(name), 'utf8').trimEnd();
  const give = (name: string, content: string): string => {
    writeFileSync(at(name), content);
    return at(name);
  };
  function madang(...words: string[]): void {
    const options = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-cp', CLASSPATH, 'io.madang.gateway.Main'];
    const done = spawnSync(JAVA, [...options, ...words], { encoding: 'utf8', timeout: 60_000 });
    if (done.status !== 0) throw new Error(done.stderr + done.stdout);
  }

  test('hold one ceremony with those of the trustees’ page, and either decrypts with a key of the other', async () => {
    // Trustee 1 uses the command line, trustee 2 the page.
    madang('trustee', 'certificate', '--group', 'Ed25519', '--size', '2', '--threshold', '1', '--index', '1', '--out', at('one'));
    const page = await ask({ type: 'certificate', group: 'Ed25519', place: { index: 2, size: 2, threshold: 1 } });
    const certificates = [text('one/certificate.json'), page.message!];
    const certificateFiles = [at('one/certificate.json'), give('two-certificate.json', page.message!)];
    madang('trustee', 'polynomial', '--member', at('one/member-private.json'), '--certificate', ...certificateFiles, '--out', at('one/polynomial.json'));
    const shared = await ask({ type: 'polynomial', file: page.file!, certificates });
    const polynomials = [text('one/polynomial.json'), shared.message!];
    const polynomialFiles = [at('one/polynomial.json'), give('two-polynomial.json', shared.message!)];
    madang('trustee', 'key', '--member', at('one/member-private.json'), '--certificate', ...certificateFiles, '--polynomial', ...polynomialFiles, '--out', at('one'));
    const set = readCertificateSet(group, certificates);
    const own = await ask({ type: 'answer', file: page.file!, certificates, routed: routedTo(group, set, polynomials, 2) });
    // The page goes on where the command line stopped, too.
    const again = await ask({ type: 'answer', file: text('one/member-private.json'), certificates, routed: routedTo(group, set, polynomials, 1) });
    expect(again.file).toBe(text('one/trustee-private.json'));

    const trustees = JSON.stringify([['Pedersen', thresholdRecord(group, set, polynomials, [text('one/member-public.json'), own.message!])]]);
    const secrets = [again, own].map(({ file }) => (readTrusteeFile(file!) as { secret: bigint }).secret);
    const made = makeElection(group, { text: trustees, secrets, enough: [1] }, [{ question: '?', answers: ['가'], min: 0, max: 1, blank: false }], [1]);
    const board = new Board(made.election, readCredentialList(made.credentialsText));
    const ballot = encryptBallot(made.election, made.voters[0]!.credential, [[0]]).text;
    board.add(ballot);
    const tally = tallyText(group, board.tally());
    const archive = new ArchiveWriter().setup(made.election.text, trustees, made.credentialsText).ballot(ballot).endBallots().tally(tally, 1, 1);
    writeFileSync(at('election.bel'), archive.bytes());
    madang('trustee', 'decrypt', at('election.bel'), '--key', give('two-private.json', own.file!), '--out', at('two-decryption.json'));
    const parties = readTrustees(group, trustees).all;
    readDecryption(group, made.election.fingerprint, parties[1]!, board.tally(), text('two-decryption.json'));
    const keys = parties.map(({ verificationKeyText }) => verificationKeyText);
    const part = await ask({ type: 'decrypt', file: text('one/trustee-private.json'), electionText: made.election.text, trustees: keys, tallyText: tally });
    expect(part.owner).toBe(1);
  });

  test('hold one register with those of the registrar’s page', () => {
    give('voters.txt', 'minji@campus.example\n동아리연합회,3\n');
    madang('registrar', 'credentials', '--group', 'Ed25519', '--election-id', ELECTION, '--voters', at('voters.txt'), '--title', '선거 "하나"', '--out', at('theirs'));
    const read = readRegister(text('theirs/credentials.csv'));
    if (!read.valid) throw new Error(read.problem);
    expect(readAbout(text('theirs/registrar.json'))).toEqual({ election: ELECTION, group: 'Ed25519', title: '선거 "하나"' });
    expect(publicList(group, ELECTION, read.value)).toBe(text('theirs/public-credentials.json'));
    expect(registerText(read.value)).toBe(text('theirs/credentials.csv'));

    const ours = entitled([{ identity: 'minji@campus.example', weight: 1 }, { identity: '동아리연합회', weight: 3 }]);
    madang('registrar', 'credentials', '--group', 'Ed25519', '--election-id', ELECTION, '--count', '2', '--out', at('ours'));
    give('ours/credentials.csv', registerText(ours));
    give('ours/registrar.json', aboutText({ election: ELECTION, group: 'Ed25519', title: '우리 선거' }));
    madang('registrar', 'revoke', '--dir', at('ours'), '--voter', 'minji@campus.example');
    expect(text('ours/public-credentials.json')).toBe(publicList(group, ELECTION, ours.slice(1)));
  });
});
