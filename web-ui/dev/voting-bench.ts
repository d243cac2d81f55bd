import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';

import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

import { GROUPS } from '../src/voting/group/groups';
import type { Bench } from './voting-bench-page';
import { holdElection, makeElection, makeTrustees } from './sample-election';

/**
 * Measures ballots in a real browser: encrypting one with five answers, and verifying a whole archive. The archives are made first, if they
 * are not there: `node dev/run.js dev/voting-bench.ts make`, then `node dev/run.js dev/voting-bench.ts`.
 */
const BALLOTS = Number(process.env.BALLOTS ?? 1_000);
const QUESTION = { question: '?', answers: ['가', '나', '다', '라', '마'], min: 1, max: 1, blank: false };
const archivePath = (group: string): string => `target/bench/${group}-${BALLOTS}.bel`;

for (const group of GROUPS) {
  if (existsSync(archivePath(group.name)) || group.name !== 'Ed25519') continue;
  const made = makeElection(group, await makeTrustees(group, 1, { size: 3, threshold: 2 }), [QUESTION], new Array<number>(BALLOTS).fill(1));
  const votes = Array.from({ length: BALLOTS }, (_, voter) => ({ voter, choices: [[voter % 5]] }));
  mkdirSync('target/bench', { recursive: true });
  writeFileSync(archivePath(group.name), holdElection(made, votes).archive.bytes());
}
if (process.argv[3] === 'make') process.exit();

// Built as the pages are: what is measured is what a voter gets.
const site = 'target/bench/site';
const { build: pages, worker } = (await import('../vite.config')).default;
await build({
  configFile: false,
  logLevel: 'error',
  worker,
  build: { target: pages!.target, outDir: site, emptyOutDir: true, rollupOptions: { input: 'dev/voting-bench.html' } },
});
copyFileSync(archivePath('Ed25519'), `${site}/archive.bel`);
const server = await preview({ configFile: false, logLevel: 'error', build: { outDir: site }, preview: { port: 0, host: '127.0.0.1' } });
const origin = server.resolvedUrls!.local[0]!;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(error.message));
await page.goto(`${origin}dev/voting-bench.html`);
await page.waitForFunction(() => 'bench' in globalThis);

const rounded = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;
for (const group of GROUPS) {
  const { election, voters } = makeElection(group, await makeTrustees(group, 1), [QUESTION], [1]);
  const [prepare, first, ...others] = await page.evaluate(
    ([text, credential]) => (globalThis as unknown as { bench: Bench }).bench.encrypt(text!, credential!, [[1]], 10),
    [election.text, voters[0]!.credential],
  );
  const middle = others.sort((a, b) => a - b)[others.length >> 1]!;
  console.log(`${group.name}: prepare ${rounded(prepare!)}, first ballot with 5 answers ${rounded(first!)}, median of the next 9 ${rounded(middle)}`);
}
for (const workers of (process.env.WORKERS ?? '2').split(',').map(Number)) {
  const { milliseconds, ballots } = await page.evaluate(
    ([url, count]) => (globalThis as unknown as { bench: Bench }).bench.verify(url as string, count as number),
    [`${origin}archive.bel`, workers],
  );
  console.log(`Ed25519: ${ballots} ballots with 5 answers verified by ${workers} workers in ${rounded(milliseconds)}`);
}
await browser.close();
await server.close();
