import { checkAnswer } from './answer-check';
import { type WrittenBallot, ballotContext, readBallot, signaturePrefix } from './ballot';
import type { Election } from './election';
import { admit } from './group/powers';
import { provesKnowledge } from './knowledge-proof';
import { Refusal, type Refused, at, refuseUnless, refusedBy } from './refusal';

export type BallotVerdict = { readonly valid: true; readonly ballot: WrittenBallot } | Refused;

/**
 * Checks a ballot by itself: form, election, signature, every element, every proof. Whether its credential is in the list and whether it
 * was on the board before is for whoever knows the board. The cheap checks come first. Never throws, whatever the text is.
 */
export function checkBallot(election: Election, text: string): BallotVerdict {
  try {
    const ballot = readBallot(election, text);
    checkSignature(election, ballot);
    const context = ballotContext(election, ballot.credential.text);
    ballot.answers.forEach((answer, index) =>
      at(`answers/${index}`, () => checkAnswer(election.key, election.questions[index]!, answer, context)),
    );
    return { valid: true, ballot };
  } catch (error) {
    return refusedBy(error);
  }
}

function checkSignature({ group }: Election, { credential, signature, signedHash }: WrittenBallot): void {
  refuseUnless(signature.hash === signedHash, 'wrong-signed-hash', 'signature/hash');
  const voter = admit(group, credential.candidate, [signature.proof.challenge]);
  if (!voter) throw new Refusal('not-in-the-group', 'credential');
  const signed = provesKnowledge(group, signaturePrefix(signedHash), voter.powers[0]!, signature.proof);
  refuseUnless(signed, 'wrong-signature', 'signature/proof');
}
