package io.madang.gateway.http;

import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;
import io.madang.voting.ElectionId;

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

    /** An election's: of those who have a part in it, each in its own way. */
    record OfElection(ElectionId election) implements Owner {}
  }

  /** Whether the caller may see and change what belongs to the owner. */
  public static boolean allows(Caller caller, Owner owner) {
    return switch (owner) {
      case Owner.OfAccount(var account) ->
          switch (caller) {
            case Caller.Wallet wallet -> wallet.account().equals(account);
            case Caller.Merchant merchant -> merchant.account().equals(account);
            case Caller.Fund fund -> fund.account().equals(account);
            default -> false;
          };
      case Owner.OfMerchant(var id) ->
          switch (caller) {
            case Caller.Merchant merchant -> merchant.merchant().equals(id);
            case Caller.Operator _ -> true;
            default -> false;
          };
      case Owner.OfElection(var id) ->
          switch (caller) {
            case Caller.Voter voter -> voter.election().equals(id);
            case Caller.Registrar registrar -> registrar.election().equals(id);
            case Caller.Trustee trustee -> trustee.election().equals(id);
            case Caller.Administrator _ -> true;
            default -> false;
          };
    };
  }

  /** Stops a caller that {@link #allows} does not allow. */
  public static void check(Caller caller, Owner owner) {
    if (!allows(caller, owner)) throw Problem.of(ProblemType.NOT_FOUND).raised();
  }
}
