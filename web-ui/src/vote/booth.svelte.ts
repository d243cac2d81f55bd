import { Refusal, type Unreachable, call, download } from '../api/client';
import type { Election } from '../api/elections';
import { textOf } from '../chain/bytes';
import { type Choice, choiceProblem } from '../voting/answer';
import { type AuditVerdict, auditBallot } from '../voting/audit';
import { base64Hash } from '../voting/hashes';
import { type Election as ElectionRecord, readElection } from '../voting/election';
import { readCredential } from '../voting/credential';
import { BoothWorker } from '../voting/workers/booth-worker';
import { type CastOutcome, type SealedBallot, cast, gatewayCourier, onBoard, onItsWay } from './casting';
import type { OpenedBallot } from '../votes/opened-ballot';

export interface Session {
  readonly token: string;
  readonly expiresAt: string;
  /** Whether a passkey may be added for the next time. */
  readonly passkeys: boolean;
}

/** A credential that was typed, pasted or scanned. */
export type CredentialAnswer = { readonly known: true } | { readonly known: false; readonly problem: 'not-in-this-election' };

/** The list of credentials is fetched to recognise a mistyped one only as long as that costs a phone little. */
const MOST_LIST_BYTES = 2 << 20;
const BYTES_OF_CREDENTIAL: Record<string, number> = { Ed25519: 67, 'BELENIOS-2048': 620 };

/**
 * One voter in the booth. The credential, the choices and what the ballot was made of are in this object and its worker, nowhere else: not
 * in the address, not in storage, not in a title. They go when the ballot is cast, when the page is left, and when another election
 * is opened.
 */
export class Booth {
  election = $state.raw<Election>();
  failure = $state.raw<unknown>();
  session = $state.raw<Session>();
  /** Whether the right credential was given. */
  entitled = $state(false);
  /** One for each question; undefined until the voter was there. */
  choices = $state.raw<readonly (Choice | undefined)[]>([]);
  progress = $state(0);
  /** The encrypted ballot, until it is cast or opened. */
  ballot = $state.raw<SealedBallot>();
  opened = $state.raw<{ readonly file: OpenedBallot; readonly verdict: AuditVerdict }>();
  /** Why the answer to a cast is still out. */
  waiting = $state<Unreachable['reason']>();
  outcome = $state.raw<CastOutcome & { readonly tracker: string }>();

  #id: string | undefined;
  readonly #newWorker: () => BoothWorker;
  #record: ElectionRecord | undefined;
  #worker: BoothWorker | undefined;
  #credential: string | undefined;
  #casting = false;

  constructor(newWorker: () => BoothWorker = () => new BoothWorker()) {
    this.#newWorker = newWorker;
  }

