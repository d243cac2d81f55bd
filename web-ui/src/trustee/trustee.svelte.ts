import { Refusal, call } from '../api/client';
import type { CeremonyStep, TrusteeMailbox } from '../api/drafts';
import type { Election } from '../api/elections';
import { type RoleLink, roleLink } from '../app/role-link';
import { isRefused } from '../voting/workers/one-at-a-time';
import { TrusteeWorker } from '../voting/workers/trustee-worker';
import type { TrusteeAnswer, TrusteeRequest } from '../voting/workers/trustee-service';
import type { Refused } from '../voting/refusal';

const POLL_MILLIS = 3_000;

/** What the trustee is to do. */
export type Task = 'make' | 'share' | 'finish' | 'wait' | 'kept' | 'decrypt' | 'decrypted' | 'over';

/**
 * A trustee's room. Secrets are in the trustee's files and, while the page is open, in its memory; never in the browser's storage, which is
 * cleared without asking, copied by profiles that synchronise, and open to whoever uses the machine next.
 */
class TrusteeRoom {
  readonly link: RoleLink | undefined = roleLink(location.hash);
  mailbox = $state.raw<TrusteeMailbox>();
  election = $state.raw<Election>();
  /** It was withdrawn before it opened; the gateway shows it no more. */
  withdrawn = $state(false);
  trouble = $state.raw<unknown>();
  /** Whether anything was heard yet. */
  asked = $state(false);
  /** The member's file of the ceremony, while the page is open. */
  memberFile = $state.raw<string>();
  /** Made, but not yet kept or not yet sent. */
  made = $state.raw<{ readonly step: CeremonyStep; readonly file: string; readonly message: string }>();
  /** Our decryption is on the board, as this page saw it. */
  published = $state.raw<{ readonly transaction: string; readonly owner: number }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get id(): string {
    return this.link?.election ?? '';
  }

  get task(): Task {
    const { election, mailbox } = this;
    if (this.withdrawn) return 'over';
    if (election) {
      if (election.stage === 'finished') return 'over';
      const mine = this.published?.owner ?? mailbox?.index;
      if (election.stage === 'decrypting') return mine !== undefined && election.decryptedBy.includes(mine) ? 'decrypted' : 'decrypt';
      return 'kept';
    }
    if (this.made) return this.made.step === 'voucher' ? 'finish' : 'make';
    switch (mailbox?.step) {
      case 'key':
      case 'certificate':
        return 'make';
      case 'polynomial':
        return 'share';
      case 'voucher':
        return 'finish';
      case 'done':
        return 'kept';
      default:
        return 'wait';
    }
  }

  begin(): () => void {
    if (this.link) void this.#follow();
    return () => clearTimeout(this.#timer);
  }

  async #follow(): Promise<void> {
    await this.refresh();
    this.#timer = setTimeout(() => void this.#follow(), document.visibilityState === 'visible' ? POLL_MILLIS : 5 * POLL_MILLIS);
  }

  async refresh(): Promise<void> {
    const { election, token } = this.link!;
    try {
      const [mailbox, view] = await Promise.all([
        token ? absentIfMissing(call<TrusteeMailbox>('GET', `/v1/election-drafts/${election}/trustee`, { token })) : undefined,
        absentIfMissing(call<Election>('GET', `/v1/elections/${election}`)),
      ]);
      this.mailbox = mailbox;
      this.election = view;
      this.trouble = undefined;
    } catch (error) {
      this.withdrawn = error instanceof Refusal && error.problem === 'election-withdrawn';
      this.trouble = this.withdrawn ? undefined : error;
    }
    this.asked = true;
  }

  /** Sends a message of the ceremony. @throws Refusal or Unreachable */
  async send(step: CeremonyStep, message: string): Promise<void> {
    const { election, token } = this.link!;
    await call('POST', `/v1/election-drafts/${election}/trustee/messages`, { token, body: { step, message }, timeoutMillis: 60_000 });
    this.made = undefined;
    await this.refresh();
  }

  get certificates(): string[] {
    return this.mailbox!.inbox.filter(({ step }) => step === 'certificate').map(({ message }) => message);
  }

  get routed(): string | undefined {
    return this.mailbox!.inbox.find(({ step }) => step === 'polynomial')?.message;
  }
}

/** Undefined for what is not there (yet). */
async function absentIfMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

export const room = new TrusteeRoom();

/** One piece of work in a worker that ends with it, so that its memory goes too. @throws WorkerFailure */
export async function inWorker(request: TrusteeRequest): Promise<TrusteeAnswer | Refused> {
  const worker = new TrusteeWorker();
  try {
    return await worker.ask(request);
  } finally {
    worker.close();
  }
}

export { isRefused };
