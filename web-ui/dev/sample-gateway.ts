import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

import { base64url, hex, textOf, utf8 } from '../src/chain/bytes';
import { type JsonObject, write, writeText } from '../src/chain/canonical-json';
import { headerHash } from '../src/chain/header';
import { type Statement, accountIdOf, readStatement, transactionHash } from '../src/chain/statement';
import { isSignedRight } from '../src/chain/verify-statement';
import { SampleChain } from './sample-chain';
import { type SampleVotes, VotesProblem } from './sample-votes';

/**
 * The gateway's API (gateway/src/main/resources/openapi.yaml) in memory, for developing and looking at the pages: real statements, blocks and receipts on a
 * sample chain, no database. Never shipped.
 */
interface Account {
  readonly id: string;
  readonly kind: 'person' | 'merchant' | 'machine';
  name: { ko: string; en: string };
  phone?: string;
  readonly balances: Map<string, number>;
  readonly keys: { key: string; label: string; expiresAt: string; revoked: boolean }[];
  readonly activity: object[];
}

interface Intent {
  id: string;
  status: string;
  amount: number;
  asset: string;
  till?: string;
  qr: string;
  shortCode: string;
  expiresAt: string;
  createdAt: string;
  refunded: number;
  merchant: { id: string; account: string; name: { ko: string; en: string } };
  payment?: object;
  payer?: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly problem: string,
    readonly members: object = {},
  ) {
    super(problem);
  }
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.woff2': 'font/woff2', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json',
};
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
const SHOP_KEY = 'mk_sample';
const ASSETS = [
  { code: 'S-COIN', scale: 0, kind: 'coin', name: { ko: '에스코인', en: 'S-Coin' } },
  { code: 'U-COIN', scale: 0, kind: 'coin', name: { ko: '유코인', en: 'U-Coin' } },
];

export class SampleGateway {
  readonly chain = new SampleChain('madang-demo', ['Hanbit City', 'Hanbit University', 'Saemaul Bank', 'Citizens’ Audit']);
  readonly shop: Account;
  /** What to do with the next requests to a path: answer late, fail, or never answer. For tests and screenshots. */
  readonly moods: { path: string; mood: 'hang' | 'fail' | 'late' }[] = [];
  chargeDelayMillis = 600;
  /** The voting channel; without it there are no elections. */
  votes: SampleVotes | undefined;

  private readonly accounts = new Map<string, Account>();
  private readonly sessions = new Map<string, string>();
  private readonly intents: Intent[] = [];
  private readonly stickers: { id: string; till: string; qr: string }[] = [];
  private readonly charges = new Map<string, { id: string; status: string; amount: number; asset: string; account: string }>();
  private readonly done = new Map<string, { height: number; index: number; data: JsonObject; text: string; time: string }>();
  private readonly listeners = new Set<{ response: ServerResponse; topics: string[]; account?: string; merchant: boolean }>();
  private readonly server: Server;
  private now = () => Date.now();
  private event = 0;

