import type { Programme } from '../api/programmes';

/** What a programme would add to a charge. Amounts are minor units of the coin. */
export interface Offer {
  readonly programme: Programme;
  /** What is paid. */
  readonly paid: number;
  /** What is added to it. */
  readonly bonus: number;
}

const WHOLE = 10_000;

/** The rate's share of an amount, rounded down as the ledger does. */
function share(rate: number, of: number): number {
  return Math.floor(of / WHOLE) * rate + Math.floor(((of % WHOLE) * rate) / WHOLE);
}

export function isRunning(programme: Programme, nowMillis: number): boolean {
  return Date.parse(programme.from) <= nowMillis && nowMillis < Date.parse(programme.until);
}

/** What is left of a programme for this person now. */
export function leftOf(programme: Programme): number {
  return Math.max(0, Math.min(programme.mine?.left ?? programme.perPerson, programme.left, programme.fundAvailable));
}

/**
 * What becomes of a wish: with a discount the wish is what one gets, and less is paid; with a bonus it is what one pays, and more
 * comes. Where less is left than the rule gives, the rest is paid.
 */
export function offer(programme: Programme, wish: number): Offer {
  const bonus = Math.min(share(programme.rate ?? 0, wish), leftOf(programme));
  return programme.kind === 'discount' ? { programme, paid: wish - bonus, bonus } : { programme, paid: wish, bonus };
}

/** The programme that adds most to a wish, if any adds something. */
export function bestOffer(programmes: readonly Programme[], asset: string, wish: number, nowMillis: number): Offer | undefined {
  return programmes
    .filter((one) => (one.kind === 'discount' || one.kind === 'bonus') && one.asset === asset && isRunning(one, nowMillis))
    .map((one) => offer(one, wish))
    .filter((one) => one.bonus > 0)
    .sort((one, other) => other.bonus - one.bonus)[0];
}

export type SaleState = 'coming' | 'open' | 'sold-out' | 'over';

export function saleState(sale: Programme, nowMillis: number): SaleState {
  if (nowMillis < Date.parse(sale.from)) return 'coming';
  if (nowMillis >= Date.parse(sale.until)) return 'over';
  return lotsLeft(sale) > 0 ? 'open' : 'sold-out';
}

export function lotsLeft(sale: Programme): number {
  const lot = sale.amount ?? 1;
  return Math.floor(Math.min(sale.left, sale.fundAvailable) / lot);
}

export function lotsInAll(sale: Programme): number {
  return Math.floor(sale.total / (sale.amount ?? 1));
}

/** How much less than its face a lot costs, in whole percent. */
export function discountPercent(sale: Programme): number {
  const lot = sale.amount ?? 0;
  return sale.price && lot > 0 ? Math.max(0, Math.floor(((lot - sale.price.amount) * 100) / lot)) : 0;
}

/** Days, and hours, minutes and seconds with two digits each. */
export function countdown(millis: number): { readonly days: number; readonly clock: string } {
  const seconds = Math.max(0, Math.ceil(millis / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    days: Math.floor(seconds / 86_400),
    clock: `${two(Math.floor(seconds / 3_600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`,
  };
}
