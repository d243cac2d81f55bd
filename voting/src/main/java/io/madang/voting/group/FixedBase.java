package io.madang.voting.group;

/** An element with tables that make its powers cheap. Immutable, so threads may share it. */
public sealed interface FixedBase permits ModularFixedBase, EdwardsFixedBase {
  /** The element to a public exponent. May take variable time. */
  Element power(Scalar exponent);
}
