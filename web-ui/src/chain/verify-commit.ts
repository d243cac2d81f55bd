import { type Commit, FOR_NO_BLOCK, FOR_THE_BLOCK, ABSENT, precommitSignBytes } from './commit';
import { hex, sameBytes } from './bytes';
import { verifyEd25519 } from './ed25519';
import { type Header, headerHash } from './header';
import { type Validator, totalPower, validatorAddress, validatorsHash } from './validators';

/** Why a commit does not make a header final; undefined = it does. */
export type CommitProblem =
  | 'other-validators'
  | 'other-block'
  | 'other-height'
  | 'not-one-signature-per-member'
  | 'wrong-signature'
  | 'too-few-signatures';

/**
 * Whether members of this set, in its order, with more than two thirds of the power signed exactly this header (reference: CometBFT
 * spec/light-client/verification). Absent and nil votes count for nothing.
 */
export function commitProblem(header: Header, commit: Commit, validators: readonly Validator[]): CommitProblem | undefined {
  return shapeProblem(header, commit, validators) ?? powerProblem(header.chainId, commit, validators);
}

/** All that can be said without checking a signature. */
export function shapeProblem(header: Header, commit: Commit, validators: readonly Validator[]): CommitProblem | undefined {
  if (!sameBytes(validatorsHash(validators), header.validatorsHash)) return 'other-validators';
  if (commit.height !== header.height || commit.height <= 0n) return 'other-height';
  if (!sameBytes(headerHash(header), commit.blockId.hash)) return 'other-block';
  if (commit.signatures.length !== validators.length) return 'not-one-signature-per-member';
  for (const [index, signature] of commit.signatures.entries()) {
    const present = signature.blockIdFlag === FOR_THE_BLOCK || signature.blockIdFlag === FOR_NO_BLOCK;
    if (!present && signature.blockIdFlag !== ABSENT) return 'not-one-signature-per-member';
    if (present && !sameBytes(signature.validatorAddress, validatorAddress(validators[index]!.publicKey))) {
      return 'not-one-signature-per-member';
    }
  }
  return undefined;
}

/** Whether more than two thirds of the power signed; stops at the first wrong signature. */
export function powerProblem(chainId: string, commit: Commit, validators: readonly Validator[]): CommitProblem | undefined {
  const needed = (totalPower(validators) * 2n) / 3n;
  let tally = 0n;
  for (const [index, signature] of commit.signatures.entries()) {
    if (signature.blockIdFlag !== FOR_THE_BLOCK) continue;
    const validator = validators[index]!;
    const message = precommitSignBytes(chainId, commit, signature.timestamp);
    if (!verifyEd25519(validator.publicKey, message, signature.signature)) return 'wrong-signature';
    tally += validator.power;
    if (tally > needed) return undefined;
  }
  return 'too-few-signatures';
}

/**
 * How much of an older set's power stands behind a newer commit: its members are found by address, each counted once.
 * Undefined when a signature among those counted is wrong. Stops as soon as `enough` is exceeded.
 */
export function powerOfKnownSigners(
  chainId: string,
  commit: Commit,
  known: readonly Validator[],
  enough: bigint,
): bigint | undefined {
  const byAddress = new Map(known.map((validator) => [hex(validatorAddress(validator.publicKey)), validator]));
  let tally = 0n;
  for (const signature of commit.signatures) {
    if (signature.blockIdFlag !== FOR_THE_BLOCK) continue;
    const address = hex(signature.validatorAddress);
    const validator = byAddress.get(address);
    if (!validator) continue;
    byAddress.delete(address);
    const message = precommitSignBytes(chainId, commit, signature.timestamp);
    if (!verifyEd25519(validator.publicKey, message, signature.signature)) return undefined;
    tally += validator.power;
    if (tally > enough) return tally;
  }
  return tally;
}
