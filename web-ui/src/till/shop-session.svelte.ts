import { KeySession } from '../app/key-session.svelte';
import { call } from '../api/client';
import { type EventStream, listen } from '../api/events';
import type { ChainInfo, Merchant, MerchantIntent } from '../api/types';
import { Refunds } from './refunds';

/** A shop in a room of its own: who it is, and word of everything that happens to it. */
export abstract class ShopSession extends KeySession<Merchant> {
  merchant = $state.raw<Merchant>();
  live = $state(true);

  readonly #storage: Storage;
  readonly #refundsItem: string;
  readonly #refunds: Refunds;
  #stream: EventStream | undefined;

  /** @param storage decides how long the key is remembered */
  constructor(storage: Storage, room: string) {
    super(storage, room);
    this.#storage = storage;
    this.#refundsItem = `madang.${room}.refunds`;
    this.#refunds = new Refunds(storage, this.#refundsItem, (path, body, key) => this.call('POST', path, body, key));
  }

  override async signIn(key: string): Promise<void> {
    await super.signIn(key);
    this.#stream?.close();
    this.#stream = listen('/v1/events?topics=merchant', () => this.key, {
      onevent: () => void this.refresh(),
      onlive: (live) => {
        this.live = live;
        if (live) void this.refresh();
      },
    });
  }

  protected override async recognized(key: string): Promise<Merchant> {
    return call<Merchant>('GET', '/v1/merchant', { token: key });
  }

  protected override async opened(merchant: Merchant, chain: ChainInfo): Promise<void> {
    this.merchant = merchant;
    await this.begun(chain);
  }

  /** What a room reads before it shows itself. */
  protected abstract begun(chain: ChainInfo): Promise<void>;

  override signOut(): void {
    this.#stream?.close();
    this.#storage.removeItem(this.#refundsItem);
    this.merchant = undefined;
    super.signOut();
  }

  /** Reads again what may have changed. */
  abstract refresh(): Promise<void>;

  /** Gives back. @throws Unreachable when it is not known yet whether that was done, Refusal */
  async refund(intent: MerchantIntent, amount: number): Promise<void> {
    await this.#refunds.refund(intent, amount);
    await this.refresh();
  }
}
