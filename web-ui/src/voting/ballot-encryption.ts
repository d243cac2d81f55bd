import { type Choice, type Step, choiceProblem, encryptAnswer } from './answer';
import { ballotContext, signaturePrefix, trackerOf, unsignedBallot } from './ballot';
import type { Opening } from './ciphertext';
import { credentialSecret, publicCredential, readCredential } from './credential';
import { proofJson } from './encodings';
import type { Election } from './election';
import { base64Hash } from './hashes';
import { proveKnowledge } from './knowledge-proof';
import { written } from './strict-json';

/** A ballot ready to be cast or audited. */
export interface EncryptedBallot {
  readonly text: string;
  readonly tracker: string;
  /** What the ciphertexts were made of, question by question. To be shown in an audit, else forgotten: it proves the vote to anybody. */
  readonly openings: readonly (readonly Opening[])[];
}

/**
 * Encrypts and signs a ballot.
 *
 * @param credential in its one form, see `readCredential`
 * @param choices one for each question
 * @throws RangeError for a credential in another form, and for a choice that the question does not allow; ask `choiceProblem` before
 */
export function encryptBallot(
  election: Election,
  credential: string,
  choices: readonly Choice[],
  onStep: (done: number, all: number) => void = () => {},
): EncryptedBallot {
  const reading = readCredential(credential);
  if (!reading.valid || reading.credential !== credential) throw new RangeError('not a credential in its one form');
  if (choices.length !== election.questions.length) throw new RangeError('one choice for each question');
  choices.forEach((choice, index) => {
    const problem = choiceProblem(election.questions[index]!, choice);
    if (problem) throw new RangeError(`question ${index}: ${problem}`);
  });
  const steps = stepsOf(election);
  let done = 0;
  const step: Step = () => onStep(++done, steps);

  const secret = credentialSecret(election.group, election.uuid, credential);
  const voter = publicCredential(election.group, secret);
  const context = ballotContext(election, voter);
  const answers = election.questions.map((question, index) => encryptAnswer(election.key, question, choices[index]!, context, step));

  const ballot = unsignedBallot(election, voter, answers.map(({ json }) => json));
  const hash = base64Hash(written(ballot));
  const proof = proofJson(proveKnowledge(election.group, signaturePrefix(hash), secret));
  const text = written({ ...ballot, signature: { hash, proof } });
  step();
  return { text, tracker: trackerOf(text), openings: answers.map(({ openings }) => openings) };
}

/** One step for each ciphertext, one for the proofs of a whole answer, one for the signature. */
function stepsOf({ questions }: Election): number {
  return questions.reduce((sum, { answers, blank }) => sum + answers.length + (blank ? 1 : 0) + 1, 1);
}
