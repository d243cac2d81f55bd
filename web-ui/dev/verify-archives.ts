// Verifies archives as the page does, without a page: node dev/run.js dev/verify-archives.ts FILE...
// Prints a line of JSON for each, so that another verifier's verdicts can be laid beside them. With
// no file it reads their names from standard input, one on a line.
import { readFileSync } from 'node:fs';
import { verifyArchive } from '../src/voting/verification';

const named = process.argv.slice(3);
const files = named.length > 0 ? named : readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
for (const file of files) {
  const verdict = await verifyArchive(new Uint8Array(readFileSync(file)));
  process.stdout.write(
    `${JSON.stringify(
      verdict.valid
        ? { file, valid: true, counts: verdict.counts?.map((row) => row.map(String)) ?? null }
        : { file, valid: false, reason: verdict.reason, place: verdict.place },
    )}\n`,
  );
}
