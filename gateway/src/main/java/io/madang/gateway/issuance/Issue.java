package io.madang.gateway.issuance;

import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonObject;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.Grant;
import io.madang.ledger.Operations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Coins that are to come to be, or to end, and who has signed for that.
 *
 * @param number for people
 * @param id the bank reference on the chain, which the ledger takes once
 * @param account who gets the coins, or whose coins end
 * @param bonus what a programme adds to a charge
 * @param deposit the deposit that they stand for
 * @param charge the charge that they are for
 * @param reason why operators proposed it; empty when nobody had to
 * @param proposedBy the operator's key; absent when the deposit named its charge
 * @param approvals signed words of approvers, until the statement holds them
 * @param statement the transaction, signed by enough
 * @param transaction its hash, once it is on the chain
 * @param refusal why the chain refused it
 */
record Issue(
    long number,
    String id,
    Kind kind,
    AccountId account,
    Amount amount,
    Optional<Grant> bonus,
    Optional<String> deposit,
    Optional<String> charge,
    String reason,
    Optional<String> proposedBy,
    long proposedMillis,
    State state,
    List<String> approvals,
    Optional<String> statement,
    Optional<String> transaction,
    Optional<String> refusal) {

  /** Which way coins go. */
  enum Kind {
    ISSUE,
    REDEEM;

    /** The purpose of the transaction. */
    String purpose() {
      return this == ISSUE ? "asset.issue" : "asset.redeem";
    }

    /** The purpose of an approval. */
    String approvalPurpose() {
      return this == ISSUE ? "issue.approval" : "redeem.approval";
    }

    /** The name in the table and in answers. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** How far it is; the names stand in the table. */
  enum State {
    WAITING,
    SIGNED,
    RECORDED,
    REFUSED,
    WITHDRAWN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** The words of an approval. */
  JsonObject approval() {
    return Operations.approval(account, amount, id);
  }

  /** The words of the transaction with the approvals that are here. */
  JsonObject operation() {
    var signed = approvals.stream().map(Issue::read).toList();
    return kind == Kind.ISSUE
        ? Operations.issue(account, amount, signed, id, bonus)
        : Operations.redeem(amount, signed, id);
  }

  /** Whose approvals are here. */
  List<Statement> approvalStatements() {
    return approvals.stream().map(Issue::read).toList();
  }

  /**
   * How many sign in all, the transaction's sender included: of an issue the last approver sends
   * it, of a redemption the holder, after the approvers.
   *
   * @param threshold of the asset
   */
  int signatures(int threshold) {
    return kind == Kind.ISSUE ? threshold : threshold + 1;
  }

  /** How many signatures are missing, that of the transaction included. */
  int missing(int threshold) {
    return signatures(threshold) - approvals.size();
  }

  private static Statement read(String text) {
    if (StatementReader.read(text) instanceof StatementReading.Read(var statement)) {
      return statement;
    }
    throw new IllegalStateException("an approval that is no statement");
  }
}
