import { randomBelow } from '../randomness';
import { type Element, type Group, reduced } from './group';

const WINDOW_BITS = 6;

/**
 * Powers of one base that is used often. The table holds base^(d * 64^i) for every digit d and position i, so a power costs one
 * multiplication for each of its 43 digits and no squaring.
 */
export class FixedBase {
  private readonly rows: Element[][] = [];

  constructor(
    private readonly group: Group,
    readonly base: Element,
  ) {
    const positions = Math.ceil(group.order.toString(2).length / WINDOW_BITS);
    let unit = base;
    for (let position = 0; position < positions; position++) {
      const row = [group.neutral];
      for (let digit = 1; digit < 1 << WINDOW_BITS; digit++) row.push(group.times(row[digit - 1]!, unit));
      this.rows.push(row);
      unit = group.times(row.at(-1)!, unit);
    }
  }

  /** base^exponent for a public exponent, of any sign. */
  power(exponent: bigint): Element {
    let rest = reduced(this.group, exponent);
    let all = this.group.neutral;
    for (let position = 0; rest > 0n; position++) {
      // Twenty-four bits at once, since taking a big number apart costs more than the small digits do.
      let digits = Number(rest & 0xffffffn);
      rest >>= 24n;
      for (let row = 4 * position; digits > 0; row++, digits >>>= WINDOW_BITS) {
        const digit = digits & 63;
        if (digit > 0) all = this.group.times(all, this.rows[row]![digit]!);
      }
    }
    return all;
  }

  /**
   * base^exponent for a secret exponent. The time that big numbers take depends on their value, and JavaScript cannot change that. So
   * the exponent is split at random into two parts, each of which, and the time it takes, says nothing about the whole.
   */
  secretPower(exponent: bigint): Element {
    const part = randomBelow(this.group.order);
    return this.group.times(this.power(part), this.power(exponent - part));
  }
}

const generators = new Map<Group, FixedBase>();

/** The powers of a group's generator; the table is made once. */
export function generatorOf(group: Group): FixedBase {
  let table = generators.get(group);
  if (!table) generators.set(group, (table = new FixedBase(group, group.generator)));
  return table;
}
