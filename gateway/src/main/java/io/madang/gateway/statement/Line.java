package io.madang.gateway.statement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.payment.Parts;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.StatementLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A line as a merchant reads it.
 *
 * @param reference the merchant's own, else the payer's, else the till of a sticker; may be empty
 * @param transaction its hash, under which the receipt is found
 * @param parts of a payment of several assets, or its refund: all of them, this line's one too
 */
record Line(
    StatementDay day,
    StatementLine entry,
    String reference,
    Hash transaction,
    Optional<Parts> parts) {
  /** What stands over the columns of a table of lines. */
  static final List<Words> COLUMNS =
      List.of(
          Words.DAY,
          Words.INDEX,
          Words.TIME,
          Words.KIND,
          Words.AMOUNT,
          Words.FEE,
          Words.REFERENCE,
          Words.POSITION,
          Words.REFUNDED,
          Words.RECEIPT,
          Words.PAID_WITH);

  Posting posting() {
    return entry.posting();
  }

  /** What the whole was paid with, such as {@code POINT 2000 + S-COIN 5000}; else empty. */
  String paidWith(Amounts amounts) {
    return parts.stream()
        .flatMap(some -> some.legs().stream())
        .map(Parts.Leg::amount)
        .filter(amount -> amount.minorUnits() > 0)
        .map(amount -> amount.asset() + " " + amounts.plain(amount.minorUnits()))
        .collect(Collectors.joining(" + "));
  }

  /** Of a refund: the payment that was given back. */
  Optional<Position> refunded() {
    return posting().payment().equals(posting().position())
        ? Optional.empty()
        : Optional.of(posting().payment());
  }
}
