import type { Refused } from '../refusal';
import { refusedBy } from '../refusal';
import type { Port, Spawned } from './port';
import { WorkerFailure } from './port';

/** What a worker answers: how far it is, what it made, an expected "no", or that it broke. */
export type Reply<Answer> =
  | { readonly type: 'progress'; readonly done: number; readonly all: number }
  | { readonly type: 'done'; readonly answer: Answer }
  | { readonly type: 'refused'; readonly refused: Refused }
  | { readonly type: 'failed'; readonly message: string };

export type OnProgress = (done: number, all: number) => void;

/** The inside of a worker that does one thing after the other. */
export function serve<Request, Answer>(
  port: Port<Request, Reply<Answer>>,
  work: (request: Request, onProgress: OnProgress) => Answer | Promise<Answer>,
): void {
  port.onmessage = async ({ data }) => {
    try {
      const answer = await work(data, (done, all) => port.postMessage({ type: 'progress', done, all }));
      port.postMessage({ type: 'done', answer });
    } catch (error) {
      port.postMessage(failureOf(error));
    }
  };
}

function failureOf(error: unknown): Reply<never> {
  try {
    return { type: 'refused', refused: refusedBy(error) };
  } catch {
    return { type: 'failed', message: String(error) };
  }
}

/** The outside of it. `close` stops whatever is under way. */
export class OneAtATime<Request, Answer> {
  private waiting: { resolve: (answer: Answer | Refused) => void; reject: (failure: Error) => void } | undefined;
  private onProgress: OnProgress | undefined;

  constructor(private readonly worker: Spawned<Request, Reply<Answer>>) {
    worker.onerror = ({ message }) => this.fail(message ?? 'the worker failed');
    worker.onmessage = ({ data }) => {
      if (data.type === 'progress') this.onProgress?.(data.done, data.all);
      else if (data.type === 'failed') this.fail(data.message);
      else this.settle((waiting) => waiting.resolve(data.type === 'done' ? data.answer : data.refused));
    };
  }

  /** The answer, or why it is refused. @throws WorkerFailure when something broke */
  ask(request: Request, onProgress?: OnProgress): Promise<Answer | Refused> {
    if (this.waiting) throw new WorkerFailure('the worker is busy');
    this.onProgress = onProgress;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage(request);
    });
  }

  close(): void {
    this.worker.terminate();
    this.fail('closed');
  }

  private settle(how: (waiting: NonNullable<typeof this.waiting>) => void): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) how(waiting);
  }

  private fail(message: string): void {
    this.settle((waiting) => waiting.reject(new WorkerFailure(message)));
  }
}

/** Whether an answer is an expected "no". */
export function isRefused(answer: unknown): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'valid' in answer && answer.valid === false;
}
