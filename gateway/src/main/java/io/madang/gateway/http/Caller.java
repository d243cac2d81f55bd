package io.madang.gateway.http;

import io.madang.chain.PublicKey;
import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;
import io.madang.voting.ElectionId;
import java.util.Optional;

/** Who calls, as shown by the token. */
public sealed interface Caller {
  /** The names of callers in the contract's {@code security}. */
  enum Kind {
    WALLET,
    MERCHANT,
    OPERATOR,
    FUND,
    VOTER,
    ADMINISTRATOR,
    REGISTRAR,
    TRUSTEE,
    APPLICANT
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

  /** A key that gives rewards from a fund. */
  record Fund(String key, AccountId account) implements Caller {}

  /**
   * Somebody on an election's roll who has signed in.
   *
   * @param voter who it is, as the roll names it
   */
  record Voter(ElectionId election, String voter) implements Caller {}

  /** An administrator of elections, known by the key that signs for it on the voting channel. */
  record Administrator(PublicKey key) implements Caller {}

  /** Whoever holds the link of an election's registrar. */
  record Registrar(ElectionId election) implements Caller {}

  /**
   * Whoever holds the link of an election's trustee.
   *
   * @param index the trustee's place, from 1
   */
  record Trustee(ElectionId election, int index) implements Caller {}

  /** A shop that wants to be a merchant, by the link that it got when it applied. */
  record Applicant(long application) implements Caller {}

  /** Names the caller where keys of callers are kept apart: idempotency, rates. */
  default String scope() {
    return switch (this) {
      case Anyone _ -> "anyone";
      case Wallet wallet -> "wallet " + wallet.account();
      case Merchant merchant -> "merchant " + merchant.merchant();
      case Operator operator -> "operator " + operator.key();
      case Fund fund -> "fund " + fund.key();
      case Voter voter -> "voter " + voter.election() + " " + voter.voter();
      case Administrator administrator -> "administrator " + administrator.key();
      case Registrar registrar -> "registrar " + registrar.election();
      case Applicant applicant -> "applicant " + applicant.application();
      case Trustee trustee -> "trustee " + trustee.election() + " " + trustee.index();
    };
  }
}
