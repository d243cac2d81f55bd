import { chainInfo } from '../app/chain-info';
import { Refusal, Unreachable, call } from '../api/client';
import { type EventStream, listen } from '../api/events';
import type { Programme, Programmes } from '../api/programmes';
import type { AccountEvent, ChainInfo, CustomerCodeEvent, Me, Names } from '../api/types';
import type { JsonObject } from '../chain/canonical-json';
import { customerCode } from '../chain/customer-code';
import { generateDeviceKey, signerOf } from '../chain/device-key';
import { type Signer, accountIdOf, makeStatement, randomStatementId, transactionHash } from '../chain/statement';
import type { Split } from '../payments/split';
import { type Outcome, type PendingStatement, gatewayCourier, settle } from './pending';
import { type Identity, deletePending, forgetIdentity, loadIdentity, loadPending, saveIdentity, savePending } from './storage';

export type Phase = 'loading' | 'new' | 'ready' | 'locked';

const YEAR_MILLIS = 365 * 24 * 3_600_000;
/** A little under the three years that a key may live, for clocks that differ. */
const KEY_LIFE_MILLIS = 3 * YEAR_MILLIS - 24 * 3_600_000;
const LONGEST_VALIDITY_MILLIS = 120_000;
const LOGIN_VALIDITY_MILLIS = 60_000;
/** How much longer than its validity a statement is given up, for clocks that run differently. */
const CLOCK_MARGIN_MILLIS = 60_000;

/**
 * How long a code that a till scans is valid. The ledger takes three minutes at most, and the screen shows a new code every minute: a
 * clock that is a minute ahead or behind does no harm.
 */
const CODE_VALIDITY_MILLIS = 120_000;
const CODE_COINS = 'madang.wallet.coins';
const CODE_CLOCK = 'madang.wallet.clock';

/** The person's wallet: their key, their session, what they have, and the payments under way. */
class Wallet {
  phase = $state<Phase>('loading');
  me = $state.raw<Me>();
  /** Why `me` could not be refreshed; what is shown is then the last that was known. */
  trouble = $state.raw<unknown>();
  recoverable = $state(true);
  pending = $state.raw<readonly PendingStatement[]>([]);
  /** Counts what happened on the account, so that lists know when to ask again. */
  news = $state(0);
  chargeNews = $state(0);
  /** What the last till said that scanned this wallet's code. */
  scanned = $state.raw<CustomerCodeEvent>();
  /** The last payment that left the account. */
  paidOut = $state.raw<AccountEvent>();
  waitingReasons = $state.raw<Readonly<Record<string, string>>>({});

  #identity: Identity | undefined;
  #token: string | undefined;
  #login: Promise<string> | undefined;
  #stream: EventStream | undefined;
  /** How far the chain's clock is ahead of ours. */
  #clockAheadMillis = 0;

  get account(): string {
    return this.#identity?.account ?? '';
  }

  get kid(): string {
    return this.#identity?.key.kid ?? '';
  }

  async begin(): Promise<void> {
    // News may have come through a connection that outlived a gap, when the balance could not be asked for.
    addEventListener('online', () => this.phase === 'ready' && void this.refresh());
    this.#identity = await loadIdentity();
    if (!this.#identity?.open) {
      this.phase = 'new';
      return;
    }
    this.#ready(this.#identity);
    const stored = await loadPending();
    this.pending = stored;
    for (const statement of stored) if (!statement.outcome) void this.#bringHome(statement, true);
  }

