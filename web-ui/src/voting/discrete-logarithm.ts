import { generatorOf } from './group/fixed-base';
import type { Element, Group } from './group/group';

/** Small steps are written out in portions, since text forms are cheaper together. */
const PORTION = 512;

/**
 * Finds n from g^n for small n (baby steps, giant steps): the table holds g^0 to g^(m-1), and g^n is divided by g^m until it is in the
 * table. Time and memory grow with the root of the largest n.
 */
export class DiscreteLogarithm {
  private readonly small = new Map<string, number>();
  private readonly steps: number;
  private readonly giant: Element;

  constructor(
    private readonly group: Group,
    private readonly most: bigint,
  ) {
    if (most < 0n || most >= 1n << 36n) throw new RangeError('too large to search');
    this.steps = Math.ceil(Math.sqrt(Number(most) + 1));
    let element = group.neutral;
    for (let from = 0; from < this.steps; from += PORTION) {
      const portion = Array.from({ length: Math.min(PORTION, this.steps - from) }, () => {
        const one = element;
        element = group.times(element, group.generator);
        return one;
      });
      group.texts(portion).forEach((text, i) => this.small.set(text, from + i));
    }
    this.giant = group.inverse(generatorOf(group).power(BigInt(this.steps)));
  }

  /** n with g^n = element, from 0 to the most; undefined when there is none. */
  of(element: Element): bigint | undefined {
    let rest = element;
    for (let giants = 0; giants <= this.steps; giants++) {
      const found = this.small.get(this.group.texts([rest])[0]!);
      if (found !== undefined) {
        const n = BigInt(giants) * BigInt(this.steps) + BigInt(found);
        return n <= this.most ? n : undefined;
      }
      rest = this.group.times(rest, this.giant);
    }
    return undefined;
  }
}
