import { playNotPaid, playPaid } from '../app/sounds';

const STORED = 'madang.till.sound';

/** The till's sounds: one for paid, one for not paid; can be muted. */
class Sound {
  #on = $state(localStorage.getItem(STORED) !== 'off');

  get on(): boolean {
    return this.#on;
  }

  toggle(): void {
    this.#on = !this.#on;
    localStorage.setItem(STORED, this.#on ? 'on' : 'off');
    if (this.#on) playPaid();
  }

  paid(): void {
    if (this.#on) playPaid();
  }

  notPaid(): void {
    if (this.#on) playNotPaid();
  }
}

export const sound = new Sound();
