import { call } from '../api/client';
import type { Election } from '../api/elections';
import { listen } from '../api/events';

/** The election that is looked at, kept up to date by the gateway's news. */
class Followed {
  election = $state.raw<Election>();
  failure = $state.raw<unknown>();
  /** Whether news arrive. */
  live = $state(false);
  /** Counts what may have changed the board. */
  news = $state(0);

  #id = '';

  /** Returns what ends it. */
  follow(id: string): () => void {
    this.#id = id;
    this.live = false;
    if (!id) return () => undefined;
    void this.load();
    const stream = listen(`/v1/elections/${id}/events`, () => undefined, {
      onevent: () => this.#changed(),
      onlive: (live) => {
        this.live = live;
        if (live) this.#changed();
      },
    });
    return () => stream.close();
  }

  #waits = false;

  /** Many ballots may come at once: one look a second shows them all. */
  #changed(): void {
    if (this.#waits) return;
    this.#waits = true;
    setTimeout(() => {
      this.#waits = false;
      this.news++;
      void this.load();
    }, 1_000);
  }

  async load(): Promise<void> {
    const id = this.#id;
    if (!id) return;
    try {
      const election = await call<Election>('GET', `/v1/elections/${id}`);
      if (id !== this.#id) return;
      this.election = election;
      this.failure = undefined;
    } catch (error) {
      // What is shown already stays: a lost connection is said elsewhere.
      if (id === this.#id && this.election?.id !== id) this.failure = error;
    }
  }
}

export const followed = new Followed();
