package io.madang.ledger;

import io.madang.chain.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account: who it is, what it may do and which keys sign for it. Balances stand in rows of their
 * own, so that a payment does not touch this.
 *
 * @param enroller whether it may open accounts, set limits and revoke any key
 * @param keys every key it ever had, the first one first
 */
public record Account(
    AccountId id, AccountKind kind, boolean enroller, Limits limits, List<AccountKey> keys) {
  /** The most keys an account can have in its life, live or not: rows stay small. */
  public static final int MAX_KEYS_EVER = 250;

  public Account {
    keys = List.copyOf(keys);
    if (keys.isEmpty() || keys.size() > MAX_KEYS_EVER) {
      throw new IllegalArgumentException("an account has 1 to 250 keys, not " + keys.size());
    }
  }

  /** The key as this account holds it, if it does. */
  public Optional<AccountKey> key(PublicKey key) {
    return Optional.ofNullable(find(key));
  }

  /** How many keys sign at this block time. */
  public int liveKeys(long timeMillis) {
    int count = 0;
    for (var key : keys) {
      if (key.isLive(timeMillis)) {
        count++;
      }
    }
    return count;
  }

  @Nullable AccountKey find(PublicKey wanted) {
    for (int i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      if (key.key().equals(wanted)) {
        return key;
      }
    }
    return null;
  }

  Account withKey(AccountKey key) {
    var more = new ArrayList<>(keys);
    more.add(key);
    return new Account(id, kind, enroller, limits, more);
  }

  Account withRevoked(PublicKey revoked) {
    var changed = new ArrayList<>(keys);
    changed.replaceAll(key -> key.key().equals(revoked) ? key.revoke() : key);
    return new Account(id, kind, enroller, limits, changed);
  }

  Account withLimits(Limits newLimits) {
    return new Account(id, kind, enroller, newLimits, keys);
  }
}
