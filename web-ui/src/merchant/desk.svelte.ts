import { chainInfo } from '../app/chain-info';
import { type Method, Refusal, call } from '../api/client';
import { type EventStream, listen } from '../api/events';
import type { Merchant, MerchantIntent } from '../api/types';
import { Refunds } from '../till/refunds';

const KEY = 'madang.merchant.key';
const REFUNDS = 'madang.merchant.refunds';
const RETRY_MILLIS = 2_000;

/** Who runs the shop here. An owner's key may do everything, so it is forgotten with the tab. */
class Desk {
  phase = $state<'loading' | 'signed-out' | 'ready'>('loading');
  merchant = $state.raw<Merchant>();
  asset = $state('');
  live = $state(true);
  trouble = $state.raw<unknown>();
  /** Counts news: who shows a list reads it again. */
  news = $state(0);

  readonly #refunds = new Refunds(sessionStorage, REFUNDS, (path, body, key) => this.call('POST', path, body, key));
  #key: string | undefined;
  #stream: EventStream | undefined;

  get isOwner(): boolean {
    return this.merchant?.role === 'owner';
  }

  async begin(): Promise<void> {
    const key = sessionStorage.getItem(KEY);
    if (!key) {
      this.phase = 'signed-out';
      return;
    }
    try {
      await this.signIn(key);
    } catch (error) {
      if (error instanceof Refusal) return this.signOut();
      this.trouble = error;
      setTimeout(() => void this.begin(), RETRY_MILLIS);
    }
  }

  /** @throws Refusal when the key is not right, Unreachable */
  async signIn(key: string): Promise<void> {
    const merchant = await call<Merchant>('GET', '/v1/merchant', { token: key });
    const chain = await chainInfo();
    this.asset = chain.assets.find((asset) => asset.kind === 'coin')?.code ?? '';
    this.#key = key;
    sessionStorage.setItem(KEY, key);
    this.merchant = merchant;
    this.trouble = undefined;
    this.phase = 'ready';
    this.#stream?.close();
    this.#stream = listen('/v1/events?topics=merchant', () => this.#key, {
      onevent: () => void this.refresh(),
      onlive: (live) => {
        this.live = live;
        if (live) void this.refresh();
      },
    });
  }

  signOut(): void {
    this.#stream?.close();
    for (const item of [KEY, REFUNDS]) sessionStorage.removeItem(item);
    this.#key = undefined;
    this.merchant = undefined;
    this.phase = 'signed-out';
  }

  async refresh(): Promise<void> {
    try {
      this.merchant = await this.call<Merchant>('GET', '/v1/merchant');
      this.news++;
    } catch {
      // The stream says whether the connection is lost.
    }
  }

  /** Gives back. @throws Unreachable when it is not known yet whether that was done, Refusal */
  async refund(intent: MerchantIntent, amount: number): Promise<void> {
    await this.#refunds.refund(intent, amount);
    await this.refresh();
  }

  async call<Answer>(method: Method, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    return call<Answer>(method, path, { body, token: this.#key, ...(idempotencyKey ? { idempotencyKey } : {}) });
  }
}

export const desk = new Desk();
