import { chainInfo } from '../app/chain-info';
import { type Method, Refusal, call, download } from '../api/client';
import type { RegisteredMerchant } from '../api/settlement';
import type { Demo, Names, Page } from '../api/types';
import type { DeviceKey } from '../chain/device-key';

export type Phase = 'loading' | 'signed-out' | 'ready';
export type SampleOperator = Demo['operators'][number];

const KEY_ITEM = 'madang.operator.key';
const RETRY_MILLIS = 2_000;
const PAGE = 100;

/** An operator who has signed in by an API key. It may do much, so it is forgotten with the tab; an approver's key with the page. */
class Desk {
  phase = $state<Phase>('loading');
  trouble = $state.raw<unknown>();
  assets = $state.raw<ReadonlyMap<string, Names>>(new Map());
  /** Signs approvals; never stored. */
  approver = $state.raw<DeviceKey>();
  /** In the demo: people whom the page may act as. */
  samples = $state.raw<readonly SampleOperator[]>([]);
  #key = $state<string>();

  async begin(): Promise<void> {
    void call<Demo>('GET', '/v1/demo').then(
      (demo) => (this.samples = demo.operators),
      () => undefined, // no demo here
    );
    const key = sessionStorage.getItem(KEY_ITEM);
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
    await call('GET', '/v1/settlement/runs?limit=1', { token: key });
    const chain = await chainInfo();
    this.assets = new Map(chain.assets.map((asset) => [asset.code, asset.name]));
    this.#key = key;
    sessionStorage.setItem(KEY_ITEM, key);
    this.trouble = undefined;
    this.phase = 'ready';
  }

  signOut(): void {
    sessionStorage.removeItem(KEY_ITEM);
    this.#key = undefined;
    this.approver = undefined;
    this.phase = 'signed-out';
  }

  /** Which of the demo's operators this is, counted from one. */
  get sample(): number | undefined {
    const at = this.samples.findIndex((one) => one.apiKey === this.#key);
    return at < 0 ? undefined : at + 1;
  }

  async call<Answer>(method: Method, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    return call<Answer>(method, path, { body, token: this.#key, ...(idempotencyKey ? { idempotencyKey } : {}) });
  }

  async download(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return download(path, { token: this.#key });
  }

  /** All pages of a list, as far as somebody can look through. */
  async all<Item>(path: string, most = 10_000, filter = ''): Promise<{ readonly items: readonly Item[]; readonly more: boolean }> {
    const items: Item[] = [];
    let cursor = '';
    do {
      const page = await this.call<Page<Item>>('GET', `${path}?limit=${PAGE}${filter && `&${filter}`}${cursor}`);
      items.push(...page.items);
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
    } while (cursor && items.length < most);
    return { items, more: cursor !== '' };
  }

  /** The merchants by their accounts, for those who read a list of accounts. */
  async merchantsByAccount(): Promise<ReadonlyMap<string, RegisteredMerchant>> {
    const { items } = await this.all<RegisteredMerchant>('/v1/merchants');
    return new Map(items.map((merchant) => [merchant.account, merchant]));
  }
}

export const desk = new Desk();
