/** QR payloads and the life cycle of a payment intent. */
module io.madang.payment {
  requires transitive io.madang.ledger;
  requires transitive org.jspecify;

  exports io.madang.payment;
  exports io.madang.payment.qr;
}
