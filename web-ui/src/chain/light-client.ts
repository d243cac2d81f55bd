import type { Commit } from './commit';
import type { Header } from './header';
import { sameBytes } from './bytes';
import { nanosSinceEpoch } from './timestamp';
import { type Validator, totalPower, validatorsHash } from './validators';
import { powerOfKnownSigners, powerProblem, shapeProblem } from './verify-commit';

/** A header that its members signed, with the members now and at the next height. */
export interface LightBlock {
  readonly header: Header;
  readonly commit: Commit;
  readonly validators: readonly Validator[];
  readonly nextValidators: readonly Validator[];
}

/** What a light client goes by. Times in nanoseconds since 1970. */
export interface TrustedState {
  readonly header: Header;
  readonly nextValidators: readonly Validator[];
}

export interface LightClientOptions {
  readonly nowNanos: bigint;
  readonly trustingPeriodNanos: bigint;
  readonly clockDriftNanos: bigint;
}

export type Verdict = 'success' | 'not-enough-trust' | 'invalid';

/**
 * Whether a newer header may be trusted, given an older one: next to it by the announced members, further away when members with more than a
 * third of the known power signed it (skipping verification; Braithwaite et al. 2020, CometBFT spec/light-client). "Not enough
 * trust" asks for a header between the two.
 */
export function verifyLightBlock(trusted: TrustedState, block: LightBlock, options: LightClientOptions): Verdict {
  const { header, commit, validators } = block;
  const trustedTime = nanosSinceEpoch(trusted.header.time);
  const time = nanosSinceEpoch(header.time);

  if (trustedTime + options.trustingPeriodNanos <= options.nowNanos) return 'invalid';
  if (header.chainId !== trusted.header.chainId) return 'invalid';
  if (header.height <= trusted.header.height || time <= trustedTime) return 'invalid';
  if (time >= options.nowNanos + options.clockDriftNanos) return 'invalid';
  if (!sameBytes(validatorsHash(block.nextValidators), header.nextValidatorsHash)) return 'invalid';
  if (shapeProblem(header, commit, validators)) return 'invalid';

  if (header.height === trusted.header.height + 1n) {
    if (!sameBytes(header.validatorsHash, trusted.header.nextValidatorsHash)) return 'invalid';
  } else {
    const third = totalPower(trusted.nextValidators) / 3n;
    const known = powerOfKnownSigners(header.chainId, commit, trusted.nextValidators, third);
    if (known === undefined) return 'invalid';
    if (known <= third) return 'not-enough-trust';
  }
  return powerProblem(header.chainId, commit, validators) ? 'invalid' : 'success';
}
