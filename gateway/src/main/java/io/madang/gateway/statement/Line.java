package io.madang.gateway.statement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.StatementLine;
import java.util.List;
import java.util.Optional;

/**
 * A line as a merchant reads it.
 *
 * @param reference the merchant's own, else the payer's, else the till of a sticker; may be empty
 * @param transaction its hash, under which the receipt is found
 */
record Line(StatementDay day, StatementLine entry, String reference, Hash transaction) {
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
          Words.RECEIPT);

  Posting posting() {
    return entry.posting();
  }

  /** Of a refund: the payment that was given back. */
  Optional<Position> refunded() {
    return posting().payment().equals(posting().position())
        ? Optional.empty()
        : Optional.of(posting().payment());
  }
}
