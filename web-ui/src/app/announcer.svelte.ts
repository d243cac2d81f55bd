/** Short messages that come and go, and are read aloud by screen readers. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'danger';
}

class Announcer {
  #shown = $state.raw<readonly Announcement[]>([]);
  #spoken = $state('');
  #next = 0;

  get shown(): readonly Announcement[] {
    return this.#shown;
  }

  get spoken(): string {
    return this.#spoken;
  }

  /** Shows and says a message. */
  say(text: string, tone: Announcement['tone'] = 'plain'): void {
    const id = this.#next++;
    this.#shown = [...this.#shown.slice(-2), { id, text, tone }];
    setTimeout(() => (this.#shown = this.#shown.filter((one) => one.id !== id)), 5_000);
  }

  /** Says what is already on the screen, for those who do not see it change. */
  speak(text: string): void {
    this.#spoken = text;
  }
}

export const announcer = new Announcer();
