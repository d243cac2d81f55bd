package io.madang.chain;

import io.madang.chain.json.JsonObject;
import java.time.Instant;

/** What verifying a {@link Receipt} gives. */
public sealed interface ReceiptVerification {
  /** The receipt proves these details. */
  record Valid(Details details) implements ReceiptVerification {}

  /**
   * The receipt proves nothing.
   *
   * @param detail one plain sentence
   */
  record Invalid(Reason reason, String detail) implements ReceiptVerification {}

  /**
   * What a valid receipt proves. The transaction's index in its block is not among it: see {@link
   * MerklePath}.
   *
   * @param signer who signed the transaction
   * @param id the signer's own name for it
   * @param purpose what kind of transaction it is
   * @param operation what it asked for
   * @param transactionHash SHA-256 of its bytes
   * @param height of the block that holds it
   * @param time of that block
   * @param result what it came to; code 0 when it took effect
   */
  record Details(
      PublicKey signer,
      StatementId id,
      String purpose,
      JsonObject operation,
      Hash transactionHash,
      long height,
      Instant time,
      TransactionResult result) {}

  /** Why a receipt proves nothing, in the order of the checks. */
  enum Reason {
    /** The receipt or a part of it is of another chain. */
    CHAIN("chain"),
    /** The transaction is not a statement. */
    TRANSACTION("transaction"),
    /** The transaction's signature is wrong. */
    SIGNATURE("signature"),
    /** The outcome's header is not the one after the block's. */
    SUCCESSION("succession"),
    /** The block is not final. */
    INCLUSION_COMMIT("inclusion-commit"),
    /** The header after the block is not final. */
    OUTCOME_COMMIT("outcome-commit"),
    /** The block does not hold the transaction. */
    INCLUSION_PATH("inclusion-path"),
    /** The outcome is not the transaction's. */
    OUTCOME_PATH("outcome-path");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** A stable name for programs, in kebab case. */
    public String code() {
      return code;
    }
  }
}
