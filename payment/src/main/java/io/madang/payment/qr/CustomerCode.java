package io.madang.payment.qr;

import io.madang.chain.Bytes;
import io.madang.chain.PublicKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonText;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;

/**
 * The code that a customer shows and a till scans: the parts of a {@code mandate} that the payer
 * signed, so that it can be made without network and is worth nothing when a single bit differs.
 * The chain's name is not among them: a code of another chain is one whose signature is wrong.
 *
 * <p>Its text is an EMVCo consumer-presented code (CPM 1.1, section 3), which readers of others
 * recognise and pass on; {@link CustomerCodeForm} has the layout.
 *
 * @param payer the key that signed
 * @param limit the most that may be charged, once
 * @param validUntilMillis the last block time at which it may be charged, below 2^48
 * @param signature the 64 bytes of the mandate's signature, not verified here
 */
public record CustomerCode(
    PublicKey payer, StatementId id, Amount limit, long validUntilMillis, Bytes signature) {
  /** What a mandate is signed for. */
  public static final String PURPOSE = "mandate";

  static final int SIGNATURE_LENGTH = 64;
  static final long MAX_MILLIS = (1L << 48) - 1;

  /** Checks what always holds. */
  public CustomerCode {
    if (limit.minorUnits() == 0) throw new IllegalArgumentException("a code over nothing");
    if (validUntilMillis < 0 || validUntilMillis > MAX_MILLIS) {
      throw new IllegalArgumentException("not a time of a code: " + validUntilMillis);
    }
    if (signature.length() != SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + signature.length());
    }
  }

  /**
   * The code of a mandate.
   *
   * @throws IllegalArgumentException when the statement is not a mandate
   */
  public static CustomerCode of(Statement mandate) {
    var words = mandate.payload();
    if (!words.purpose().equals(PURPOSE)
        || !(words.operation().get("asset").orElse(null) instanceof JsonText(var asset))
        || !(words.operation().get("limit").orElse(null) instanceof JsonNumber(var limit))) {
      throw new IllegalArgumentException("not a mandate: " + words.purpose());
    }
    return new CustomerCode(
        mandate.signer(),
        words.id(),
        new Amount(limit, new AssetCode(asset)),
        words.validUntilMillis(),
        Bytes.of(mandate.signature()));
  }

  /** The mandate as the payer signed it for this chain, if they did; only verifying tells. */
  public Statement mandate(String chain) {
    var words =
        new Statement.Payload(chain, id, PURPOSE, validUntilMillis, Operations.mandate(limit));
    return switch (StatementReader.assemble(payer, words, signature.toByteArray())) {
      case StatementReading.Read(var statement) -> statement;
      // Every part has its form, so a refusal is our bug.
      case StatementReading.Refused refused -> throw new IllegalStateException(refused.detail());
    };
  }

  /** What stands in the QR. */
  public String text() {
    return CustomerCodeForm.write(this);
  }
}
