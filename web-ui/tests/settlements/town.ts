import { SampleChain } from '../../dev/sample-chain';
import { hex, textOf } from '../../src/chain/bytes';
import { type JsonObject, write } from '../../src/chain/canonical-json';
import { generateDeviceKey, signerOf } from '../../src/chain/device-key';
import type { Header } from '../../src/chain/header';
import { makeStatement, randomStatementId, transactionHash } from '../../src/chain/statement';
import { type Line, type Subject, dayNumber } from '../../src/settlements/checks';
import type { BlockSource, ShownBlock } from '../../src/settlements/day-on-the-chain';
import { type Posting, postingOf, postingsRoot } from '../../src/settlements/postings';
import { payoutIdOf } from '../../src/settlements/recorded-settlement';
import type { DaySource, ShownAttempt } from '../../src/settlements/prove-day';

export const SHOP = '5a'.repeat(16);
export const PERSON = 'cd'.repeat(16);
export const DAY = '2026-11-20';
export const SUBJECT: Subject = { chain: 'town', merchant: SHOP, asset: 'S-COIN', day: DAY };
export const BEGIN = Date.parse('2026-11-19T15:00:00Z');
export const END = BEGIN + 86_400_000;

export const paid = (amount: number, payee = SHOP, asset = 'S-COIN'): JsonObject => ({ payment: { amount, asset, payee, payer: PERSON } });
export const refunded = (amount: number, payment = '1.0'): JsonObject => ({
  refund: { amount, asset: 'S-COIN', payee: PERSON, payer: SHOP, payment, refunded: amount },
});

const FEE_BASIS_POINTS = 50;

/** A chain in memory on which a shop is paid and its day settled, and a gateway's answers about it. */
export class Town {
  readonly chain = new SampleChain('town', ['city', 'university', 'bank', 'audit office']);
  readonly postings: Posting[] = [];
  readonly lines: Line[] = [];
  readonly attempts: (ShownAttempt & { transaction: string })[] = [];
  private carried = 0;

  private constructor(private readonly sign: (operation: JsonObject, purpose: string) => Promise<string>) {}

  static async founded(): Promise<Town> {
    const signer = signerOf(await generateDeviceKey());
    return new Town((operation, purpose) =>
      makeStatement(signer, { chain: 'town', id: randomStatementId(), operation, purpose, validUntilMillis: END + 1 }),
    );
  }

  /** A day with these results, in blocks of so many, before and after which others pay and are paid. */
  static async after(results: readonly JsonObject[], perBlock = 3): Promise<Town> {
    const town = await Town.founded();
    await town.block([paid(111)], BEGIN - 1);
    for (let from = 0; from < results.length; from += perBlock) {
      await town.block(results.slice(from, from + perBlock), BEGIN + from * 1_000);
    }
    await town.block([paid(9, PERSON)], END - 1);
    await town.block([paid(222)], END);
    await town.settle();
    return town;
  }

  async block(results: readonly JsonObject[], timeMillis: number): Promise<void> {
    const transactions = await Promise.all(results.map(() => this.sign({}, 'transfer')));
    const height = this.chain.addBlock(transactions, results.map((data) => ({ code: 0, data: write(data) })), timeMillis).header.height;
    if (timeMillis < BEGIN || timeMillis >= END) return;
    results.forEach((data, index) => {
      const posting = postingOf(`${height}.${index}`, data, SHOP, 'S-COIN');
      if (posting) this.post(posting, data, timeMillis);
    });
  }

  private post(posting: Posting, data: JsonObject, timeMillis: number): void {
    const kind = 'refund' in data ? 'refund' : 'issued' in data ? 'issued' : 'capture';
    const fee = kind === 'issued' ? 0 : Math.sign(posting.change) * Math.floor((Math.abs(posting.change) * FEE_BASIS_POINTS + 5_000) / 10_000);
    this.postings.push(posting);
    this.lines.push({ ...posting, kind, fee, index: this.lines.length, time: new Date(timeMillis).toISOString() });
  }

