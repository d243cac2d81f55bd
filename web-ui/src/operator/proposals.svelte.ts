import { Unreachable } from '../api/client';
import type { Page } from '../api/types';
import { desk } from './desk.svelte';

/** A list of what operators agree on about a merchant: one proposes, another approves, anybody declines. */
export class Proposals<Item extends { readonly number: number }> {
  items = $state.raw<readonly Item[]>();
  trouble = $state.raw<unknown>();
  busy = $state(false);
  private idempotencyKey = crypto.randomUUID();

  /** @param path where the list is */
  constructor(private readonly path: string) {}

  async load(): Promise<void> {
    try {
      this.items = (await desk.call<Page<Item>>('GET', `${this.path}?limit=20`)).items;
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error;
    }
  }

  /** Whether it was done; why not stands in `trouble`. */
  async propose(body: unknown): Promise<boolean> {
    return await this.act(async () => {
      await desk.call('POST', this.path, body, this.idempotencyKey);
      this.idempotencyKey = crypto.randomUUID();
    });
  }

  async decide(item: Item, decision: 'approval' | 'refusal'): Promise<boolean> {
    return await this.act(() => desk.call('POST', `${this.path}/${item.number}/${decision}`));
  }

  private async act(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    try {
      await work();
      await this.load();
      return this.trouble === undefined;
    } catch (error) {
      this.trouble = error;
      if (!(error instanceof Unreachable)) this.idempotencyKey = crypto.randomUUID();
      return false;
    } finally {
      this.busy = false;
    }
  }
}
