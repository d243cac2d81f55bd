import { chainInfo } from '../app/chain-info';
import { Refusal, call } from '../api/client';
import { type EventStream, listen } from '../api/events';
import type { Merchant, MerchantIntent, Page } from '../api/types';
import { Refunds } from './refunds';

export type Phase = 'loading' | 'signed-out' | 'ready';

const KEY = 'madang.till.key';
const INTENT = 'madang.till.intent';
const REFUNDS = 'madang.till.refunds';
const POLL_MILLIS = 2_000;
const MANY_INTENTS = 20;

/** The till: who we are, the payment being waited for, and the last ones. What is under way survives a reload. */
class Till {
  phase = $state<Phase>('loading');
  merchant = $state.raw<Merchant>();
  assets = $state.raw<readonly string[]>([]);
  /** The intent on the screen. */
  current = $state.raw<MerchantIntent>();
  recent = $state.raw<readonly MerchantIntent[]>();
  live = $state(true);
  trouble = $state.raw<unknown>();

  readonly #refunds = new Refunds(localStorage, REFUNDS, (path, body, key) => this.call('POST', path, body, key));
  #key: string | undefined;
  #stream: EventStream | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;

  async begin(): Promise<void> {
    const key = localStorage.getItem(KEY);
    if (!key) {
      this.phase = 'signed-out';
      return;
    }
    try {
      await this.signIn(key);
    } catch (error) {
      if (error instanceof Refusal) return this.signOut();
      this.trouble = error;
      setTimeout(() => void this.begin(), POLL_MILLIS);
    }
  }

  /** @throws Refusal when the key is not right, Unreachable */
  async signIn(key: string): Promise<void> {
    const merchant = await call<Merchant>('GET', '/v1/merchant', { token: key });
    const chain = await chainInfo();
    this.assets = chain.assets.filter((asset) => asset.kind === 'coin').map((asset) => asset.code);
    this.#key = key;
    localStorage.setItem(KEY, key);
    this.merchant = merchant;
    this.trouble = undefined;
    const intent = localStorage.getItem(INTENT);
    if (intent) await this.#show(intent).catch(() => undefined);
    this.phase = 'ready';
    void this.refresh();
    this.#stream?.close();
    this.#stream = listen('/v1/events?topics=merchant', () => this.#key, {
      onevent: () => void this.refresh(),
      onlive: (live) => {
        this.live = live;
        if (live) void this.refresh();
      },
    });
    // A second eye while a customer waits: a lost event must not hide a payment.
    clearInterval(this.#poll);
    this.#poll = setInterval(() => {
      if (this.current?.status === 'created') void this.look();
    }, POLL_MILLIS);
  }

  signOut(): void {
    this.#stream?.close();
    clearInterval(this.#poll);
    for (const item of [KEY, INTENT, REFUNDS]) localStorage.removeItem(item);
    this.#key = undefined;
    this.merchant = undefined;
    this.current = undefined;
    this.recent = undefined;
    this.phase = 'signed-out';
  }

  async refresh(): Promise<void> {
    try {
      const [merchant, page] = await Promise.all([
        this.call<Merchant>('GET', '/v1/merchant'),
        this.call<Page<MerchantIntent>>('GET', `/v1/intents?limit=${MANY_INTENTS}`),
        this.look(),
      ]);
      this.merchant = merchant;
      this.recent = page.items;
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error;
    }
  }

  /** Asks how the intent on the screen stands. */
  async look(): Promise<void> {
    const id = this.current?.id;
    if (id) await this.#show(id).catch(() => undefined);
  }

  async #show(id: string): Promise<void> {
    const intent = await this.call<MerchantIntent>('GET', `/v1/intents/${id}`);
    // The cashier may have gone on to the next customer meanwhile.
    if (localStorage.getItem(INTENT) !== id) return;
    // An older answer must not take a newer state back.
    if (this.current && (this.current.id !== id || this.current.status !== 'created')) return;
    this.current = intent;
  }

  /** Asks for a payment. A second try after a lost answer finds the same intent. */
  async ask(amount: number, asset: string, idempotencyKey: string): Promise<void> {
    const till = this.merchant?.till;
    const body = { amount, asset, ...(till ? { till } : {}) };
    this.current = await this.call<MerchantIntent>('POST', '/v1/intents', body, idempotencyKey);
    localStorage.setItem(INTENT, this.current.id);
  }

  /** The answer is the intent as it is then: it may have been paid in the meantime. */
  async cancel(): Promise<void> {
    const id = this.current?.id;
    if (!id) return;
    try {
      const intent = await this.call<MerchantIntent>('POST', `/v1/intents/${id}/cancel`, {});
      if (this.current?.id === id) this.current = intent;
    } finally {
      await this.look();
    }
  }

  next(): void {
    this.current = undefined;
    localStorage.removeItem(INTENT);
    void this.refresh();
  }

  /** Gives back. @throws Unreachable when it is not known yet whether that was done, Refusal */
  async refund(intent: MerchantIntent, amount: number): Promise<void> {
    await this.#refunds.refund(intent, amount);
    await this.refresh();
  }

  async call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    return call<Answer>(method, path, { body, token: this.#key, ...(idempotencyKey ? { idempotencyKey } : {}) });
  }
}

export const till = new Till();