  /** Records the day, or what is carried once more; changed as a dishonest operator would. */
  async settle(change: Partial<JsonObject> = {}): Promise<void> {
    const attempt = this.attempts.length + 1;
    const lines = attempt === 1 ? this.lines : [];
    const sum = (kind: string) => lines.filter((line) => line.kind === kind).reduce((total, line) => total + line.change, 0);
    const fees = lines.reduce((total, { fee }) => total + fee, 0);
    const net = lines.reduce((total, line) => total + line.change, 0);
    const payout = this.carried + net - fees;
    const figures = {
      captureCount: lines.filter(({ kind }) => kind === 'capture').length, captures: sum('capture'),
      refundCount: lines.filter(({ kind }) => kind === 'refund').length, refunds: -sum('refund') || 0,
      others: sum('issued'), fees, adjustments: 0, carriedBefore: this.carried, owedBefore: 0, charges: fees, payout, carried: 0, owed: 0,
    };
    const named = { asset: 'S-COIN', attempt, day: dayNumber(DAY), merchant: SHOP };
    const payoutId = payoutIdOf('town', named);
    const settlement = {
      ...named, carried: 0, charges: fees, count: lines.length, net, operator: PERSON, payout, payoutId, root: postingsRoot(lines), run: 'run', ...change,
    } as JsonObject;
    const transaction = await this.sign({}, 'settle');
    this.chain.addBlock([transaction], [{ code: 0, data: write({ settlement }) }], END + 60_000 * attempt);
    this.chain.addBlock([], [], END + 60_000 * attempt + 5);
    this.carried = payout; // as if the payout came back
    this.attempts.push({ ...figures, attempt, payoutId, transaction: transactionHash(transaction) });
  }

  /** The transaction that this hash names: its place and its result. */
  private find(hash: string): { height: number; index: number } {
    for (const { header, transactions } of this.chain.blocks) {
      const index = transactions.findIndex((text) => transactionHash(text) === hash);
      if (index >= 0) return { height: Number(header.height), index };
    }
    throw new Error(`no transaction ${hash}`);
  }

  /** What an honest gateway answers, in pages of a hundred. */
  source(): DaySource {
    const page = <Item>(items: readonly Item[], cursor: string | undefined) => {
      const from = Number(cursor ?? 0);
      return Promise.resolve({ items: items.slice(from, from + 100), ...(from + 100 < items.length ? { next: String(from + 100) } : {}) });
    };
    return {
      attempts: () => Promise.resolve(this.attempts),
      lines: (cursor) => page(this.lines, cursor),
      payments: (cursor) => page(this.postings.filter(({ change }) => change > 0).reverse(), cursor),
      receipt: (hash) => {
        const { height, index } = this.find(hash);
        return Promise.resolve(write(this.chain.receipt(height, index)));
      },
    };
  }

  /** What an honest gateway shows, two blocks at once. */
  blocks(): BlockSource {
    return { below: (height) => Promise.resolve(this.chain.blocks.slice(Math.max(0, height - 3), height - 1).reverse().map(shown)) };
  }

  /** The header under the first settlement. */
  signed(): Header {
    return this.chain.blocks[this.find(this.attempts[0]!.transaction).height - 1]!.header;
  }
}

function shown({ header, results }: SampleChain['blocks'][number]): ShownBlock {
  return { header: headerJson(header), results: results.map(({ data }) => textOf(data)) };
}

/** As `GET /v1/blocks/{height}` shows it. */
export function headerJson(header: Header): Record<string, unknown> {
  const upper = (bytes: Uint8Array) => hex(bytes).toUpperCase();
  return {
    version: { block: Number(header.version.block), app: Number(header.version.app) },
    chain_id: header.chainId,
    height: Number(header.height),
    time: new Date(Number(header.time.seconds) * 1_000 + header.time.nanos / 1e6).toISOString(),
    last_block_id: {
      hash: upper(header.lastBlockId.hash),
      parts: { total: header.lastBlockId.partSetHeader.total, hash: upper(header.lastBlockId.partSetHeader.hash) },
    },
    last_commit_hash: upper(header.lastCommitHash),
    data_hash: upper(header.dataHash),
    validators_hash: upper(header.validatorsHash),
    next_validators_hash: upper(header.nextValidatorsHash),
    consensus_hash: upper(header.consensusHash),
    app_hash: upper(header.appHash),
    last_results_hash: upper(header.lastResultsHash),
    evidence_hash: upper(header.evidenceHash),
    proposer_address: upper(header.proposerAddress),
  };
}
