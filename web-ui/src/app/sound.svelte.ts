import { playNotPaid, playPaid } from './sounds';

/** The sounds of a room, paid and not paid, which its user may mute; remembered under a name of the room's own. */
export class Sound {
  readonly #stored: string;
  #on = $state(false);

  constructor(stored: string) {
    this.#stored = stored;
    this.#on = localStorage.getItem(stored) !== 'off';
  }

  get on(): boolean {
    return this.#on;
  }

  toggle(): void {
    this.#on = !this.#on;
    localStorage.setItem(this.#stored, this.#on ? 'on' : 'off');
    if (this.#on) playPaid();
  }

  paid(): void {
    if (this.#on) playPaid();
  }

  notPaid(): void {
    if (this.#on) playNotPaid();
  }
}
