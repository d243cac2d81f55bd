import { type Method, Refusal, type RequestOptions, call } from '../api/client';
import type { Draft, DraftBody, DraftLinks } from '../api/drafts';
import type { Election } from '../api/elections';
import { sendAct, signAct, votesChain } from '../app/votes';
import type { JsonObject } from '../chain/canonical-json';
import { makeStatement, randomStatementId } from '../chain/statement';
import { type AdministratorKey, administratorSigner, forgetKey, keepKey, keptKey } from './key';

export type Phase = 'loading' | 'locked' | 'ready';

const LOGIN_VALIDITY_MILLIS = 60_000;
const ROLL_MILLIS = 180_000;

/** The administrator's desk: a key, a session, drafts and elections. Whatever takes effect on the chain is signed here, by this key. */
class Desk {
  phase = $state<Phase>('loading');
  drafts = $state.raw<readonly Draft[]>();
  elections = $state.raw<readonly Election[]>();
  trouble = $state.raw<unknown>();
  /** Whether the browser keeps the key. */
  kept = $state(false);
  /** Links as they were shown: the gateway shows them once. */
  links = $state.raw<Readonly<Record<string, DraftLinks>>>({});

  #key = $state.raw<AdministratorKey>();
  #token: string | undefined;

  get kid(): string {
    return this.#key?.kid ?? '';
  }

  async begin(): Promise<void> {
    const key = await keptKey().catch(() => undefined);
    this.kept = key !== undefined;
    if (key) {
      this.#key = key;
      this.phase = 'ready';
      await this.refresh();
    } else this.phase = 'locked';
  }

  /** Opens the desk with a key that the gateway knows. @throws Refusal or Unreachable */
  async open(key: AdministratorKey, keep: boolean): Promise<void> {
    this.#key = key;
    try {
      await this.#signIn();
    } catch (error) {
      this.#key = undefined;
      throw error;
    }
    if (keep) await keepKey(key);
    this.kept = keep;
    this.phase = 'ready';
    await this.refresh();
  }

  /** Leaves, and takes the key out of the browser. */
  async leave(): Promise<void> {
    await forgetKey();
    this.#key = this.#token = this.drafts = this.elections = undefined;
    this.links = {};
    this.kept = false;
    this.phase = 'locked';
  }

  async #signIn(): Promise<void> {
    const signer = administratorSigner(this.#key!);
    const { now } = await votesChain();
    const { challenge, audience, chain } = await call<{ challenge: string; audience: string; chain: string }>('POST', '/v1/administrators/challenges', { body: {} });
    const login = await makeStatement(signer, {
      chain, id: randomStatementId(), operation: { audience, challenge }, purpose: 'administrator.login', validUntilMillis: now() + LOGIN_VALIDITY_MILLIS,
    });
    this.#token = (await call<{ token: string }>('POST', '/v1/administrators/sessions', { body: { login } })).token;
  }

  /** Asks the gateway as this administrator; signs in (again) when needed. @throws Refusal or Unreachable */
  async ask<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
    if (!this.#token) await this.#signIn();
    try {
      return await call<Answer>(method, path, { ...options, token: this.#token });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      await this.#signIn();
      return call<Answer>(method, path, { ...options, token: this.#token });
    }
  }

  async refresh(): Promise<void> {
    try {
      const [drafts, elections] = await Promise.all([
        this.ask<{ items: Draft[] }>('GET', '/v1/election-drafts?limit=100'),
        call<{ items: Election[] }>('GET', '/v1/elections'),
      ]);
      this.drafts = drafts.items;
      this.elections = elections.items;
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error;
    }
  }

  /** Writes a draft, new or changed, and gives its identifier. @throws Refusal or Unreachable */
  async save(body: DraftBody, id?: string): Promise<string> {
    if (id !== undefined) {
      await this.ask('PUT', `/v1/election-drafts/${id}`, { body });
      return id;
    }
    const made = await this.ask<Draft>('POST', '/v1/election-drafts', { body, idempotencyKey: randomStatementId() });
    if (made.links) this.links = { ...this.links, [made.id]: made.links };
    return made.id;
  }

  async newLinks(id: string): Promise<void> {
    const { links } = await this.ask<{ links: DraftLinks }>('POST', `/v1/election-drafts/${id}/links`, { body: {} });
    this.links = { ...this.links, [id]: links };
  }

  async uploadRoll(id: string, voters: readonly object[]): Promise<void> {
    await this.ask('PUT', `/v1/election-drafts/${id}/roll`, { body: { voters }, timeoutMillis: ROLL_MILLIS });
  }

  /** Signs an act, sends it, and waits until it is final. @throws Refusal or Unreachable */
  async act(election: string, purpose: string, operation: JsonObject): Promise<void> {
    await sendAct(await signAct(administratorSigner(this.#key!), purpose, { ...operation, election }));
  }
}

export const desk = new Desk();
