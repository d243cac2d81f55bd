import type { Choice } from '../src/voting/answer';
import { BoothWorker } from '../src/voting/workers/booth-worker';
import { verifyInWorkers } from '../src/voting/workers/verify-in-workers';

/** What the bench calls inside the browser. */
const bench = {
  /** Milliseconds to prepare, and to encrypt each of several ballots. */
  async encrypt(electionText: string, credential: string, choices: Choice[], times: number): Promise<number[]> {
    const worker = new BoothWorker();
    const milliseconds: number[] = [];
    let start = performance.now();
    const lap = (): void => {
      milliseconds.push(performance.now() - start);
      start = performance.now();
    };
    const prepared = await worker.prepare(electionText);
    if (!prepared.valid) throw new Error(prepared.reason);
    lap();
    for (let i = 0; i < times; i++) {
      await worker.encrypt(credential, choices);
      lap();
    }
    worker.close();
    return milliseconds;
  },

  async verify(url: string, workers: number): Promise<{ milliseconds: number; ballots: number }> {
    const start = performance.now();
    const report = await verifyInWorkers(url, { workers });
    if (!report.valid) throw new Error(`${report.reason} at ${report.place}`);
    return { milliseconds: performance.now() - start, ballots: report.ballots };
  },
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
