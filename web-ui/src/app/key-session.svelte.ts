import { type Method, Refusal, call, download } from '../api/client';
import type { ChainInfo, Demo } from '../api/types';
import { chainInfo } from './chain-info';

export type Phase = 'loading' | 'signed-out' | 'ready';

const RETRY_MILLIS = 2_000;
/** A file is made while it is waited for. */
const FILE_PATIENCE_MILLIS = 120_000;

/**
 * Somebody who has signed in to a room by an API key.
 *
 * @typeParam Who what the gateway says of the key's owner
 */
export abstract class KeySession<Who> {
  phase = $state<Phase>('loading');
  trouble = $state.raw<unknown>();
  /** In the demo: whom the page may act as. */
  demo = $state.raw<Demo>();

  readonly #storage: Storage;
  readonly #keyItem: string;
  #key = $state<string>();

  /** @param storage decides how long the key is remembered */
  protected constructor(storage: Storage, room: string) {
    this.#storage = storage;
    this.#keyItem = `madang.${room}.key`;
  }

  async begin(): Promise<void> {
    void call<Demo>('GET', '/v1/demo').then(
      (demo) => (this.demo = demo),
      () => undefined, // no demo here
    );
    await this.#beginAgain();
  }

  async #beginAgain(): Promise<void> {
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
      setTimeout(() => void this.#beginAgain(), RETRY_MILLIS);
    }
  }

  /** @throws Refusal when the key is not right, Unreachable */
  async signIn(key: string): Promise<void> {
    const who = await this.recognized(key);
    const chain = await chainInfo();
    this.#key = key;
    this.#storage.setItem(this.#keyItem, key);
    this.trouble = undefined;
    await this.opened(who, chain);
    this.phase = 'ready';
  }

  /** Asks whose key it is. @throws Refusal when it is not one for this room */
  protected abstract recognized(key: string): Promise<Who>;

  /** What a room keeps and reads before it shows itself. */
  protected abstract opened(who: Who, chain: ChainInfo): Promise<void>;

  signOut(): void {
    this.#storage.removeItem(this.#keyItem);
    this.#key = undefined;
    this.phase = 'signed-out';
  }

  protected get key(): string | undefined {
    return this.#key;
  }

  async call<Answer>(method: Method, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    return call<Answer>(method, path, { body, token: this.#key, ...(idempotencyKey ? { idempotencyKey } : {}) });
  }

  /** A file of one's own. @throws Refusal or Unreachable */
  async file(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return download(path, { token: this.#key, accept: '*/*', timeoutMillis: FILE_PATIENCE_MILLIS });
  }
}
