package io.madang.gateway.payment;

import io.madang.payment.qr.MadangCode;
import io.madang.payment.qr.MadangQr;
import io.madang.payment.qr.QrReader;
import io.madang.payment.qr.QrReading;
import io.madang.payment.qr.QrRefusal;
import io.madang.payment.qr.QrWriting;
import io.madang.payment.qr.TillId;
import java.time.Instant;
import java.util.Optional;

/** Texts of QR codes of this operator. */
final class Codes {
  private static final int MAX_BILL = 25;
  private static final String ASK_PAYER = "***";
  private static final String NO_TILL = "COUNTER";

  private final MadangQr writer;
  private final String operatorDomain;

  Codes(String operatorDomain) {
    this.operatorDomain = operatorDomain;
    this.writer = new MadangQr(operatorDomain);
  }

  /** The code of one intent. */
  String of(MerchantIntent made) {
    var intent = made.intent();
    var till = made.till().orElse(NO_TILL);
    var bill =
        made.reference()
            .map(Codes::bill)
            .filter(text -> !text.isEmpty() && !text.equals(ASK_PAYER))
            .orElseGet(() -> MerchantIntent.shortCode(intent.id()));
    return text(
        writer.dynamicCode(
            made.merchant().listing(),
            new TillId(till),
            intent.id(),
            intent.price().minorUnits(),
            bill,
            till,
            // A fraction of the last second would be dropped: round up, the server decides anyway.
            Instant.ofEpochSecond(Math.ceilDiv(intent.expiresMillis(), 1000L))));
  }

  private static String bill(String reference) {
    return reference.substring(0, Math.min(MAX_BILL, reference.length())).strip();
  }

  /** The code of a sticker. */
  String of(Sticker sticker) {
    return text(writer.sticker(sticker.merchant().listing(), new TillId(sticker.id())));
  }

  /** What a scanned text names, if it is a code of this operator. */
  Optional<MadangCode> read(String scanned) {
    return QrReader.read(scanned) instanceof QrReading.Read(var payload)
        ? Optional.of(MadangQr.interpret(payload, operatorDomain))
        : Optional.empty();
  }

  private static String text(QrWriting writing) {
    return switch (writing) {
      case QrWriting.Written(var text) -> text;
      // Names were checked when the merchant was registered, the rest by the contract.
      case QrRefusal refusal -> throw new IllegalStateException(refusal.sentence());
    };
  }
}
