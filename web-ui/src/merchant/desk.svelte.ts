import type { Asset, ChainInfo, Merchant } from '../api/types';
import { ShopSession } from '../till/shop-session.svelte';

/** Who runs the shop here. An owner's key may do everything, so it is forgotten with the tab. */
class Desk extends ShopSession {
  asset = $state('');
  /** All there are on the chain. */
  assets = $state.raw<readonly Asset[]>([]);
  /** Counts news: who shows a list reads it again. */
  news = $state(0);

  constructor() {
    super(sessionStorage, 'merchant');
  }

  get isOwner(): boolean {
    return this.merchant?.role === 'owner';
  }

  protected override async begun(chain: ChainInfo): Promise<void> {
    this.assets = chain.assets;
    this.asset = chain.assets.find((asset) => asset.kind === 'coin')?.code ?? '';
  }

  override async refresh(): Promise<void> {
    try {
      this.merchant = await this.call<Merchant>('GET', '/v1/merchant');
      this.news++;
    } catch {
      // The stream says whether the connection is lost.
    }
  }
}

export const desk = new Desk();
