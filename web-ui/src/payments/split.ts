import type { AssetRules, EarningProgramme, SeriesKind } from './offers';

/** What a person has of an asset, and what binds it. */
export interface Purse {
  readonly asset: string;
  readonly kind: SeriesKind;
  readonly scale: number;
  readonly available: number;
  readonly held: number;
  /** What counts against the limits of today. */
  readonly spentToday?: number;
  /** Absent when nothing binds it. */
  readonly rules?: AssetRules;
}

/** Who is paid, as far as vouchers and programmes ask for it. */
export interface Shop {
  readonly category?: string;
  readonly region?: string;
}

export interface Purchase {
  readonly price: number;
  readonly coin: string;
  readonly shop: Shop;
  readonly nowMillis: number;
  /** Those of the payer's account. */
  readonly limits?: { readonly perPayment?: number; readonly perDay?: number };
}

/** What the person wants to use beside coins. */
export interface Wish {
  readonly points: boolean;
  readonly vouchers: boolean;
}

export interface Leg {
  readonly asset: string;
  readonly amount: number;
}

export interface Split {
  /** In the order of the ledger: points, then vouchers, then the coin, each kind by code. Their sum is the price. */
  readonly legs: readonly Leg[];
  /** What is earned, and by which programme. */
  readonly earned?: Leg & { readonly programme: string };
  /** How much of the coin's leg the person does not have. */
  readonly missing: number;
}

/** The ledger takes eight; one is kept for the coin. */
const MOST_BESIDE_COIN = 7;
const WHOLE = 10_000;

/**
 * Splits a price: points first, then vouchers, then the coin (docs/formats.md section 15). Of a kind, what expires first is used first. The
 * payer signs this split and the ledger takes exactly it, or refuses.
 */
export function split(purchase: Purchase, purses: readonly Purse[], wish: Wish, programmes: readonly EarningProgramme[]): Split {
  const coin = purses.find(({ asset }) => asset === purchase.coin);
  const legs: Leg[] = [];
  let left = purchase.price;
  if (coin?.kind === 'coin') {
    const wanted = [...(wish.points ? ofKind(purses, 'point') : []), ...(wish.vouchers ? ofKind(purses, 'voucher') : [])];
    for (const purse of wanted) {
      const amount = Math.min(left, usable(purse, coin, purchase));
      if (amount <= 0 || legs.length === MOST_BESIDE_COIN) continue;
      legs.push({ asset: purse.asset, amount });
      left -= amount;
    }
  }
  const ordered = legs.sort((a, b) => rank(purses, a) - rank(purses, b) || compare(a.asset, b.asset));
  if (left > 0) ordered.push({ asset: purchase.coin, amount: left });
  const missing = Math.max(0, left - (coin?.available ?? 0));
  const earned = coin?.kind === 'coin' ? bestEarning(left, ordered, coin, purchase, purses, programmes) : undefined;
  return { legs: ordered, missing, ...(earned ? { earned } : {}) };
}

/** Whether anything of this kind could be used for a purchase: only then there is something to choose. */
export function canUse(kind: 'point' | 'voucher', purchase: Purchase, purses: readonly Purse[]): boolean {
  const coin = purses.find(({ asset }) => asset === purchase.coin);
  return coin?.kind === 'coin' && purses.some((purse) => purse.kind === kind && usable(purse, coin, purchase) > 0);
}

function ofKind(purses: readonly Purse[], kind: SeriesKind): readonly Purse[] {
  return purses.filter((purse) => purse.kind === kind).sort((a, b) => expiry(a) - expiry(b) || compare(a.asset, b.asset));
}

function rank(purses: readonly Purse[], leg: Leg): number {
  return purses.find(({ asset }) => asset === leg.asset)?.kind === 'point' ? 0 : 1;
}

function expiry({ rules }: Purse): number {
  return rules?.expiresAt ? Date.parse(rules.expiresAt) : Infinity;
}

/** Codes are ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How much of it this shop takes from this person now. */
function usable(purse: Purse, coin: Purse, { shop, nowMillis, limits }: Purchase): number {
  const { rules } = purse;
  if (purse.scale !== coin.scale || expiry(purse) <= nowMillis) return 0;
  if (rules?.categories && !rules.categories.includes(shop.category ?? '')) return 0;
  if (rules?.regions && !rules.regions.includes(shop.region ?? '')) return 0;
  const perPayment = Math.min(limits?.perPayment ?? Infinity, rules?.perPayment ?? Infinity);
  const perDay = Math.min(limits?.perDay ?? Infinity, rules?.perDay ?? Infinity) - (purse.spentToday ?? 0);
  return Math.max(0, Math.min(purse.available, perPayment, perDay));
}

/** The programme that gives most for the coins; of several the first by its code. */
function bestEarning(
  coins: number,
  legs: readonly Leg[],
  coin: Purse,
  { nowMillis }: Purchase,
  purses: readonly Purse[],
  programmes: readonly EarningProgramme[],
): Split['earned'] {
  let best: Split['earned'];
  for (const programme of [...programmes].sort((a, b) => compare(a.code, b.code))) {
    const purse = purses.find(({ asset }) => asset === programme.asset);
    if (!purse || purse.scale !== coin.scale || expiry(purse) <= nowMillis) continue;
    const spent = legs.find(({ asset }) => asset === purse.asset)?.amount ?? 0;
    const room = (purse.rules?.holdingCap ?? Infinity) - (purse.available + purse.held - spent);
    const amount = Math.min(share(coins, programme.rate), programme.left, programme.mine?.left ?? programme.perPerson, programme.fundAvailable, room);
    if (amount > (best?.amount ?? 0)) best = { programme: programme.code, asset: programme.asset, amount };
  }
  return best;
}

/** A rate's share, rounded down as the ledger does, without a product that is too large to be exact. */
function share(of: number, rate: number): number {
  return Math.floor(of / WHOLE) * rate + Math.floor(((of % WHOLE) * rate) / WHOLE);
}

/** What a refund gives back of each leg: the last leg that was paid comes back first. */
export interface Returned extends Leg {
  /** The sum that was given back of this leg before. */
  readonly refunded: number;
}

/** What comes back of each leg when so much more is given back, in the order of the legs. */
export function givesBack(legs: readonly Returned[], amount: number): readonly Leg[] {
  let left = amount;
  return legs
    .toReversed()
    .map(({ asset, amount: paid, refunded }) => {
      const back = Math.min(left, paid - refunded);
      left -= back;
      return { asset, amount: back };
    })
    .toReversed();
}
