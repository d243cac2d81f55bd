/** What a day or a month came to, as the gateway says it (`MerchantSettlement` in openapi.yaml). Amounts in minor units. */
export interface Figures {
  readonly captureCount: number;
  readonly captures: number;
  readonly refundCount: number;
  readonly refunds: number;
  readonly others: number;
  readonly fees: number;
  readonly adjustments: number;
  readonly carriedBefore: number;
  readonly owedBefore: number;
  readonly charges: number;
  readonly payout: number;
  readonly carried: number;
  readonly owed: number;
}

/** One line of the sum that ends in what is paid out. */
export interface Part {
  readonly name: 'carriedBefore' | 'captures' | 'refunds' | 'others' | 'fees' | 'adjustments' | 'owedBefore' | 'owed' | 'carried';
  /** Signed: what it adds to the payout. */
  readonly amount: number;
}

/** The parts always shown; the others only when there is something. */
const ALWAYS: readonly Part['name'][] = ['captures', 'refunds', 'fees'];

/** What a payout is made of, in the order in which people reckon: the parts add up to it. */
export function partsOf(figures: Figures): readonly Part[] {
  const parts: readonly Part[] = [
    { name: 'captures', amount: figures.captures },
    { name: 'refunds', amount: 0 - figures.refunds },
    { name: 'others', amount: figures.others },
    { name: 'fees', amount: 0 - figures.fees },
    { name: 'adjustments', amount: figures.adjustments },
    { name: 'carriedBefore', amount: figures.carriedBefore },
    { name: 'owedBefore', amount: 0 - figures.owedBefore },
    { name: 'owed', amount: figures.owed },
    { name: 'carried', amount: 0 - figures.carried },
  ];
  return parts.filter(({ name, amount }) => amount !== 0 || ALWAYS.includes(name));
}

/** Whether both equations of a statement hold: that of the coins and that of what is charged. */
export function addsUp(figures: Figures): boolean {
  const { carriedBefore, captures, refunds, others, charges, payout, carried, owedBefore, fees, adjustments, owed } = figures;
  return carriedBefore + captures - refunds + others === charges + payout + carried && owedBefore + fees - adjustments === charges + owed;
}
