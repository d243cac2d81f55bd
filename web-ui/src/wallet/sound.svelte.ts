import { playPaid } from '../app/sounds';

const STORED = 'madang.wallet.sound';

/** Whether a paid payment is heard. */
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
}

export const sound = new Sound();
