package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import java.util.Optional;

/**
 * An open hold: money of the payer that only this payee can take, until it expires.
 *
 * @param position where it was placed: its name
 * @param amount what was held at first, in minor units
 * @param remaining what is not captured yet, more than zero
 * @param expiresMillis the first block time at which the rest is free again
 * @param day the day of the chain on which it was placed
 * @param reference the payer's reference, empty when there is none
 */
public record Hold(
    Position position,
    AccountId payer,
    AccountId payee,
    AssetCode asset,
    long amount,
    long remaining,
    long expiresMillis,
    long day,
    String reference) {
  /** Longest life of a hold. */
  public static final long MAX_LIFE_MILLIS = 30L * 24 * 60 * 60 * 1_000;

  public Hold {
    Amount.requireValid(amount);
    if (remaining < 1 || remaining > amount) {
      throw new IllegalArgumentException("a hold keeps 1 to its amount, not " + remaining);
    }
    if (!reference.isEmpty() && !TextForms.isReference(reference)) {
      throw new IllegalArgumentException("not a reference");
    }
  }

  /** The payer's reference, if there is one. */
  public Optional<String> givenReference() {
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference);
  }

  Hold withRemaining(long left) {
    return new Hold(position, payer, payee, asset, amount, left, expiresMillis, day, reference);
  }
}
