import type { Approvable, RegisteredMerchant } from '../api/settlement';
import type { Names } from '../api/types';
import type { Json, JsonObject } from '../chain/canonical-json';

/** What an approver sees of something that waits: who is concerned, and how much. */
export interface Waiting {
  readonly item: Approvable;
  readonly isVoid: boolean;
  readonly account: string;
  /** The merchant's, when the account is one that we know. */
  readonly name: Names | undefined;
  readonly asset: string;
  /** Days since 1970-01-01 as a date; empty when it is not known. */
  readonly day: string;
  readonly payout: number;
}

const DAY_MILLIS = 86_400_000;

/** Reads the words of a settlement; of a voiding, those of the settlement that it voids. */
export function waitingOf(item: Approvable, merchants: ReadonlyMap<string, RegisteredMerchant>): Waiting {
  const isVoid = item.purpose === 'settlement.void';
  const words = isVoid ? inside(item.operation, 'settlement', 'outcome', 'settlement') : item.operation;
  const { merchant, asset, day, payout } = words ?? {};
  const account = typeof merchant === 'string' ? merchant : '';
  return {
    item,
    isVoid,
    account,
    name: merchants.get(account)?.name,
    asset: typeof asset === 'string' ? asset : '',
    day: typeof day === 'number' ? new Date(day * DAY_MILLIS).toISOString().slice(0, 10) : '',
    payout: typeof payout === 'number' ? payout : 0,
  };
}

/** What lies in objects inside one another, by the names of the members that lead there. */
function inside(object: JsonObject, ...names: readonly string[]): JsonObject | undefined {
  return names.reduce<JsonObject | undefined>((at, name) => asObject(at?.[name]), object);
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The sums of what is to be signed, by asset. */
export function sums(all: readonly Waiting[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const one of all) found.set(one.asset, (found.get(one.asset) ?? 0) + one.payout);
  return found;
}
