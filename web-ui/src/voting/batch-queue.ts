import type { Batch, BatchChecker } from './batch';
import { Refusal, type Refused } from './refusal';

const SIZES = { ballots: 8, credentials: 64 };

/** Collects batches and gives them to a checker. Faults come out in the order of the archive, whoever finds them first. */
export class BatchQueue {
  private batch: { kind: Batch['kind']; items: { place: string; text: string }[] } = { kind: 'credentials', items: [] };
  private readonly underWay: { batch: Batch; answer: Promise<Refused | undefined> }[] = [];
  private readonly done = { ballots: 0, credentials: 0 };

  constructor(
    private readonly checker: BatchChecker,
    private readonly signal: AbortSignal | undefined,
    private readonly onProgress: (kind: Batch['kind'], done: number) => void,
  ) {}

  async add(kind: Batch['kind'], place: string, text: string): Promise<void> {
    if (this.batch.kind !== kind) await this.giveAway(kind);
    this.batch.items.push({ place, text });
    if (this.batch.items.length === SIZES[kind]) await this.giveAway(kind);
  }

  /** Waits until everything is checked. @throws Refusal that names the first fault */
  async settle(): Promise<void> {
    await this.giveAway(this.batch.kind);
    while (this.underWay.length > 0) await this.takeBack();
  }

  private async giveAway(nextKind: Batch['kind']): Promise<void> {
    const { batch } = this;
    this.batch = { kind: nextKind, items: [] };
    if (batch.items.length > 0) {
      const answer = this.checker.check(batch);
      answer.catch(() => {}); // it is awaited below, in its turn
      this.underWay.push({ batch, answer });
    }
    while (this.underWay.length > this.checker.width) await this.takeBack();
  }

  private async takeBack(): Promise<void> {
    const { batch, answer } = this.underWay.shift()!;
    const refused = await answer;
    this.signal?.throwIfAborted();
    if (refused) {
      this.underWay.length = 0; // what comes later in the archive does not matter any more
      throw new Refusal(refused.reason, refused.place);
    }
    this.done[batch.kind] += batch.items.length;
    this.onProgress(batch.kind, this.done[batch.kind]);
  }
}
