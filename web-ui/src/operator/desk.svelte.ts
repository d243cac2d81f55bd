import { KeySession } from '../app/key-session.svelte';
import { call } from '../api/client';
import type { RegisteredMerchant } from '../api/settlement';
import type { ChainInfo, Demo, Names, Page } from '../api/types';
import type { DeviceKey } from '../chain/device-key';

export type SampleOperator = Demo['operators'][number];

const PAGE = 100;

/** An operator at work. An operator's key may do much, so it is forgotten with the tab; an approver's key with the page. */
class Desk extends KeySession<unknown> {
  assets = $state.raw<ReadonlyMap<string, Names>>(new Map());
  /** Codes of the coins, in which merchants are settled. */
  coins = $state.raw<readonly string[]>([]);
  /** Signs approvals; never stored. */
  approver = $state.raw<DeviceKey>();

  constructor() {
    super(sessionStorage, 'operator');
  }

  protected override async recognized(key: string): Promise<unknown> {
    return call('GET', '/v1/settlement/runs?limit=1', { token: key });
  }

  protected override async opened(_runs: unknown, chain: ChainInfo): Promise<void> {
    this.assets = new Map(chain.assets.map((asset) => [asset.code, asset.name]));
    this.coins = chain.assets.filter(({ kind }) => kind === 'coin').map(({ code }) => code);
  }

  override signOut(): void {
    this.approver = undefined;
    super.signOut();
  }

  /** In the demo: people whom the page may act as. */
  get samples(): readonly SampleOperator[] {
    return this.demo?.operators ?? [];
  }

  /** Which of the demo's operators this is, counted from one. */
  get sample(): number | undefined {
    const at = this.samples.findIndex((one) => one.apiKey === this.key);
    return at < 0 ? undefined : at + 1;
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
