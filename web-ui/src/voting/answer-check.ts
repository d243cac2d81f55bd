import { type WrittenAnswer, answerContext, individualPrefix, range, textsOf } from './answer';
import { addUp, commitmentOf, holdsOneOf } from './choice-proof';
import { type Ciphertext, type ElectionKey, type WrittenCiphertext, productOf } from './ciphertext';
import type { Proof, Written } from './encodings';
import type { Question } from './election';
import { type Admitted, admit } from './group/powers';
import { Refusal, at, refuseUnless } from './refusal';

/** Checks every element and every proof of an answer. @throws Refusal that names the first that does not hold */
export function checkAnswer(key: ElectionKey, question: Question, answer: WrittenAnswer, context: string): void {
  const { group } = key;
  const ciphertexts = answer.choices.map((choice, index) => admitted(key, choice, answer.individualProofs[index]!, context, index));
  const written = answer.choices.map(({ alpha, beta }) => ({ alpha: alpha.text, beta: beta.text }));
  const whole = answerContext(context, written);
  if (question.blank) {
    const [blank, ...chosen] = ciphertexts as [Ciphertext, ...Ciphertext[]];
    const sum = productOf(group, chosen);
    const neither = [blank, sum].map((ciphertext) => ({ ciphertext, shift: 0 }));
    refuseUnless(holdsOneOf(key, `bproof0|${whole}|`, neither, answer.blankProof), 'wrong-blank-proof', 'blank_proof');
    const either = [{ ciphertext: blank, shift: 1 }, ...range(question).map((shift) => ({ ciphertext: sum, shift }))];
    refuseUnless(holdsOneOf(key, `bproof1|${whole}|`, either, answer.overallProof), 'wrong-overall-proof', 'overall_proof');
  } else {
    const sum = productOf(group, ciphertexts);
    const prefix = individualPrefix(whole, textsOf(group, sum));
    const allowed = range(question).map((shift) => ({ ciphertext: sum, shift }));
    refuseUnless(holdsOneOf(key, prefix, allowed, answer.overallProof), 'wrong-overall-proof', 'overall_proof');
  }
}

/** A ciphertext whose members are in the group and whose proof says 0 or 1: membership and proof share their squarings. */
function admitted(
  key: ElectionKey,
  { alpha, beta }: WrittenCiphertext,
  proofs: readonly Proof[],
  context: string,
  index: number,
): Ciphertext {
  const challenges = proofs.map(({ challenge }) => challenge);
  const member = ({ candidate }: Written, place: string): Admitted => {
    const found = admit(key.group, candidate, challenges);
    if (!found) throw new Refusal('not-in-the-group', place);
    return found;
  };
  const [alphas, betas] = at(`choices/${index}`, () => [member(alpha, 'alpha'), member(beta, 'beta')] as const);
  const commitments = proofs.flatMap((proof, shift) =>
    commitmentOf(key, alphas.powers[shift]!, betas.powers[shift]!, shift, proof),
  );
  const prefix = individualPrefix(context, { alpha: alpha.text, beta: beta.text });
  refuseUnless(addUp(key, prefix, commitments, proofs), 'wrong-individual-proof', `individual_proofs/${index}`);
  return { alpha: alphas.element, beta: betas.element };
}
