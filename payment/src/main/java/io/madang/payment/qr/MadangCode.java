package io.madang.payment.qr;

import java.time.Instant;

/** What a QR code means to one Madang operator. */
public sealed interface MadangCode {
  /**
   * A code for one payment. Payee and amount are what the code claims: the intent of this
   * identifier, as the operator keeps it, is what is paid, and a code that differs from it was
   * altered.
   *
   * @param amountWon more than zero
   * @param expiry from this second on the code is no longer taken
   */
  record IntentCode(
      IntentId intentId, MerchantId merchantId, TillId tillId, long amountWon, Instant expiry)
      implements MadangCode {

    /** Whether the code's time is over at the given time. */
    public boolean isExpiredAt(Instant time) {
      return !time.isBefore(expiry);
    }
  }

  /** A code that names a till, where the payer enters the amount. */
  record StickerCode(MerchantId merchantId, TillId tillId) implements MadangCode {}

  /** A code that this operator does not take. */
  record NotOurs(Reason reason) implements MadangCode {}

  /** Why a code is not this operator's. */
  enum Reason {
    /** Template 26 is missing or another scheme's. */
    OTHER_SCHEME,
    /** A second account template names this operator, so that two payees could be read. */
    AMBIGUOUS_ACCOUNT,
    /** The merchant's identifier is missing or malformed. */
    MERCHANT_MALFORMED,
    /** The till's identifier is missing or malformed. */
    TILL_MALFORMED,
    /** The code does not say whether it is static or dynamic. */
    INITIATION_MISSING,
    /** Madang pays in won only. */
    OTHER_CURRENCY,
    /** Madang knows no tips and fees on top of an amount. */
    FEE_NOT_TAKEN,
    /** A sticker with an amount, an intent or an expiry: a sticker has none of them. */
    STICKER_WITH_PAYMENT,
    /** A code for one payment without an amount. */
    AMOUNT_MISSING,
    /** The payment intent's identifier is missing or malformed. */
    INTENT_MALFORMED,
    /** The terminal's label is missing. */
    TERMINAL_MISSING,
    /** The bill's reference is missing. */
    BILL_MISSING,
    /** Template 80 is missing, another scheme's, or holds no time. */
    EXPIRY_MALFORMED
  }
}