  constructor(private readonly webroot: string) {
    this.shop = this.account('5a'.repeat(16), 'merchant', { ko: '마당카페 시청점', en: 'Madang Cafe City Hall' });
    this.shop.balances.set('S-COIN', 480_000);
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  listen(port = 0): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(port, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`);
      });
    });
  }

  close(): void {
    this.listeners.forEach(({ response }) => response.end());
    this.server.closeAllConnections();
    this.server.close();
  }

  account(id: string, kind: Account['kind'], name: { ko: string; en: string }, phone?: string): Account {
    const balances = new Map([['S-COIN', 0], ['U-COIN', 0]]);
    const account: Account = { id, kind, name, ...(phone ? { phone } : {}), balances, keys: [], activity: [] };
    this.accounts.set(id, account);
    return account;
  }

  /** A payment as if someone else had made it, at a time of our choosing. */
  record(payer: Account, payee: Account, amount: number, type: string, atMillis: number, asset = 'S-COIN'): void {
    const payment = { amount, asset, payee: payee.id, payer: payer.id };
    this.block(this.sampleStatement(), { payment }, atMillis);
    const [hash] = [...this.done.keys()].slice(-1);
    this.remember(payer, payee, amount, asset, type, hash!, undefined);
  }

  private sampleStatement(): string {
    // Unsigned filler: only its place in a block matters.
    const payload = { chain: this.chain.name, id: randomBytes(16).toString('hex'), operation: {}, purpose: 'transfer', validUntilMillis: 1, version: 1 };
    const header = `{"alg":"EdDSA","kid":"${base64url(new Uint8Array(32))}"}`;
    return `${base64url(utf8(header))}.${base64url(write(payload))}.${base64url(new Uint8Array(64))}`;
  }

  private block(text: string, data: JsonObject, atMillis: number): { height: number; index: number; time: string } {
    this.chain.addBlock([text], [{ code: 0, data: write(data) }], atMillis);
    const height = this.chain.height;
    this.chain.addBlock([], [], atMillis + 5); // the proof block
    const time = new Date(atMillis).toISOString();
    this.done.set(transactionHash(text), { height, index: 0, data, text, time });
    for (const number of [height, height + 1]) this.tell('blocks', 'block', { height: number });
    return { height, index: 0, time };
  }

  private remember(payer: Account, payee: Account, amount: number, asset: string, type: string, hash: string, reference?: string): void {
    const { height, time } = this.done.get(hash)!;
    const shared = { position: `${height}.0`, transaction: hash, asset, amount, time, height, ...(reference ? { reference } : {}) };
    const side = (account: Account) => ({ account: account.id, name: account.name, kind: account.kind });
    payer.activity.unshift({ ...shared, type, direction: 'out', counterparty: side(payee) });
    payee.activity.unshift({ ...shared, type: type === 'payment' ? 'received' : type, direction: 'in', counterparty: side(payer) });
  }

  private tell(topic: string, event: string, data: object, account?: string): void {
    for (const listener of this.listeners) {
      if (!listener.topics.includes(topic)) continue;
      if (topic === 'account' && listener.account !== account) continue;
      if (topic === 'merchant' && !listener.merchant) continue;
      listener.response.write(`id: ${++this.event}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://here');
    if (!url.pathname.startsWith('/v1/')) return this.file(url.pathname, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const mood = this.moods.find(({ path }) => url.pathname.startsWith(path))?.mood;
    if (mood === 'hang') return;
    if (mood === 'late') await new Promise((resolve) => setTimeout(resolve, 1_200));
    try {
      if (mood === 'fail') throw new Problem(503, 'unavailable');
      if (url.pathname === '/v1/events') return this.stream(request, response, url);
      if (this.votes && /^\/v1\/(votes|elections|attached)(\/|$)/.test(url.pathname)) {
        return this.vote(request, response, url, Buffer.concat(chunks).toString());
      }
      const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, never>) : {};
      const answer = await this.answer(`${request.method} ${url.pathname}`, url, body, this.bearer(request));
      const bytes = answer instanceof Uint8Array ? answer : JSON.stringify(answer);
      response.writeHead(200, { 'content-type': 'application/json' }).end(bytes);
    } catch (error) {
      const known = error instanceof Problem || error instanceof VotesProblem;
      const problem = error instanceof VotesProblem ? new Problem(error.status, error.problem) : error instanceof Problem ? error : new Problem(500, 'bug');
      if (!known) console.error(error);
      response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ type: `https://madang.io/problems/${problem.problem}`, status: problem.status, ...problem.members }));
    }
  }

  /** Elections: in their own hands, but for the stream of news. */
  private vote(request: IncomingMessage, response: ServerResponse, url: URL, body: string): void {
    const votes = this.votes ?? this.refuse(404, 'not-found');
    const live = /^\/v1\/elections\/(\w+)\/events$/.exec(url.pathname);
    if (live) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      const listener = { response, topics: [`election ${live[1]}`], merchant: false };
      this.listeners.add(listener);
      response.on('close', () => this.listeners.delete(listener));
      votes.oncast = (election) => {
        const tracker = election.ballots.at(-1)!.tracker;
        const { counted } = (election.view() as { ballots: { counted: number } }).ballots;
        this.tell(`election ${election.id}`, 'ballot', { tracker, accepted: election.ballots.length, counted });
      };
      return;
    }
    const answer = votes.answer(request.method!, url, body, this.bearer(request)) ?? this.refuse(404, 'no-such-route');
    if (answer instanceof Uint8Array && url.pathname.endsWith('/archive')) {
      const name = url.pathname.split('/')[3]!;
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': answer.length, 'content-disposition': `attachment; filename="${name}.bel"` });
      response.end(answer);
      return;
    }
    const bytes = answer instanceof Uint8Array || typeof answer === 'string' ? answer : JSON.stringify(answer);
    response.writeHead(200, { 'content-type': 'application/json' }).end(bytes);
  }

  private bearer(request: IncomingMessage): string {
    return request.headers.authorization?.replace('Bearer ', '') ?? '';
  }

  private file(path: string, response: ServerResponse): void {
    const inside = normalize(path).replace(/\/$/, '');
    const candidates = [join(this.webroot, inside), join(this.webroot, inside, 'index.html')];
    const found = candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
    if (!found) return void response.writeHead(404).end();
    const headers = { 'content-type': TYPES[extname(found)] ?? 'text/plain', 'content-security-policy': POLICY, 'permissions-policy': 'camera=(self)' };
    response.writeHead(200, headers).end(readFileSync(found));
  }

  private stream(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const bearer = this.bearer(request);
    const account = this.sessions.get(bearer);
    const topics = url.searchParams.get('topics')!.split(',');
    if (topics.includes('account') && !account) throw new Problem(401, 'unauthorized');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    const listener = { response, topics, ...(account ? { account } : {}), merchant: bearer === SHOP_KEY };
    this.listeners.add(listener);
    const beat = setInterval(() => response.write(': still here\n\n'), 10_000);
    response.on('close', () => {
      clearInterval(beat);
      this.listeners.delete(listener);
    });
  }

  private page<Item>(items: readonly Item[], url: URL): object {
    const limit = Number(url.searchParams.get('limit') ?? 20);
    const from = Number(url.searchParams.get('cursor') ?? 0);
    return { items: items.slice(from, from + limit), ...(from + limit < items.length ? { next: String(from + limit) } : {}) };
  }

  protected async answer(call: string, url: URL, body: Record<string, never>, bearer: string): Promise<object> {
    const [, , , id = '', action = ''] = url.pathname.split('/');
    const me = () => this.accounts.get(this.sessions.get(bearer) ?? '') ?? this.refuse(401, 'unauthorized');
    const shop = () => (bearer === SHOP_KEY ? this.shop : this.refuse(401, 'unauthorized'));

    switch (call.replace(/(\/v1\/[a-z]+\/)[^/]+(\/[a-z]+)?$/, (all, start: string, end = '') => (/\/(challenges|current|activity|alias|payments)$/.test(all) ? all : `${start}*${end}`))) {
      case 'GET /v1/chain':
        return {
          chain: this.chain.name,
          height: this.chain.height,
          time: new Date(this.now()).toISOString(),
          members: JSON.parse(textOf(this.chain.membersFile())).members,
          assets: ASSETS,
          transactionValidityMillis: 600_000,
          demo: true,
        };
      case 'GET /v1/members':
        return this.chain.membersFile();
      case 'GET /v1/demo':
        return { merchant: { apiKey: SHOP_KEY, name: this.shop.name, till: 'TILL-1' }, addresses: ['http://192.168.0.12:8080'], operators: [] };
      case 'POST /v1/accounts': {
        const request = await this.signed(body.request!, 'account.request');
        const account = this.accounts.get(accountIdOf(request.signer.kid)) ?? this.account(accountIdOf(request.signer.kid), 'person', { ko: '', en: '' });
        if (account.keys.length === 0) this.addKey(account, request);
        return { account: account.id };
      }
      case 'POST /v1/sessions/challenges':
        return { challenge: randomBytes(16).toString('hex'), audience: 'sample', expiresAt: new Date(this.now() + 120_000).toISOString() };
      case 'POST /v1/sessions': {
        const login = await this.signed(body.login!, 'login');
        const account = this.ownerOf(login) ?? this.refuse(401, 'unknown-signer');
        const token = `ws_${randomBytes(12).toString('hex')}`;
        this.sessions.set(token, account.id);
        return { token, account: account.id, expiresAt: new Date(this.now() + 3_600_000).toISOString() };
      }
      case 'GET /v1/me': {
        const { id: account, kind, phone, name, balances, keys } = me();
        const alias = phone ? { phone, name: name.ko } : undefined;
        const held = (asset: string) => ({ asset, available: balances.get(asset)!, held: 0 });
        return { account, kind, ...(alias ? { alias } : {}), balances: [...balances.keys()].map(held), keys, limits: {} };
      }
      case 'GET /v1/me/activity':
        return this.page(me().activity, url);
      case 'PUT /v1/me/alias':
        me().phone = body.phone!;
        me().name = { ko: body.name!, en: body.name! };
        return { phone: body.phone, name: body.name };
      case 'POST /v1/payees':
        return this.payee(body);
      case 'POST /v1/charges':
        return this.charge(me(), body.amount!, body.asset!);
      case 'GET /v1/charges/*':
        return this.charges.get(id) ?? this.refuse(404, 'not-found');
      case 'POST /v1/transactions':
        return this.submit(body.transaction!);
      case 'GET /v1/transactions/*': {
        const known = this.done.get(id);
        if (!known) return { status: 'unknown', hash: id };
        return this.final(id);
      }
      case 'GET /v1/receipts/*': {
        const known = this.done.get(id) ?? this.refuse(404, 'not-found');
        return write(this.chain.receipt(known.height, known.index));
      }
      case 'GET /v1/blocks':
        return this.page(this.chain.blocks.map((_, index) => this.summary(index + 1)).reverse(), url);
      case 'GET /v1/blocks/*':
        return this.detail(Number(id));
      case 'GET /v1/merchant':
        shop();
        return {
          id: 'M-SAMPLE01', account: this.shop.id, name: this.shop.name, role: 'owner', till: 'TILL-1',
          balances: [...this.shop.balances].map(([asset, available]) => ({ asset, available, held: 0 })),
          today: this.today(),
        };
      case 'GET /v1/intents':
        shop();
        return this.page([...this.intents].reverse().map((intent) => this.fresh(intent)), url);
      case 'POST /v1/intents':
        shop();
        return this.intent(body.amount!, body.asset!);
      case 'GET /v1/intents/*':
        return this.fresh(this.intents.find((one) => one.id === id) ?? this.refuse(404, 'no-such-intent'));
      case 'POST /v1/intents/*/cancel': {
        const intent = this.fresh(this.intents.find((one) => one.id === id)!);
        if (intent.status === 'created') intent.status = 'cancelled';
        return intent;
      }
      case 'POST /v1/intents/*/refunds':
        return this.refund(this.intents.find((one) => one.id === id)!, body.amount);
      case 'GET /v1/stickers':
        return this.page(this.stickers, url);
      case 'POST /v1/stickers': {
        const sticker = { id: randomBytes(8).toString('hex'), till: String(body.till), qr: '' };
        sticker.qr = `00020101021126330014io.madang.demo0108STICKER1520458145303410${sticker.id}`;
        this.stickers.unshift(sticker);
        return sticker;
      }
      default:
        throw new Problem(404, `no-such-route-${call}-${action}`);
    }
  }

  protected refuse(status: number, problem: string, members: object = {}): never {
    throw new Problem(status, problem, members);
  }

  protected async signed(text: string, purpose: string): Promise<Statement> {
    const statement = readStatement(text);
    if (statement.payload.purpose !== purpose || !(await isSignedRight(statement))) this.refuse(400, 'bad-signature');
    return statement;
  }

  private ownerOf(statement: Statement): Account | undefined {
    return [...this.accounts.values()].find((account) => account.keys.some((key) => key.key === statement.signer.kid && !key.revoked));
  }

  private addKey(account: Account, request: Statement): void {
    const { expiresMillis, label } = request.payload.operation as { expiresMillis: number; label: string };
    account.keys.push({ key: request.signer.kid, label, expiresAt: new Date(expiresMillis).toISOString(), revoked: false });
  }

  private payee(body: { phone?: string; account?: string; code?: string }): object {
    const { phone, account, code } = body;
    const answer = (one: Account) => ({ account: one.id, name: one.name, kind: one.kind });
    if (code) {
      const intent = this.intents.find((one) => one.qr === code || one.shortCode === code);
      if (intent) return { ...answer(this.shop), intent: this.fresh(intent) };
      const sticker = this.stickers.find((one) => one.qr === code);
      if (sticker) return { ...answer(this.shop), sticker };
    }
    const found = [...this.accounts.values()].find((one) => (phone && one.phone === phone) || one.id === account);
    return found ? answer(found) : this.refuse(404, 'no-such-payee');
  }

  private charge(account: Account, amount: number, asset: string): object {
    const charge = { id: randomBytes(12).toString('hex'), status: 'pending', amount, asset, account: account.id };
    this.charges.set(charge.id, charge);
    setTimeout(() => {
      const bank = this.accounts.get('ba'.repeat(16)) ?? this.account('ba'.repeat(16), 'merchant', { ko: '새마루은행', en: 'Saemaru Bank' });
      this.block(this.sampleStatement(), { issued: { account: account.id, amount, asset } }, this.now());
      account.balances.set(asset, account.balances.get(asset)! + amount);
      this.remember(bank, account, amount, asset, 'charge', [...this.done.keys()].at(-1)!);
      charge.status = 'confirmed';
      this.tell('account', 'charge', charge, account.id);
    }, this.chargeDelayMillis);
    return charge;
  }

  private async submit(text: string): Promise<object> {
    const hash = transactionHash(text);
    if (this.done.has(hash)) return this.final(hash);
    const statement = readStatement(text);
    if (!(await isSignedRight(statement))) this.refuse(400, 'bad-signature');
    const owner = this.ownerOf(statement) ?? this.refuse(403, 'unknown-signer');
    const operation = statement.payload.operation as Record<string, never>;
    switch (statement.payload.purpose) {
      case 'transfer':
        this.transfer(owner, statement, operation);
        break;
      case 'key.add':
        this.addKey(owner, await this.signed(operation.request!, 'key.request'));
        this.block(text, { account: owner.id, key: readStatement(operation.request!).signer.kid }, this.now());
        break;
      case 'key.revoke':
        owner.keys.find((key) => key.key === operation.key)!.revoked = true;
        this.block(text, { account: owner.id, key: operation.key! }, this.now());
        break;
      default:
        this.refuse(400, 'unknown-purpose');
    }
    return this.final(hash);
  }

  private transfer(payer: Account, statement: Statement, operation: Record<string, never>): void {
    const { amount, asset, to, reference } = operation as unknown as { amount: number; asset: string; to: string; reference?: string };
    const payee = this.accounts.get(to) ?? this.refuse(404, 'unknown-account');
    const available = payer.balances.get(asset)!;
    const intent = this.intents.find((one) => one.id === reference);
    if (intent && this.fresh(intent).status !== 'created') this.refuse(409, intent.status === 'expired' ? 'intent-expired' : 'intent-already-paid');
    if (available < amount) this.refuse(409, 'insufficient-funds', { available });
    payer.balances.set(asset, available - amount);
    payee.balances.set(asset, payee.balances.get(asset)! + amount);
    const payment = { amount, asset, payee: payee.id, payer: payer.id, ...(reference ? { reference } : {}) };
    const { height, time } = this.block(statement.text, { payment }, this.now());
    const hash = transactionHash(statement.text);
    this.remember(payer, payee, amount, asset, 'payment', hash, reference);
    if (intent) {
      intent.status = 'paid';
      intent.payment = { position: `${height}.0`, transaction: hash, time, payerMasked: '김*마' };
      intent.payer = payer.id;
      this.tell('merchant', 'intent', { id: intent.id, status: 'paid' });
    }
    this.tell('account', 'balance', {}, payer.id);
    this.tell('account', 'payment', {}, payee.id);
  }

  private refund(intent: Intent, asked?: number): object {
    const amount = asked ?? intent.amount - intent.refunded;
    if (amount > intent.amount - intent.refunded) this.refuse(409, 'over-payment');
    intent.refunded += amount;
    intent.status = intent.refunded === intent.amount ? 'refunded' : 'partly-refunded';
    const payer = this.accounts.get(intent.payer ?? '');
    if (payer) {
      payer.balances.set(intent.asset, payer.balances.get(intent.asset)! + amount);
      this.record(this.shop, payer, amount, 'refund', this.now(), intent.asset);
      this.tell('account', 'refund', {}, payer.id);
    }
    return { status: 'final', position: '1.0', amount, refunded: intent.refunded };
  }

  /** An intent as the shop made it; tests give it another age. */
  intent(amount: number, asset: string, ageMillis = 0, paid = false): Intent {
    const id = randomBytes(12).toString('hex');
    const created = this.now() - ageMillis;
    const merchant = { id: 'M-SAMPLE01', account: this.shop.id, name: this.shop.name };
    const intent: Intent = {
      id, status: paid ? 'paid' : 'created', amount, asset, till: 'TILL-1', merchant, refunded: 0,
      qr: `00020101021226330014io.madang.demo0111M-SAMPLE0152045814530341054${String(String(amount).length).padStart(2, '0')}${amount}5802KR5912MADANG CAFE6005SEOUL62280524${id}6304ABCD`,
      shortCode: id.slice(0, 8).toUpperCase().replace(/(.{4})/, '$1-'),
      createdAt: new Date(created).toISOString(),
      expiresAt: new Date(created + 180_000).toISOString(),
    };
    if (paid) {
      const { height, time } = this.block(this.sampleStatement(), { payment: { amount, asset, payee: this.shop.id, payer: 'cd'.repeat(16) } }, created);
      intent.payment = { position: `${height}.0`, transaction: [...this.done.keys()].at(-1), time, payerMasked: ['이*수', '박*', '최*영', '정*호'][height % 4] };
    }
    this.intents.push(intent);
    return intent;
  }

  private fresh(intent: Intent): Intent {
    if (intent.status === 'created' && Date.parse(intent.expiresAt) <= this.now()) intent.status = 'expired';
    return intent;
  }

  private today(): object {
    const paid = this.intents.filter((intent) => intent.payment);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    return { count: paid.length, amount: sum(paid.map((one) => one.amount)), refunded: sum(paid.map((one) => one.refunded)) };
  }

  private final(hash: string): object {
    const { height, index, data, text, time } = this.done.get(hash)!;
    return { status: 'final', hash, position: `${height}.${index}`, height, time, data: JSON.parse(writeText(data)), transaction: text };
  }

  private summary(height: number): object {
    const { header, transactions } = this.chain.blocks[height - 1]!;
    const time = new Date(Number(header.time.seconds) * 1000 + header.time.nanos / 1e6).toISOString();
    return { height, time, hash: hex(headerHash(header)).toUpperCase(), stateHash: hex(header.appHash).toUpperCase(), transactions: transactions.length };
  }

  private detail(height: number): object {
    const block = this.chain.blocks[height - 1] ?? this.refuse(404, 'not-found');
    const shown = (value: unknown): unknown => (value instanceof Uint8Array ? hex(value).toUpperCase() : typeof value === 'bigint' ? String(value) : value);
    const plain = (value: object) => JSON.parse(JSON.stringify(value, (_, member: unknown) => shown(member))) as object;
    const contents = block.transactions.map((text, index) => ({
      hash: transactionHash(text), purpose: readStatement(text).payload.purpose, position: `${height}.${index}`,
    }));
    return { ...this.summary(height), header: plain(block.header), commit: plain(block.commit), contents };
  }
}