  #ready(identity: Identity): void {
    this.#identity = identity;
    this.recoverable = identity.recoverable;
    this.phase = 'ready';
    void this.refresh();
    // Whom receipts will be checked against is pinned early; a receipt asks again when this failed.
    void import('../app/pinned-members').then(({ membersToTrust }) => membersToTrust()).catch(() => undefined);
    this.#stream?.close();
    this.#stream = listen('/v1/events?topics=account', () => this.#token, {
      onevent: (event) => {
        this.news++;
        if (event.event === 'charge') this.chargeNews++;
        if (event.event === 'customer-code') this.#hearScan(event.data as CustomerCodeEvent);
        if (event.event === 'payment' && (event.data as AccountEvent).direction === 'out') this.paidOut = event.data as AccountEvent;
        void this.refresh();
      },
      onlive: (live) => {
        // The token may have run out, and news may have been missed.
        if (!live) void this.#signIn(true).catch(() => undefined);
        else void this.refresh();
      },
    });
  }

  // Opening, and coming back with a recovery code

  /** Makes the key and opens the account. The key is on disk before the gateway hears of it, and a second try uses the same. */
  async open(label: string): Promise<void> {
    const chain = await this.#chain();
    const identity = this.#identity ?? (await this.#newIdentity(chain));
    const signer = signerOf(identity.key);
    const expiresMillis = this.#now() + KEY_LIFE_MILLIS;
    const request = await this.#statement(signer, 'account.request', chain, { expiresMillis, kind: 'person', label });
    try {
      await call('POST', '/v1/accounts', { body: { request } });
    } catch (error) {
      // An earlier try, whose answer was lost, may have opened it: then the key can sign in.
      if (!(error instanceof Refusal)) throw error;
      await this.#session(signer, chain).catch(() => {
        throw error;
      });
    }
    const opened = { ...identity, open: true };
    await saveIdentity(opened);
    this.#ready(opened);
  }

  async #newIdentity(chain: ChainInfo): Promise<Identity> {
    const key = await generateDeviceKey();
    this.#identity = { key, account: accountIdOf(key.kid), chain: chain.chain, open: false, recoverable: false };
    await saveIdentity(this.#identity);
    return this.#identity;
  }

  /** Adds the recovery key to the account. The code counts only once this is final. */
  async enrolRecoveryKey(recovery: Signer): Promise<void> {
    const chain = await this.#chain();
    const signer = this.#signer();
    const request = await this.#keyRequest(recovery, chain, this.account, 'recovery code');
    await this.#sendAndWait(await this.#statement(signer, 'key.add', chain, { request }));
    const identity = { ...this.#identity!, recoverable: true };
    await saveIdentity(identity);
    this.#identity = identity;
    this.recoverable = true;
    await this.refresh();
  }

  /** On a new phone: proves the recovery key, adds a new key of this browser, and opens the wallet here. */
  async recover(recovery: Signer, label: string): Promise<void> {
    const chain = await this.#chain();
    const session = await this.#session(recovery, chain);
    const key = await generateDeviceKey();
    const request = await this.#keyRequest(signerOf(key), chain, session.account, label);
    await this.#sendAndWait(await this.#statement(recovery, 'key.add', chain, { request }));
    const identity = { key, account: session.account, chain: chain.chain, open: true, recoverable: true };
    await saveIdentity(identity);
    this.#ready(identity);
  }

  /** Ends a key at once, such as that of a lost phone. */
  async revoke(key: string): Promise<void> {
    const chain = await this.#chain();
    await this.#sendAndWait(await this.#statement(this.#signer(), 'key.revoke', chain, { key }));
    await this.refresh();
  }

  // The code that a till scans

  /** The coins that a code may be for: those of the last time that the gateway was reached. */
  get coins(): readonly string[] {
    return this.me?.balances.map((balance) => balance.asset) ?? (JSON.parse(localStorage.getItem(CODE_COINS) ?? '[]') as string[]);
  }

  /** Signs a mandate and makes the code of it. Needs no network: the key is in this browser. */
  async customerCode(limit: number, asset: string): Promise<string> {
    const told = localStorage.getItem(CODE_CLOCK);
    const ahead = told === null ? this.#clockAheadMillis : Number(told);
    const mandate = await makeStatement(this.#signer(), {
      chain: this.#identity!.chain,
      id: randomStatementId(),
      operation: { asset, limit },
      purpose: 'mandate',
      validUntilMillis: Date.now() + ahead + CODE_VALIDITY_MILLIS,
    });
    return customerCode(mandate);
  }

  /** A till that finds a code too old or too new says what time it is; the next code goes by that. */
  #hearScan(event: CustomerCodeEvent): void {
    this.scanned = event;
    if (event.problem === 'customer-code-expired' || event.problem === 'customer-code-ahead') {
      localStorage.setItem(CODE_CLOCK, String(Date.parse(event.time) - Date.now()));
    }
  }

  // Paying

  /** Signs a transfer, keeps it on disk, and sends it. Returns its hash at once; the outcome shows in `pending`. */
  async pay(to: string, payee: Names, amount: number, asset: string, reference?: string): Promise<string> {
    return this.#send('transfer', { amount, asset, ...(reference ? { reference } : {}), to }, { amount, asset, payee });
  }

  /** Signs a payment of points, vouchers and coins, and what it earns. Otherwise as {@link pay}. */
  async payInParts(to: string, payee: Names, amount: number, asset: string, parts: Split, reference?: string): Promise<string> {
    const legs = parts.legs.map((leg) => ({ amount: leg.amount, asset: leg.asset }));
    const { earned } = parts;
    const operation: JsonObject = {
      amount,
      asset,
      ...(earned ? { earn: { amount: earned.amount, programme: earned.programme } } : {}),
      legs,
      ...(reference ? { reference } : {}),
      to,
    };
    return this.#send('pay', operation, {
      amount,
      asset,
      payee,
      legs,
      ...(earned ? { earned: { asset: earned.asset, amount: earned.amount } } : {}),
    });
  }

  /** Sets money aside until then, of which the payee takes what is due. Otherwise as {@link pay}. */
  async hold(to: string, payee: Names, amount: number, asset: string, reference: string, heldUntil: string): Promise<string> {
    const expiresMillis = Date.parse(heldUntil);
    return this.#send('hold', { amount, asset, expiresMillis, reference, to }, { amount, asset, payee, heldUntil });
  }

  // Sales

  /** What programmes give, and what of it is left for this person. @throws Refusal or Unreachable */
  async programmes(): Promise<Programmes> {
    return this.call('GET', '/v1/programmes');
  }

  /** Buys a lot of a sale for the price that was shown. A purchase that is on its way is not made a second time. Otherwise as {@link pay}. */
  async buy(sale: Programme, price: { readonly amount: number; readonly asset: string }): Promise<string> {
    const before = this.pending.find((statement) => statement.purchase?.programme === sale.code && !statement.outcome);
    if (before) return before.hash;
    const purchase = { programme: sale.code, amount: sale.amount ?? 0, asset: sale.asset };
    return this.#send('sale.buy', { ...price, programme: sale.code }, { ...price, payee: sale.name, purchase });
  }

  async #send(
    purpose: 'transfer' | 'pay' | 'hold' | 'sale.buy',
    operation: JsonObject,
    shown: Pick<PendingStatement, 'amount' | 'asset' | 'payee' | 'legs' | 'earned' | 'heldUntil' | 'purchase'>,
  ): Promise<string> {
    const chain = await this.#chain();
    const text = await this.#statement(this.#signer(), purpose, chain, operation);
    const statement = { hash: transactionHash(text), text, ...shown, ...this.#times() };
    await savePending(statement); // from here on it is never forgotten, and never signed a second time
    this.pending = [...this.pending, statement];
    void this.#bringHome(statement);
    return statement.hash;
  }

  pendingOf(hash: string): PendingStatement | undefined {
    return this.pending.find((statement) => statement.hash === hash);
  }

  /** Once its outcome was seen, a payment need not be kept. */
  async dismiss(hash: string): Promise<void> {
    if (!this.pendingOf(hash)?.outcome) return;
    this.pending = this.pending.filter((statement) => statement.hash !== hash);
    await deletePending(hash);
  }

  async #bringHome(statement: PendingStatement, sentBefore = false): Promise<void> {
    const outcome: Outcome = await settle(statement, gatewayCourier, ({ reason }) => {
      this.waitingReasons = { ...this.waitingReasons, [statement.hash]: reason };
    }, sentBefore);
    const settled = { ...statement, outcome };
    await savePending(settled);
    this.pending = this.pending.map((one) => (one.hash === settled.hash ? settled : one));
    this.news++;
    await this.refresh();
  }

  /** For keys: as a payment, but waited for. @throws Refusal */
  async #sendAndWait(text: string): Promise<void> {
    const outcome = await settle({ hash: transactionHash(text), text, ...this.#times() }, gatewayCourier, () => undefined);
    if (!outcome.paid) throw new Refusal(outcome.refusal, 409, {});
  }

  // The session

  /** Calls the API as this wallet; a session that ran out is renewed once. @throws Refusal or Unreachable */
  async call<Answer>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    const options = { body, ...(idempotencyKey ? { idempotencyKey } : {}) };
    try {
      return await call<Answer>(method, path, { ...options, token: await this.#signIn() });
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 401)) throw error;
      return await call<Answer>(method, path, { ...options, token: await this.#signIn(true) });
    }
  }

  async refresh(): Promise<void> {
    try {
      this.me = await this.call<Me>('GET', '/v1/me');
      localStorage.setItem(CODE_COINS, JSON.stringify(this.coins));
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error;
      // The gateway no longer takes this key: it was revoked, or has expired.
      if (error instanceof Refusal && (error.status === 401 || error.status === 403)) this.phase = 'locked';
    }
  }

  /** Lets go of a key that opens nothing any more, so that a new one can be made. Payments under way are kept. */
  async forget(): Promise<void> {
    this.#stream?.close();
    await forgetIdentity();
    this.#identity = undefined;
    this.#token = undefined;
    this.me = undefined;
    this.trouble = undefined;
    this.phase = 'new';
  }

  async #signIn(again = false): Promise<string> {
    if (this.#token && !again) return this.#token;
    this.#login ??= (async () => {
      const session = await this.#session(this.#signer(), await this.#chain());
      this.#token = session.token;
      return session.token;
    })().finally(() => (this.#login = undefined));
    return this.#login;
  }

  async #session(signer: Signer, chain: ChainInfo): Promise<{ token: string; account: string }> {
    const { audience, challenge } = await call<{ audience: string; challenge: string }>('POST', '/v1/sessions/challenges', { body: {} });
    const login = await this.#statement(signer, 'login', chain, { audience, challenge }, LOGIN_VALIDITY_MILLIS);
    return call('POST', '/v1/sessions', { body: { login } });
  }

  // Statements

  #signer(): Signer {
    if (!this.#identity) throw new Unreachable('network');
    return signerOf(this.#identity.key);
  }

  async #chain(): Promise<ChainInfo> {
    const before = Date.now();
    const chain = await chainInfo();
    // The chain's time stands still between blocks; only a clock that is behind it must be corrected.
    this.#clockAheadMillis = Math.max(this.#clockAheadMillis, Date.parse(chain.time) - before, 0);
    return chain;
  }

  #now(): number {
    return Date.now() + this.#clockAheadMillis;
  }

  #times(): { madeAtMillis: number; hopelessAtMillis: number } {
    const madeAtMillis = Date.now();
    return { madeAtMillis, hopelessAtMillis: madeAtMillis + LONGEST_VALIDITY_MILLIS + CLOCK_MARGIN_MILLIS };
  }

  #keyRequest(signer: Signer, chain: ChainInfo, account: string, label: string): Promise<string> {
    return this.#statement(signer, 'key.request', chain, { account, expiresMillis: this.#now() + KEY_LIFE_MILLIS, label });
  }

  #statement(signer: Signer, purpose: string, chain: ChainInfo, operation: JsonObject, validity?: number): Promise<string> {
    const longest = Math.min(chain.transactionValidityMillis, LONGEST_VALIDITY_MILLIS);
    return makeStatement(signer, {
      chain: chain.chain,
      id: randomStatementId(),
      operation,
      purpose,
      validUntilMillis: this.#now() + (validity ?? longest),
    });
  }
}

export const wallet = new Wallet();
