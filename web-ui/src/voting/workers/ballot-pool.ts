import type { Batch, BatchChecker } from '../batch';
import type { Election } from '../election';
import type { Refused } from '../refusal';
import type { BallotsReply, BallotsRequest } from './ballots-service';
import { type Spawned, WorkerFailure } from './port';

interface Waiting {
  readonly resolve: (reply: BallotsReply) => void;
  readonly reject: (failure: Error) => void;
}

/** One worker and the requests that it has not answered yet. */
class Checker {
  private readonly waiting: Waiting[] = [];

  constructor(private readonly worker: Spawned<BallotsRequest, BallotsReply>) {
    worker.onmessage = ({ data }) => this.waiting.shift()?.resolve(data); // nobody waits any more once it is closed
    worker.onerror = ({ message }) => this.fail(new WorkerFailure(message ?? 'a worker failed'));
  }

  get load(): number {
    return this.waiting.length;
  }

  ask(request: BallotsRequest): Promise<BallotsReply> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(request);
    });
  }

  close(): void {
    this.worker.terminate();
    this.fail(new WorkerFailure('closed'));
  }

  private fail(failure: Error): void {
    this.waiting.splice(0).forEach(({ reject }) => reject(failure));
  }
}

/** Spreads ballots over several workers. Each may have one batch more than the one it works on, so that none is ever idle. */
export class BallotPool implements BatchChecker {
  private readonly checkers: readonly Checker[];
  readonly width: number;

  constructor(workers: readonly Spawned<BallotsRequest, BallotsReply>[]) {
    this.checkers = workers.map((worker) => new Checker(worker));
    this.width = 2 * workers.length;
  }

  async open({ text }: Election): Promise<void> {
    await Promise.all(this.checkers.map((checker) => checker.ask({ type: 'open', electionText: text })));
  }

  async check(batch: Batch): Promise<Refused | undefined> {
    const idlest = this.checkers.reduce((best, checker) => (checker.load < best.load ? checker : best));
    return (await idlest.ask({ type: 'check', batch })).refused;
  }

  close(): void {
    this.checkers.forEach((checker) => checker.close());
  }
}
