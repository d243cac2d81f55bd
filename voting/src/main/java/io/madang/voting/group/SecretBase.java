package io.madang.voting.group;

/** An element with tables for powers to secret exponents. Immutable, so threads may share it. */
public sealed interface SecretBase permits ModularSecretBase, EdwardsSecretBase {
  /** The element to a secret exponent: neither branches nor indexes depend on it. */
  Element secretPower(Scalar exponent);
}
