/** What this administrator signed on this device: every act with its transaction. The chain has the same, for everybody. */
export interface Act {
  readonly election: string;
  readonly purpose: string;
  readonly hash: string;
  readonly time: string;
  readonly kid: string;
  /** How many transactions it took, where records were sent in parts. */
  readonly parts?: number;
}

const STORED = 'madang.administrator.acts';
const MOST = 500;

function stored(): Act[] {
  try {
    const acts = JSON.parse(localStorage.getItem(STORED) ?? '[]') as unknown;
    return Array.isArray(acts) ? (acts as Act[]) : [];
  } catch {
    return [];
  }
}

class ActLog {
  #acts = $state.raw<readonly Act[]>(stored());

  of(election: string): readonly Act[] {
    return this.#acts.filter((act) => act.election === election);
  }

  add(act: Act): void {
    this.#acts = [act, ...this.#acts].slice(0, MOST);
    localStorage.setItem(STORED, JSON.stringify(this.#acts));
  }
}

export const actLog = new ActLog();
