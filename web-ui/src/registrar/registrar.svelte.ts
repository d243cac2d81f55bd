import { Refusal, call } from '../api/client';
import type { RegistrarDesk } from '../api/drafts';
import type { Election } from '../api/elections';
import { type RoleLink, roleLink } from '../app/role-link';
import { recordText } from '../roles/record-text';
import { type Changes, type Entitled, type RegisterAbout, type Voter, changesTo, reissued } from '../voting/register';
import { trackerIn } from '../votes/tracker';
import { isRefused } from '../voting/workers/one-at-a-time';
import { RegistrarWorker } from '../voting/workers/registrar-worker';

export type Screen = 'start' | 'making' | 'keep' | 'desk';

const UPLOAD_MILLIS = 180_000;

/**
 * The registrar's room. Private credentials are made here, and are in the page's memory and in the registrar's file; the gateway gets public
 * ones only. With a link the voters come from the gateway; without, from a file, and the page asks nobody anything.
 */
class RegistrarRoom {
  link: RoleLink | undefined;
  /** Opened from a file, or without a link: everything comes from files and goes to files. */
  alone = $state(true);
  desk = $state.raw<RegistrarDesk>();
  election = $state.raw<Election>();
  /** It was withdrawn before it opened: no credential of it is of use. */
  withdrawn = $state(false);
  trouble = $state.raw<unknown>();
  asked = $state(false);

  about = $state.raw<RegisterAbout>();
  voters = $state.raw<readonly Voter[]>([]);
  register = $state.raw<readonly Entitled[]>([]);
  publicText = $state.raw('');
  hash = $state.raw('');
  screen = $state<Screen>('start');
  done = $state(0);
  /** What differs from the register as it was opened or last made. */
  changes = $state.raw<Changes>();
  reissued = $state.raw<readonly string[]>([]);
  /** Hash of the public list as the gateway has it. */
  given = $state.raw<string>();
  givenCount = $state(0);

  typedFingerprint = $state('');

  #spawn: (() => Worker) | undefined;
  #worker: RegistrarWorker | undefined;

  /** @param spawn how a worker is started here */
  begin(spawn: () => Worker): void {
    this.#spawn = spawn;
    this.link = location.protocol === 'file:' ? undefined : roleLink(location.hash);
    this.alone = this.link?.token === undefined;
    if (this.alone) this.asked = true;
    else void this.load();
  }

  async load(): Promise<void> {
    const { election, token } = this.link!;
    try {
      this.desk = await call<RegistrarDesk>('GET', `/v1/election-drafts/${election}/registrar`, { token, timeoutMillis: UPLOAD_MILLIS });
      await this.lookAgain();
      this.about = { election, group: this.desk.group, title: recordText(this.desk.name) };
      this.voters = this.desk.voters.map(({ voter, weight = 1 }) => ({ identity: voter, weight }));
      this.given = this.desk.credentials?.hash;
      this.givenCount = this.desk.credentials?.count ?? 0;
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error;
    }
    this.asked = true;
  }

  /** Whether the election was announced since. @throws Refusal or Unreachable */
  async lookAgain(): Promise<void> {
    if (this.alone || this.election) return;
    this.election = await call<Election>('GET', `/v1/elections/${this.link!.election}`).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      this.withdrawn = error.problem === 'election-withdrawn';
      if (this.withdrawn || error.status === 404) return undefined;
      throw error;
    });
  }

  /** What voters compare with what the booth shows, once there is an election. Who works with files alone writes it in. */
  get fingerprint(): string | undefined {
    return this.alone ? trackerIn(this.typedFingerprint) : this.election?.fingerprint;
  }

  /** The name that goes with a voter's identity, if the roll has one. */
  get names(): ReadonlyMap<string, string> {
    return new Map(this.desk?.voters.flatMap(({ voter, name }) => (name ? [[voter, name] as const] : [])));
  }

  /** Whether the list of the election can still change. */
  get closed(): boolean {
    return this.election !== undefined || this.withdrawn;
  }

  get totalWeight(): number {
    return this.voters.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** Makes credentials for those who have none, and the public list. @throws WorkerFailure */
  async make(known: readonly Entitled[] = []): Promise<void> {
    this.screen = 'making';
    this.done = 0;
    this.changes = known.length > 0 ? changesTo(known, this.voters) : undefined;
    this.#worker = new RegistrarWorker(this.#spawn!());
    try {
      const { group, election } = this.about!;
      const answer = await this.#worker.ask(
        { group, election, voters: $state.snapshot(this.voters) as Voter[], register: $state.snapshot(known) as Entitled[] },
        (done) => (this.done = done),
      );
      if (isRefused(answer)) throw new Error(answer.reason);
      const same = known.length > 0 && this.changes && Object.values(this.changes).every((list) => list.length === 0) && this.reissued.length === 0;
      this.register = answer.register;
      this.publicText = answer.publicText;
      this.hash = answer.hash;
      // What was opened from a file and did not change is kept already.
      this.screen = same ? 'desk' : 'keep';
    } catch (error) {
      this.screen = this.register.length > 0 ? 'desk' : 'start';
      throw error;
    } finally {
      this.#worker.close();
    }
  }

  stop(): void {
    this.#worker?.close();
  }

  /** Another credential for one voter. */
  async reissue(identity: string): Promise<void> {
    this.reissued = [...this.reissued.filter((one) => one !== identity), identity];
    await this.make(reissued(this.register, identity));
  }

  /** Takes one voter off the register. */
  async revoke(identity: string): Promise<void> {
    this.voters = this.voters.filter((one) => one.identity !== identity);
    this.reissued = this.reissued.filter((one) => one !== identity);
    await this.make(this.register);
  }

  /** Gives the public list to the gateway. @throws Refusal or Unreachable */
  async give(): Promise<void> {
    const { election, token } = this.link!;
    await call('PUT', `/v1/election-drafts/${election}/credentials`, { token, body: JSON.parse(this.publicText), timeoutMillis: UPLOAD_MILLIS });
    this.given = this.hash;
    this.givenCount = this.register.length;
  }
}

export const room = new RegistrarRoom();
