import { compareBytes } from './bytes';
import { rootOf } from './merkle';
import { ProtobufWriter } from './protobuf';
import { sha256 } from './sha256';

/** One member's vote-bearing key. */
export interface Validator {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly power: bigint;
}

/** The first 20 bytes of the SHA-256 of the key: how commits name a member. */
export function validatorAddress(publicKey: Uint8Array): Uint8Array {
  return sha256(publicKey).slice(0, 20);
}

/** In the one order that the hash and commits use: by power, highest first, then by address. */
export function inValidatorOrder<V extends Validator>(validators: readonly V[]): V[] {
  return [...validators].sort((a, b) =>
    a.power !== b.power
      ? a.power > b.power
        ? -1
        : 1
      : compareBytes(validatorAddress(a.publicKey), validatorAddress(b.publicKey)),
  );
}

export function validatorsHash(validators: readonly Validator[]): Uint8Array {
  return rootOf(
    validators.map(({ publicKey, power }) =>
      new ProtobufWriter()
        .message(1, new ProtobufWriter().data(1, publicKey).bytes())
        .varint(2, power)
        .bytes(),
    ),
  );
}

export function totalPower(validators: readonly Validator[]): bigint {
  return validators.reduce((sum, validator) => sum + validator.power, 0n);
}
