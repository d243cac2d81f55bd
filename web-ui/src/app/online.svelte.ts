/** Whether the browser believes that it has a connection. */
class Online {
  #current = $state(navigator.onLine);

  constructor() {
    addEventListener('online', () => (this.#current = true));
    addEventListener('offline', () => (this.#current = false));
  }

  get current(): boolean {
    return this.#current;
  }
}

export const online = new Online();
