import { chainInfo } from '../app/chain-info';
import { type Method, Refusal, call, download } from '../api/client';
import { type EventStream, listen } from '../api/events';
import type { ChainInfo, Merchant, MerchantIntent } from '../api/types';
import { Refunds } from './refunds';

export type Phase = 'loading' | 'signed-out' | 'ready';

const RETRY_MILLIS = 2_000;
/** A file is made while it is waited for. */
const FILE_PATIENCE_MILLIS = 120_000;

/** A shop that has signed in by its API key, in a room of its own: who it is, and word of everything that happens to it. */
export abstract class ShopSession {
  phase = $state<Phase>('loading');
  merchant = $state.raw<Merchant>();
  live = $state(true);
  trouble = $state.raw<unknown>();

  readonly #storage: Storage;
  readonly #keyItem: string;
  readonly #refundsItem: string;
  readonly #refunds: Refunds;
  #key: string | undefined;
  #stream: EventStream | undefined;

  /** @param storage decides how long the key is remembered */
  constructor(storage: Storage, room: string) {
    this.#storage = storage;
    this.#keyItem = `madang.${room}.key`;
    this.#refundsItem = `madang.${room}.refunds`;
    this.#refunds = new Refunds(storage, this.#refundsItem, (path, body, key) => this.call('POST', path, body, key));
  }

  async begin(): Promise<void> {
    const key = this.#storage.getItem(this.#keyItem);
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
    this.#key = key;
    this.#storage.setItem(this.#keyItem, key);
    this.merchant = merchant;
    this.trouble = undefined;
    await this.opened(chain);
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

  /** What a room reads before it shows itself. */
  protected abstract opened(chain: ChainInfo): Promise<void>;

  signOut(): void {
    this.#stream?.close();
    for (const item of [this.#keyItem, this.#refundsItem]) this.#storage.removeItem(item);
    this.#key = undefined;
    this.merchant = undefined;
    this.phase = 'signed-out';
  }

  /** Reads again what may have changed. */
  abstract refresh(): Promise<void>;

  /** Gives back. @throws Unreachable when it is not known yet whether that was done, Refusal */
  async refund(intent: MerchantIntent, amount: number): Promise<void> {
    await this.#refunds.refund(intent, amount);
    await this.refresh();
  }

  async call<Answer>(method: Method, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    return call<Answer>(method, path, { body, token: this.#key, ...(idempotencyKey ? { idempotencyKey } : {}) });
  }
  /** A file of the shop's own. @throws Refusal or Unreachable */
  async file(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return download(path, { token: this.#key, accept: '*/*', timeoutMillis: FILE_PATIENCE_MILLIS });
  }
}
