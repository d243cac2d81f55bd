import type { Choice } from '../answer';
import type { Refused } from '../refusal';
import type { EncryptReply, EncryptRequest } from './encrypt-service';
import { type Spawned, WorkerFailure, spawned } from './port';

type Final = Exclude<EncryptReply, { type: 'progress' }>;

/** The page's side of the worker that encrypts ballots. One thing at a time; `close` stops whatever is under way. */
export class BoothWorker {
  private waiting: { resolve: (reply: Final) => void; reject: (failure: Error) => void } | undefined;
  private onProgress: ((done: number, all: number) => void) | undefined;

  constructor(
    private readonly worker: Spawned<EncryptRequest, EncryptReply> = spawned(
      new Worker(new URL('./encrypt.worker.ts', import.meta.url), { type: 'module' }),
    ),
  ) {
    worker.onerror = ({ message }) => this.fail(message ?? 'the worker failed');
    worker.onmessage = ({ data }) => {
      if (data.type === 'progress') this.onProgress?.(data.done, data.all);
      else if (data.type === 'failed') this.fail(data.message);
      else this.settle((waiting) => waiting.resolve(data));
    };
  }

  /** Reads the election's record. Its fingerprint, or why it is refused. */
  async prepare(electionText: string): Promise<{ valid: true; fingerprint: string } | Refused> {
    const reply = await this.ask({ type: 'prepare', electionText });
    if (reply.type === 'refused') return reply.refused;
    return { valid: true, fingerprint: expected(reply, 'ready').fingerprint };
  }

  /**
   * The public part of a credential in the prepared election. The voter has typed the right one if it is in the election's list.
   *
   * @param credential in its one form, see `readCredential`
   */
  async identify(credential: string): Promise<string> {
    return expected(await this.ask({ type: 'identify', credential }), 'identified').publicCredential;
  }

  /**
   * Encrypts and signs a ballot for the prepared election.
   *
   * @param credential in its one form, see `readCredential`
   * @throws WorkerFailure for a choice that is not allowed; ask `choiceProblem` before
   */
  async encrypt(
    credential: string,
    choices: readonly Choice[],
    onProgress?: (done: number, all: number) => void,
  ): Promise<{ text: string; tracker: string }> {
    this.onProgress = onProgress;
    const { text, tracker } = expected(await this.ask({ type: 'encrypt', credential, choices }), 'encrypted');
    return { text, tracker };
  }

  /** The openings of the last ballot, for `auditBallot` on any machine. Never cast a ballot that was opened. */
  async open(): Promise<string> {
    return expected(await this.ask({ type: 'open' }), 'opened').openings;
  }

  /** To be called once the last ballot is cast: nobody can open it any more. */
  async forget(): Promise<void> {
    expected(await this.ask({ type: 'forget' }), 'forgotten');
  }

  close(): void {
    this.worker.terminate();
    this.fail('closed');
  }

  private ask(request: EncryptRequest): Promise<Final> {
    if (this.waiting) throw new WorkerFailure('the worker is busy');
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage(request);
    });
  }

  private settle(how: (waiting: NonNullable<BoothWorker['waiting']>) => void): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) how(waiting);
  }

  private fail(message: string): void {
    this.settle((waiting) => waiting.reject(new WorkerFailure(message)));
  }
}

function expected<Type extends Final['type']>(reply: Final, type: Type): Extract<Final, { type: Type }> {
  if (reply.type !== type) throw new WorkerFailure(`the worker answered ${reply.type}`);
  return reply as Extract<Final, { type: Type }>;
}