  /** Shows an election. What belongs to another one is forgotten. */
  async enter(id: string): Promise<void> {
    if (this.#id !== id) {
      this.leave();
      this.session = undefined;
      this.outcome = undefined;
      this.election = undefined;
      this.#id = id;
    }
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const id = this.#id;
    if (!id) return;
    this.failure = undefined;
    try {
      const election = await call<Election>('GET', `/v1/elections/${id}`);
      if (id === this.#id) this.election = election;
    } catch (error) {
      if (id === this.#id) this.failure = error;
    }
  }

  /** A new ballot from the start, such as to vote again. Who is signed in stays so. */
  restart(): void {
    this.#forgetBallot();
    this.entitled = false;
    this.outcome = undefined;
  }

  /** Forgets everything about the vote. */
  leave(): void {
    this.#forgetBallot();
    this.entitled = false;
    this.#record = undefined;
  }

  signOut(): void {
    this.leave();
    this.session = undefined;
  }

  #forgetBallot(): void {
    this.#worker?.close();
    this.#worker = undefined;
    this.#credential = undefined;
    this.choices = [];
    this.ballot = undefined;
    this.opened = undefined;
    this.progress = 0;
    this.waiting = undefined;
  }

  /**
   * Takes a credential in its one form: prepares the election in the worker, and looks the credential up in the list where that is small.
   *
   * @throws Refusal, Unreachable, or WrongElection
   */
  async entitle(credential: string): Promise<CredentialAnswer> {
    const reading = readCredential(credential);
    if (!reading.valid) throw new RangeError('not a credential in its one form');
    const election = this.election!;
    const text = textOf(await download(`/v1/elections/${election.id}/records/election`));
    if (base64Hash(text) !== election.fingerprint) throw new WrongElection();
    this.#record = readElection(text);
    this.#forgetBallot();
    const worker = this.#newWorker();
    this.#worker = worker;
    const prepared = await worker.prepare(text);
    if (!prepared.valid || this.#record.uuid !== election.id) throw new WrongElection();
    if (election.credentials * (BYTES_OF_CREDENTIAL[election.group] ?? Infinity) <= MOST_LIST_BYTES) {
      const [mine, list] = await Promise.all([
        worker.identify(reading.credential),
        download(`/v1/elections/${election.id}/records/credentials`).then((bytes) => JSON.parse(textOf(bytes)) as string[]),
      ]);
      if (!list.some((entry) => entry.split(',', 1)[0] === mine)) {
        this.#forgetBallot();
        return { known: false, problem: 'not-in-this-election' };
      }
    }
    this.#credential = reading.credential;
    this.entitled = true;
    this.choices = election.questions.map(() => undefined);
    return { known: true };
  }

  /** A choice that differs from before makes the ballot that was encrypted worthless. */
  choose(question: number, choice: Choice): void {
    if (String(this.choices[question]) !== String(choice)) this.ballot = this.opened = undefined;
    this.choices = this.choices.map((old, index) => (index === question ? choice : old));
  }

  /** Whether every question has an allowed choice. */
  get complete(): boolean {
    const { election } = this;
    if (!election || !this.entitled || this.choices.length !== election.questions.length) return false;
    return this.choices.every((choice, index) => choice !== undefined && !choiceProblem(questionOf(election, index), choice));
  }

  /** Encrypts the choices into a new ballot. @throws WorkerFailure */
  async seal(): Promise<void> {
    if (!this.complete || !this.#worker || !this.#credential) throw new RangeError('nothing to encrypt');
    this.ballot = this.opened = undefined;
    this.progress = 0;
    const { text, tracker } = await this.#worker.encrypt(this.#credential, this.choices as readonly Choice[], (done, all) => {
      this.progress = (100 * done) / all;
    });
    this.ballot = { election: this.election!.id, tracker, text };
  }

  /**
   * Opens the ballot instead of casting it. The gateway is told before the voter sees anything: from then on nobody can cast it.
   *
   * @throws Refusal or Unreachable when the gateway could not be told; the ballot is still closed then
   */
  async open(): Promise<void> {
    const ballot = this.ballot!;
    await call('POST', `/v1/elections/${ballot.election}/opened`, { body: { tracker: ballot.tracker }, token: this.session?.token });
    const openings = await this.#worker!.open();
    const election = this.#record!;
    const verdict = auditBallot(election, ballot.text, openings);
    this.opened = { file: { election: election.text, ballot: ballot.text, openings }, verdict };
    this.ballot = undefined;
  }

  /** Sends the ballot until its fate is known. What it was made of is forgotten before it leaves: it will not be opened any more. */
  async cast(): Promise<void> {
    if (this.#casting) return;
    const ballot = this.ballot ?? onItsWay.of(this.#id ?? '');
    if (!ballot) throw new RangeError('nothing to cast');
    this.#casting = true;
    onItsWay.keep(ballot);
    this.#forgetBallot();
    this.ballot = ballot;
    await this.#settle(ballot).finally(() => (this.#casting = false));
  }

  async #settle(ballot: SealedBallot): Promise<void> {
    const outcome = await cast(ballot, gatewayCourier(() => this.session?.token), (reason) => (this.waiting = reason));
    this.waiting = undefined;
    if (outcome.cast || outcome.refusal !== 'signed-out') onItsWay.forget();
    else this.session = undefined;
    this.ballot = undefined;
    this.entitled = false;
    this.outcome = { ...outcome, tracker: ballot.tracker };
    void this.refresh();
  }

  /** After a reload: whether a ballot that was on its way has arrived. Undefined when there was none. @throws Unreachable */
  async lookForLost(): Promise<'cast' | 'lost' | undefined> {
    const ballot = onItsWay.of(this.#id ?? '');
    if (!ballot || this.ballot) return undefined;
    const found = await onBoard(ballot);
    if (!found) return 'lost';
    onItsWay.forget();
    this.outcome = { cast: true, transaction: found.transaction, tracker: ballot.tracker };
    return 'cast';
  }
}

/** The gateway shows another election than the one whose record it hands out. */
export class WrongElection extends Error {}

/** A question in the form that the protocol's functions take. */
export function questionOf(election: Election, index: number): { question: string; answers: readonly string[]; min: number; max: number; blank: boolean } {
  const { question, answers, min, max, blank = false } = election.questions[index]!;
  return { question, answers, min, max, blank };
}

export const booth = new Booth();

// A page that the browser keeps for its back button must not keep a vote.
addEventListener('pagehide', () => booth.signOut());

export function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && (error.status === 401 || error.status === 403);
}
