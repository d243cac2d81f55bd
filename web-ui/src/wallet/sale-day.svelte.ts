import { type Programme, programmes } from '../api/programmes';
import { wallet } from './wallet.svelte';

/** How often what is left is asked for while a sale is open, and how much these times differ from wallet to wallet. */
const ASK_AGAIN_MILLIS = 8_000;
const SPREAD_MILLIS = 4_000;
const TICK_MILLIS = 250;

/**
 * The sales as the gateway tells them, by the gateway's clock. Whose they are is asked once, with the session; what is left is asked
 * again and again without one, which the gateway answers from memory.
 */
export class SaleDay {
  sales = $state.raw<readonly Programme[]>();
  problem = $state<unknown>();
  nowMillis = $state(Date.now());

  #aheadMillis = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;

  begin(): () => void {
    this.#ticker = setInterval(() => (this.nowMillis = Date.now() + this.#aheadMillis), TICK_MILLIS);
    void this.load();
    return () => {
      clearInterval(this.#ticker);
      clearTimeout(this.#timer);
    };
  }

  /** Asks anew, also what the person has bought. */
  async load(): Promise<void> {
    this.problem = undefined;
    await this.#ask(true);
  }

  async #ask(mine: boolean): Promise<void> {
    clearTimeout(this.#timer);
    const before = Date.now();
    try {
      const told = mine ? await wallet.programmes() : await programmes();
      if (told.time) this.#aheadMillis = Date.parse(told.time) - (before + Date.now()) / 2;
      this.nowMillis = Date.now() + this.#aheadMillis;
      const known = new Map(this.sales?.map((sale) => [sale.code, sale.mine]));
      this.sales = told.items
        .filter((one) => one.kind === 'sale')
        .map((one) => {
          const own = one.mine ?? known.get(one.code);
          return own ? { ...one, mine: own } : one;
        });
      this.problem = undefined;
    } catch (error) {
      // What was told before still stands there; only an empty screen has to say what is wrong.
      if (!this.sales) this.problem = error;
    }
    const wait = ASK_AGAIN_MILLIS + Math.random() * SPREAD_MILLIS;
    this.#timer = setTimeout(() => void this.#ask(!this.sales), wait);
  }
}
