package io.madang.voting.group;

/** Why a text is no element of a group. */
public enum ElementFault {
  /** Not the one form of a number or point: sign, leading zero, upper case, wrong length. */
  NOT_CANONICAL,
  /** A number that is 0 or not below the modulus, or a coordinate not below the prime. */
  OUT_OF_RANGE,
  /** No point of the curve has this coordinate. */
  NOT_ON_THE_CURVE,
  /** Outside the subgroup of prime order. */
  NOT_IN_THE_GROUP
}
