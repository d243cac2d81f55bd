import { type Choice, choiceOf } from './answer';
import { checkBallot } from './ballot-check';
import { type Opening, encrypt } from './ciphertext';
import { exponent } from './encodings';
import type { Election } from './election';
import { type Refused, at, refuseUnless, refusedBy } from './refusal';
import { count, items, members, readJson, written } from './strict-json';

/**
 * Cast or audit (Benaloh): a voter who doubts the machine asks it to open the ballot instead of casting it, and lets another one check
 * that it holds what she chose. The tracker is shown before she decides, so the machine cannot know which ballots are opened.
 *
 * An opened ballot proves a vote to anybody and still carries a signature, so it must not be cast: encrypt a new one.
 */
export function openingsText(openings: readonly (readonly Opening[])[]): string {
  return written({
    openings: openings.map((answer) =>
      answer.map(({ plaintext, randomness }) => ({ plaintext, randomness: randomness.toString() })),
    ),
  });
}

export type AuditVerdict =
  | { readonly valid: true; readonly tracker: string; readonly choices: readonly Choice[] }
  | Refused;

/**
 * What an opened ballot would have voted. Checks the ballot, and that every ciphertext is what its opening makes. Never throws, whatever
 * the texts are.
 */
export function auditBallot(election: Election, ballotText: string, openingsText: string): AuditVerdict {
  try {
    const verdict = checkBallot(election, ballotText);
    if (!verdict.valid) return verdict;
    const { answers, tracker } = verdict.ballot;
    const { group, key, questions } = election;
    const { openings } = members(readJson(openingsText, 1 << 20), 'openings');
    const choices = at('openings', () =>
      items(openings, questions.length, questions.length, (value, question) => {
        const ciphertexts = answers[question]!.choices;
        const plaintexts = items(value, ciphertexts.length, ciphertexts.length, (one, position) => {
          const record = members(one, 'plaintext,randomness');
          const plaintext = at('plaintext', () => count(record.plaintext, 1));
          const randomness = at('randomness', () => exponent(group, record.randomness));
          const made = encrypt(key, { plaintext, randomness });
          const { alpha, beta } = ciphertexts[position]!;
          const same = group.same(made.alpha, alpha.candidate) && group.same(made.beta, beta.candidate);
          refuseUnless(same, 'wrong-opening');
          return plaintext;
        });
        return choiceOf(questions[question]!, plaintexts);
      }),
    );
    return { valid: true, tracker, choices };
  } catch (error) {
    return refusedBy(error);
  }
}
