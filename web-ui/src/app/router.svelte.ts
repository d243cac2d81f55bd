/** Where we are inside a room: the part of the address after #. It works with any server, and is never sent to one. */
export interface Place {
  /** Segments, decoded: `#/receipt/AB` is ['receipt', 'AB']. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

function read(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

class Router {
  #place = $state.raw<Place>(read());
  #depth = 0;

  constructor() {
    addEventListener('hashchange', () => {
      this.#place = read();
      this.#depth++;
    });
  }

  get place(): Place {
    return this.#place;
  }

  get screen(): string {
    return this.#place.path[0] ?? '';
  }

  go(path: string): void {
    location.hash = `#/${path}`;
  }

  /** Goes on without a way back, as after something is done. */
  replace(path: string): void {
    history.replaceState(null, '', `#/${path}`);
    this.#place = read();
  }

  /** Back to where we came from; to the given place when the page was opened here. */
  back(fallback = ''): void {
    if (this.#depth > 0) history.back();
    else this.replace(fallback);
  }
}

export const router = new Router();
