package io.madang.gateway.statement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.StatementLine;
import java.util.Optional;

/**
 * A line as a merchant reads it.
 *
 * @param reference the merchant's own, else the payer's, else the till of a sticker; may be empty
 * @param transaction its hash, under which the receipt is found
 */
record Line(StatementDay day, StatementLine entry, String reference, Hash transaction) {
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
