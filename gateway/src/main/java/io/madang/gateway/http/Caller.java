package io.madang.gateway.http;

import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;
import java.util.Optional;

/** Who calls, as shown by the token. */
public sealed interface Caller {
  /** The names of callers in the contract's {@code security}. */
  enum Kind {
    WALLET,
    MERCHANT,
    OPERATOR
  }

  /** What a merchant's key may do. */
  enum Role {
    OWNER,
    MANAGER,
    CASHIER
  }

  /** Nobody in particular. */
  record Anyone() implements Caller {}

  /** A person whose wallet opened a session. */
  record Wallet(String session, AccountId account) implements Caller {}

  /**
   * A merchant's key.
   *
   * @param key the key's identifier, not its secret
   * @param till the till it belongs to, if to one
   * @param refundLimit the most it gives back at once, in minor units
   */
  record Merchant(
      String key,
      MerchantId merchant,
      AccountId account,
      Role role,
      Optional<String> till,
      long refundLimit)
      implements Caller {}

  /** The operator's key. */
  record Operator(String key) implements Caller {}

  /** Names the caller where keys of callers are kept apart: idempotency, rates. */
  default String scope() {
    return switch (this) {
      case Anyone _ -> "anyone";
      case Wallet wallet -> "wallet " + wallet.account();
      case Merchant merchant -> "merchant " + merchant.merchant();
      case Operator operator -> "operator " + operator.key();
    };
  }
}
