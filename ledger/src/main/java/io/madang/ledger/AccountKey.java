package io.madang.ledger;

import io.madang.chain.PublicKey;

/**
 * A key that signs for an account.
 *
 * @param label what kind of device holds it, never a person's name
 * @param expiresMillis the first block time at which it no longer signs
 * @param revoked whether it was revoked; a revoked key stays so for ever
 */
public record AccountKey(PublicKey key, String label, long expiresMillis, boolean revoked) {
  /** Longest life of a key: three years of at most 1,096 days. */
  public static final long MAX_LIFE_MILLIS = 1_096L * 24 * 60 * 60 * 1_000;

  public AccountKey {
    if (!TextForms.isLabel(label)) {
      throw new IllegalArgumentException("not a label: " + label);
    }
    if (expiresMillis < 0) {
      throw new IllegalArgumentException("negative expiry: " + expiresMillis);
    }
  }

  /** Whether it signs at this block time. */
  public boolean isLive(long timeMillis) {
    return !revoked && timeMillis < expiresMillis;
  }

  AccountKey revoke() {
    return new AccountKey(key, label, expiresMillis, true);
  }
}
