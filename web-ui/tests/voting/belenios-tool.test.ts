import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ArchiveWriter } from '../../dev/archive-writer';
import { type Vote, holdElection, makeElection, makeTrustees } from '../../dev/sample-election';
import { GROUPS } from '../../src/voting/group/groups';
import { verifyArchive } from '../../src/voting/verification';
import { Random, seeds } from '../seeds';
import { randomChoice, randomQuestion } from './random-votes';

/** The reference implementation, which shares no line with ours. Version 2 knows BELENIOS-2048 only; 3 is not in every system. */
const TOOL = process.env.BELENIOS_TOOL ?? 'belenios-tool';
const installed = spawnSync(TOOL, ['--version'], { encoding: 'utf8' });
const version = Number(/^\d+/.exec(installed.stdout ?? '')?.[0] ?? 0);
const offered = GROUPS.filter(({ name }) => version >= 3 || name === 'BELENIOS-2048');
const title = version > 0 ? `belenios-tool ${version}` : 'belenios-tool (not installed: apt-get install belenios-tool, or say where by BELENIOS_TOOL)';

function tool(folder: string, command: string, input = ''): { status: number | null; out: string; err: string } {
  const environment = { ...process.env, BELENIOS_USE_URANDOM: '1' };
  const done = spawnSync(TOOL, command.split(' '), { cwd: folder, input, env: environment, encoding: 'utf8', timeout: 60_000 });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

describe.skipIf(version === 0)(title, { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'madang-belenios-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(offered)('in $name', (group) => {
    test.each(seeds(2))('accepts an election of ours, seed %i', async (seed) => {
      const random = new Random(seed);
      const trustees = await makeTrustees(group, seed % 2, { size: 3, threshold: 2 });
      const questions = [randomQuestion(random), { ...randomQuestion(random), blank: true }];
      const made = makeElection(group, trustees, questions, [1, 3, 1]);
      const votes = [0, 1, 2, 1].map((voter): Vote => ({ voter, choices: questions.map((question) => randomChoice(random, question)) }));
      const { archive, ballots } = holdElection(made, votes);
      const home = mkdtempSync(join(folder, 'ours-'));
      const { election, credentialsText } = made;
      writeFileSync(join(home, `${election.uuid}.bel`), archive.bytes());
      const verified = tool(home, `election verify --dir ${home}`);
      expect(verified.err).toContain('all checks passed');
      expect(verified.status).toBe(0);
      if (version < 3) return;

      // Version 3 verifies archives without waiting for what it finds of their ballots; it must be asked for each.
      const open = join(home, 'open');
      mkdirSync(open);
      writeFileSync(join(open, `${election.uuid}.bel`), new ArchiveWriter().setup(election.text, trustees.text, credentialsText).bytes());
      const asked = (ballot: string): number | null => {
        writeFileSync(join(home, 'ballot'), ballot);
        return tool(home, `election verify-ballot --dir ${open} --ballot ballot`).status;
      };
      expect(ballots.map(asked)).toEqual(ballots.map(() => 0));
      expect(asked(ballots[0]!.replace(/"response":"[0-9]{5}/, '"response":"12345'))).not.toBe(0);
    });

    test('makes archives that we accept, and that we count as it does', async () => {
      const home = mkdtempSync(join(folder, 'theirs-'));
      const run = (command: string, input = ''): string => {
        const { status, out, err } = tool(home, command, input);
        if (status !== 0) throw new Error(`${command}: ${err}`);
        return out;
      };
      const write = (name: string, text: string): void => writeFileSync(join(home, name), text);
      const read = (ending: string): string => readFileSync(join(home, file(ending)), 'utf8');
      const file = (ending: string): string => readdirSync(home).find((name) => name.endsWith(ending))!;
      const uuid = run('setup generate-token').trim();
      write('voters.txt', 'a@example.com,a\nb@example.com,b\nc@example.com,c\n');
      run(`setup generate-credentials --uuid ${uuid} --group ${group.name} --file voters.txt`);
      run(`setup generate-trustee-key --group ${group.name}`);
      write('public_keys.jsons', read('.pubkey'));
      run('setup make-trustees');
      const questions = [
        { answers: ['예', '아니오 "/" \\'], min: 1, max: 1, question: '찬성?\n두 번째 줄\u007f' },
        { answers: ['가', '나', '다'], blank: true, min: 1, max: 2, question: '둘까지' },
      ];
      write('template.json', JSON.stringify({ description: '설명', name: '이름', questions, administrator: '관리자', credential_authority: '발급자' }));
      run(`setup make-election --uuid ${uuid} --group ${group.name} --template template.json`);
      write('public_creds.json', read('.pubcreds'));
      run('archive init');
      const privates = version >= 3
        ? Object.values(JSON.parse(read('.privcreds')) as Record<string, string>)
        : read('.privcreds').trim().split('\n').map((line) => line.split(' ')[1]!);
      const cast = [
        [0, [[1, 0], [1, 0, 0, 0]]],
        [1, [[0, 1], [0, 1, 1, 0]]],
        [0, [[0, 1], [0, 0, 0, 1]]],
      ] as const;
      for (const [voter, choices] of cast) {
        write('credential', privates[voter]!);
        write('choices', JSON.stringify(choices));
        const option = version >= 3 ? '--choice' : '--ballot';
        run('archive add-event --type=Ballot', run(`election generate-ballot --privcred credential ${option} choices`).trim());
      }
      run('archive add-event --type=EndBallots');
      run('archive add-event --type=EncryptedTally', run('election compute-encrypted-tally').trim());
      run('archive add-event --type=PartialDecryption', run(`election decrypt --privkey ${file('.privkey')} --trustee-id 1`).trim());
      run('archive add-event --type=Result', run('election compute-result').trim());
      const verdict = await verifyArchive(new Uint8Array(readFileSync(join(home, file('.bel')))));
      expect(verdict).toMatchObject({ valid: true, stage: 'complete', ballots: 3, counts: [[0n, 2n], [0n, 1n, 1n, 1n]] });
    });
  });
});
