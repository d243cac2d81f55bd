package io.madang.gateway.http;

import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;

/**
 * The one place where an object is checked against its caller. Whoever may not see an object is
 * told the same as if it did not exist.
 */
public final class Access {
  private Access() {}

  /** Whose an object is. */
  public sealed interface Owner {
    /** A person's. */
    record OfAccount(AccountId account) implements Owner {}

    /** A merchant's. */
    record OfMerchant(MerchantId merchant) implements Owner {}
  }

  /** Whether the caller may see and change what belongs to the owner. */
  public static boolean allows(Caller caller, Owner owner) {
    return switch (owner) {
      case Owner.OfAccount(var account) ->
          switch (caller) {
            case Caller.Wallet wallet -> wallet.account().equals(account);
            case Caller.Merchant merchant -> merchant.account().equals(account);
            case Caller.Anyone _, Caller.Operator _ -> false;
          };
      case Owner.OfMerchant(var id) ->
          switch (caller) {
            case Caller.Merchant merchant -> merchant.merchant().equals(id);
            case Caller.Operator _ -> true;
            case Caller.Anyone _, Caller.Wallet _ -> false;
          };
    };
  }

  /** Stops a caller that {@link #allows} does not allow. */
  public static void check(Caller caller, Owner owner) {
    if (!allows(caller, owner)) throw Problem.of(ProblemType.NOT_FOUND).raised();
  }
}
