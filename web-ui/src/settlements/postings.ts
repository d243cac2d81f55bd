import { base64url, utf8 } from '../chain/bytes';
import type { Json, JsonObject } from '../chain/canonical-json';
import { rootOf } from '../chain/merkle';

/**
 * One change of one account's coins by one transaction (docs/formats.md section 10): a leaf of the tree whose root a settlement records.
 * Written from the page and not from the Java code, as a second opinion on it.
 */
export interface Posting {
  /** `<height>.<index>` of the transaction. */
  readonly position: string;
  /** Signed, in minor units. */
  readonly change: number;
}

/** The Merkle root over postings in their order, in base64url as `settle` writes it. */
export function postingsRoot(postings: readonly Posting[]): string {
  return base64url(rootOf(postings.map(({ position, change }) => utf8(`${position} ${change}`))));
}

/** Less than 0 when the first stands before the second on the chain. */
export function comparePositions(a: string, b: string): number {
  const [heightA, indexA] = numbersOf(a);
  const [heightB, indexB] = numbersOf(b);
  return heightA - heightB || indexA - indexB;
}

function numbersOf(position: string): readonly [number, number] {
  const match = /^([1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,9})$/.exec(position);
  if (!match) throw new SyntaxError(`not a position: ${position}`);
  return [Number(match[1]), Number(match[2])];
}

/**
 * What a transaction that took effect changed for an account in an asset; undefined when nothing.
 *
 * @param data of its result (section 4)
 * @throws SyntaxError for data that the ledger never writes
 */
export function postingOf(position: string, data: JsonObject, account: string, asset: string): Posting | undefined {
  const change = changeBy(data, account, asset);
  return change === 0 ? undefined : { position, change };
}

function changeBy(data: JsonObject, account: string, asset: string): number {
  const [kind, inner] = Object.entries(data)[0] ?? [];
  switch (kind) {
    case 'payment':
      return between(members(inner), account, amountOf(members(inner), asset));
    case 'refund':
    case 'composite': {
      const moved = members(inner);
      const legs = Array.isArray(moved.legs) ? (moved.legs as Json[]).map(members) : [moved];
      const amount = legs.reduce((sum, leg) => sum + amountOf(leg, asset), 0);
      return between(moved, account, amount);
    }
    case 'issued':
      return members(inner).account === account ? amountOf(members(inner), asset) : 0;
    case 'redeemed':
      return members(inner).account === account ? -amountOf(members(inner), asset) : 0;
    default:
      return 0;
  }
}

/** A refund's payer is who gives back. */
function between(moved: JsonObject, account: string, amount: number): number {
  return (moved.payee === account ? amount : 0) - (moved.payer === account ? amount : 0);
}

function amountOf(part: JsonObject, asset: string): number {
  if (typeof part.amount !== 'number') throw new SyntaxError('a result without an amount');
  return part.asset === asset ? part.amount : 0;
}

function members(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || Array.isArray(value)) throw new SyntaxError('a result of another form');
  return value as JsonObject;
}
