import type { DecryptionFactors } from './decryption';
import { DiscreteLogarithm } from './discrete-logarithm';
import { generatorOf } from './group/fixed-base';
import { type Element, type Group, product } from './group/group';
import { power } from './group/powers';
import { lagrangeCoefficients } from './lagrange';
import { Refusal, at, refuseUnless } from './refusal';
import { items, members, readJson, weight, weightJson, written } from './strict-json';
import type { EncryptedTally } from './tally';
import type { TrusteeEntry, Trustees } from './trustees';

/** Counts, question by question; "blank" first where it is offered. */
export type Counts = readonly (readonly bigint[])[];

/**
 * g^count for every position: the tally without the trustees' factors. Every single trustee is needed, and the threshold of each group;
 * of more the first are taken.
 *
 * @param decryptions checked factors by the trustee's number
 * @throws Refusal when too few have decrypted
 */
export function decryptedTally(
  group: Group,
  trustees: Trustees,
  tally: EncryptedTally,
  decryptions: ReadonlyMap<number, DecryptionFactors>,
): Element[][] {
  const shares = trustees.entries.flatMap((entry) => sharesOf(group, entry, decryptions));
  return tally.map((answer, question) =>
    answer.map(({ beta }, position) => {
      const factors = shares.map(({ factors, coefficient }) => power(group, factors[question]![position]!, coefficient));
      return group.times(beta, group.inverse(product(group, factors)));
    }),
  );
}

interface Share {
  readonly factors: DecryptionFactors;
  readonly coefficient: bigint;
}

function sharesOf(group: Group, entry: TrusteeEntry, decryptions: ReadonlyMap<number, DecryptionFactors>): Share[] {
  if (entry.kind === 'Single') {
    const factors = decryptions.get(entry.trustee.owner);
    if (!factors) throw new Refusal('not-enough-trustees', `trustee ${entry.trustee.owner}`);
    return [{ factors, coefficient: 1n }];
  }
  const present = entry.trustees.flatMap(({ owner }, i) => {
    const factors = decryptions.get(owner);
    return factors ? [{ factors, index: i + 1 }] : [];
  });
  refuseUnless(present.length >= entry.threshold, 'not-enough-trustees', `trustee ${entry.trustees[0]!.owner} and its group`);
  const chosen = present.slice(0, entry.threshold);
  const coefficients = lagrangeCoefficients(group, chosen.map(({ index }) => index));
  return chosen.map(({ factors }, i) => ({ factors, coefficient: coefficients[i]! }));
}

/** Finds the counts of a decrypted tally. @throws Refusal when one of them is no count of at most so many votes */
export function countsOf(group: Group, decrypted: readonly (readonly Element[])[], totalWeight: bigint): Counts {
  const logarithm = new DiscreteLogarithm(group, totalWeight);
  return decrypted.map((answer, question) =>
    answer.map((element, position) => {
      const found = logarithm.of(element);
      if (found === undefined) throw new Refusal('wrong-result', `result/${question}/${position}`);
      return found;
    }),
  );
}

export function resultText(counts: Counts): string {
  return written({ result: counts.map((answer) => answer.map(weightJson)) });
}

/** Reads a result and checks it against the decrypted tally: g^count is what was decrypted. @throws Refusal */
export function readResult(group: Group, decrypted: readonly (readonly Element[])[], totalWeight: bigint, text: string): Counts {
  const { result } = members(readJson(text, 1 << 24), 'result');
  return at('result', () =>
    items(result, decrypted.length, decrypted.length, (answer, question) => {
      const elements = decrypted[question]!;
      return items(answer, elements.length, elements.length, (value, position) => {
        const count = weight(value);
        const same = group.same(generatorOf(group).power(count), elements[position]!);
        refuseUnless(count <= totalWeight && same, 'wrong-result');
        return count;
      });
    }),
  );
}
