import { type Ciphertext, ciphertextsJson } from './ciphertext';
import { element } from './encodings';
import { type Election, ciphertextsOf } from './election';
import type { Group } from './group/group';
import { power } from './group/powers';
import { at } from './refusal';
import { items, members, readJson, written } from './strict-json';

/** The ciphertexts of one voter's ballot, question by question, and how much they count. */
export interface WeightedBallot {
  readonly ciphertexts: readonly (readonly Ciphertext[])[];
  readonly weight: bigint;
}

export type EncryptedTally = readonly (readonly Ciphertext[])[];

/** Adds up encrypted votes without opening any: position by position the product of ciphertexts, each to its voter's weight. */
export class TallySum {
  private readonly sums: Ciphertext[][];

  constructor(private readonly election: Election) {
    const { neutral } = election.group;
    this.sums = election.questions.map((question) =>
      Array.from({ length: ciphertextsOf(question) }, () => ({ alpha: neutral, beta: neutral })),
    );
  }

  add({ ciphertexts, weight }: WeightedBallot): void {
    const { group } = this.election;
    ciphertexts.forEach((answer, question) =>
      answer.forEach((ciphertext, position) => {
        const sum = this.sums[question]![position]!;
        this.sums[question]![position] = {
          alpha: group.times(sum.alpha, power(group, ciphertext.alpha, weight)),
          beta: group.times(sum.beta, power(group, ciphertext.beta, weight)),
        };
      }),
    );
  }

  tally(): EncryptedTally {
    return this.sums;
  }
}

/** The record of an encrypted tally. */
export function tallyText(group: Group, tally: EncryptedTally): string {
  return written(tally.map((answer) => ciphertextsJson(group, answer)));
}

/**
 * Reads the record of an encrypted tally, for a trustee who decrypts it. That it is the sum of the ballots must have been verified.
 *
 * @throws Refusal for another form, and for what is no member of the group
 */
export function readTally({ group, questions }: Election, text: string): EncryptedTally {
  return items(readJson(text, 1 << 24), questions.length, questions.length, (answer, index) => {
    const length = ciphertextsOf(questions[index]!);
    return items(answer, length, length, (value) => {
      const { alpha, beta } = members(value, 'alpha,beta');
      return { alpha: at('alpha', () => element(group, alpha)), beta: at('beta', () => element(group, beta)) };
    });
  });
}
