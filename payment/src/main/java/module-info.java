/** QR payloads, the life cycle of a payment intent, the daily settlement and the bank's files. */
module io.madang.payment {
  requires transitive io.madang.ledger;
  requires transitive org.jspecify;
  requires java.xml;

  exports io.madang.payment;
  exports io.madang.payment.iso20022;
  exports io.madang.payment.qr;
  exports io.madang.payment.reconciliation;
  exports io.madang.payment.settlement;
}
