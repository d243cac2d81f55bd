import { Refusal, Unreachable } from '../api/client';
import type { MerchantIntent, Refund } from '../api/types';

type Post = (path: string, body: unknown, idempotencyKey: string) => Promise<Refund>;

/**
 * Gives back. The key of an attempt is kept until it is known how it ended, so that trying again, even after a reload, cannot refund twice.
 */
export class Refunds {
  constructor(
    private readonly storage: Storage,
    private readonly item: string,
    private readonly post: Post,
  ) {}

  /** @throws Unreachable when it is not known yet whether it was given back, Refusal */
  async refund(intent: MerchantIntent, amount: number): Promise<void> {
    const attempt = `${intent.id}/${intent.refunded ?? 0}/${amount}`;
    const attempts = this.attempts();
    const key = (attempts[attempt] ??= crypto.randomUUID());
    this.storage.setItem(this.item, JSON.stringify(attempts));
    try {
      const answer = await this.post(`/v1/intents/${intent.id}/refunds`, { amount }, key);
      if (answer.status === 'pending') throw new Unreachable('busy');
    } catch (error) {
      // 409 may also mean that the first attempt still runs: only a refusal of the refund itself ends it.
      if (error instanceof Refusal && !error.problem.startsWith('idempotency')) this.forget(attempt);
      throw error;
    }
    this.forget(attempt);
  }

  private attempts(): Record<string, string> {
    return JSON.parse(this.storage.getItem(this.item) ?? '{}') as Record<string, string>;
  }

  private forget(attempt: string): void {
    const attempts = this.attempts();
    delete attempts[attempt];
    this.storage.setItem(this.item, JSON.stringify(attempts));
  }
}
