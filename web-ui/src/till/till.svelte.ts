import { Refusal, Unreachable } from '../api/client';
import type { ChainInfo, Merchant, MerchantAct, MerchantIntent, Page } from '../api/types';
import { ShopSession } from './shop-session.svelte';

const INTENT = 'madang.till.intent';
const POLL_MILLIS = 2_000;
const MANY_INTENTS = 20;

/** The till: who we are, the payment being waited for, and the last ones. What is under way survives a reload. */
class Till extends ShopSession {
  assets = $state.raw<readonly string[]>([]);
  /** The intent on the screen. */
  current = $state.raw<MerchantIntent>();
  recent = $state.raw<readonly MerchantIntent[]>();
  /** Whether the cashier wants to scan the customer's code rather than show the till's. */
  scanFirst = false;

  readonly #scans: Record<string, string> = {};
  #poll: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super(localStorage, 'till');
  }

  override async signIn(key: string): Promise<void> {
    await super.signIn(key);
    void this.refresh();
    // A second eye while a customer waits: a lost event must not hide a payment.
    clearInterval(this.#poll);
    this.#poll = setInterval(() => {
      if (this.current?.status === 'created') void this.look();
    }, POLL_MILLIS);
  }

  protected override async begun(chain: ChainInfo): Promise<void> {
    this.assets = chain.assets.filter((asset) => asset.kind === 'coin').map((asset) => asset.code);
    const intent = localStorage.getItem(INTENT);
    if (intent) await this.#show(intent).catch(() => undefined);
  }

  override signOut(): void {
    clearInterval(this.#poll);
    localStorage.removeItem(INTENT);
    this.current = undefined;
    this.recent = undefined;
    super.signOut();
  }

  override async refresh(): Promise<void> {
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
  async ask(amount: number, asset: string, idempotencyKey: string, scanFirst = false): Promise<void> {
    this.scanFirst = scanFirst;
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

  /**
   * Charges the code that the customer shows. While the answer is out, the same key asks again: it is charged once. The camera sees the
   * same code many times, so the key is the code's and not the scan's. @throws Refusal
   */
  async charge(id: string, code: string): Promise<void> {
    const key = (this.#scans[`${id} ${code}`] ??= crypto.randomUUID());
    for (;;) {
      try {
        const act = await this.call<MerchantAct>('POST', `/v1/intents/${id}/customer-code`, { code }, key);
        if (act.status === 'final') break;
      } catch (error) {
        const running = error instanceof Refusal && error.problem === 'idempotency-key-in-use';
        if (!running && !(error instanceof Unreachable)) throw error;
      }
      // Paid by other means, cancelled or over: then whatever became of this charge, the screen tells.
      await this.look();
      if (this.current?.id !== id || this.current.status !== 'created') return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    }
    await this.look();
  }

  next(): void {
    this.current = undefined;
    localStorage.removeItem(INTENT);
    void this.refresh();
  }

  /** Takes what is due of money that is set aside. @throws Unreachable when it is not known yet whether it is done, Refusal */
  async capture(intent: MerchantIntent, amount: number, final: boolean, key: string): Promise<void> {
    await this.#act(`/v1/intents/${intent.id}/captures`, { amount, final }, key);
  }

  /** Lets go of all that is left of it. @throws as {@link capture} */
  async letGo(intent: MerchantIntent, key: string): Promise<void> {
    await this.#act(`/v1/intents/${intent.id}/void`, {}, key);
  }

  async #act(path: string, body: unknown, key: string): Promise<void> {
    const act = await this.call<MerchantAct>('POST', path, body, key);
    if (act.status === 'pending') throw new Unreachable('busy');
    await this.refresh();
  }
}

export const till = new Till();
