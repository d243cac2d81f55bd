package io.madang.payment.qr;

import io.madang.payment.qr.AdditionalData.Label;
import io.madang.payment.qr.MadangCode.IntentCode;
import io.madang.payment.qr.MadangCode.NotOurs;
import io.madang.payment.qr.MadangCode.Reason;
import io.madang.payment.qr.MadangCode.StickerCode;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Madang's own scheme inside a merchant's QR code. Each operator's codes carry its reversed domain
 * name, so that operators do not take each other's.
 *
 * <ul>
 *   <li>26: 00 reversed domain name, 01 merchant, 02 till
 *   <li>64: the Korean name and city; 59 and 60 hold the ASCII ones
 *   <li>in a code for one payment also 54, 62-01 bill, 62-05 payment intent, 62-07 terminal
 *   <li>and 80: 00 reversed domain name, 01 expiry in seconds since 1970-01-01T00:00:00Z
 * </ul>
 */
public final class MadangQr {
  /** The reversed domain name of an operator that has set none. */
  public static final String DEFAULT_OPERATOR_DOMAIN = "kr.madang";

  private static final int MAX_DOMAIN_LENGTH = 32;
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

  private static final String ACCOUNT = "26";
  private static final String MERCHANT = "01";
  private static final String TILL = "02";
  private static final String VALIDITY = "80";
  private static final String EXPIRY = "01";

  private final String operatorDomain;

  /**
   * The codes of one operator.
   *
   * @param operatorDomain its reversed domain name in lower case, at most 32 characters
   * @throws IllegalArgumentException when it does not have that form
   */
  public MadangQr(String operatorDomain) {
    if (operatorDomain.length() > MAX_DOMAIN_LENGTH || !DOMAIN.matcher(operatorDomain).matches()) {
      throw new IllegalArgumentException("not a reversed domain name: " + operatorDomain);
    }
    this.operatorDomain = operatorDomain;
  }

  /** Writes the sticker of a till: no amount, used again and again. */
  public QrWriting sticker(MerchantListing merchant, TillId tillId) {
    return base(merchant, tillId).initiation(Initiation.STATIC).write();
  }

  /**
   * Writes the code of one payment.
   *
   * @param amountWon refused when it is not more than zero or has more than 13 digits
   * @param billReference at most 25 characters of ASCII
   * @param terminalLabel at most 25 characters of ASCII
   * @param expiry from this second on the code is no longer taken; a fraction is dropped
   * @throws IllegalArgumentException when the expiry is not after 1970 or has over 12 digits
   */
  public QrWriting dynamicCode(
      MerchantListing merchant,
      TillId tillId,
      IntentId intentId,
      long amountWon,
      String billReference,
      String terminalLabel,
      Instant expiry) {
    var labels = new TreeMap<Label, String>();
    labels.put(Label.BILL, billReference);
    labels.put(Label.REFERENCE, intentId.value());
    labels.put(Label.TERMINAL, terminalLabel);
    for (var label : labels.entrySet()) {
      // Valid in any code, but it would ask the payer for what only the till knows.
      if (label.getValue().equals(AdditionalData.ASK_PAYER)) {
        return new QrRefusal("62." + label.getKey().id(), QrRefusalReason.UNKNOWN_VALUE);
      }
    }
    String seconds = Long.toString(expiry.getEpochSecond());
    if (!EPOCH_SECONDS.matcher(seconds).matches()) {
      throw new IllegalArgumentException("not an expiry: " + expiry);
    }
    var validity = new TreeMap<String, String>();
    validity.put(EXPIRY, seconds);
    return base(merchant, tillId)
        .initiation(Initiation.DYNAMIC)
        .amount(new QrAmount.Fixed(amountWon))
        .additionalData(AdditionalData.labels(labels))
        .unreservedTemplate(VALIDITY, new Template(operatorDomain, validity))
        .write();
  }

  private QrWriter base(MerchantListing merchant, TillId tillId) {
    var account = new TreeMap<String, String>();
    account.put(MERCHANT, merchant.merchantId().value());
    account.put(TILL, tillId.value());
    return new QrWriter()
        .accountTemplate(ACCOUNT, new Template(operatorDomain, account))
        .category(merchant.category())
        .merchant(merchant.asciiName(), merchant.asciiCity())
        .postalCode(merchant.postalCode())
        .languageTemplate(new LanguageTemplate("ko", merchant.koreanName(), merchant.koreanCity()));
  }

  /**
   * What a payload means to the operator of this reversed domain name. Whether merchant, till and
   * intent exist is the registry's to say, and whether the time is over {@link
   * IntentCode#isExpiredAt}'s.
   */
  public static MadangCode interpret(QrPayload payload, String operatorDomain) {
    var account = payload.accountTemplates().get(ACCOUNT);
    if (account == null || !account.uniqueId().equals(operatorDomain)) {
      return new NotOurs(Reason.OTHER_SCHEME);
    }
    long ourAccounts =
        payload.accountTemplates().values().stream()
            .filter(template -> template.uniqueId().equals(operatorDomain))
            .count();
    if (ourAccounts > 1) return new NotOurs(Reason.AMBIGUOUS_ACCOUNT);
    var merchantId = account.field(MERCHANT).flatMap(MerchantId::parse);
    if (merchantId.isEmpty()) return new NotOurs(Reason.MERCHANT_MALFORMED);
    var tillId = account.field(TILL).flatMap(TillId::parse);
    if (tillId.isEmpty()) return new NotOurs(Reason.TILL_MALFORMED);
    if (!payload.currency().equals(QrCurrency.KRW)) return new NotOurs(Reason.OTHER_CURRENCY);
    if (!(payload.fee() instanceof QrFee.None)) return new NotOurs(Reason.FEE_NOT_TAKEN);
    return switch (payload.initiation()) {
      case UNSPECIFIED -> new NotOurs(Reason.INITIATION_MISSING);
      case STATIC -> sticker(payload, operatorDomain, merchantId.get(), tillId.get());
      case DYNAMIC -> intentCode(payload, operatorDomain, merchantId.get(), tillId.get());
    };
  }

  private static MadangCode sticker(
      QrPayload payload, String operatorDomain, MerchantId merchantId, TillId tillId) {
    boolean namesPayment =
        payload.amount() instanceof QrAmount.Fixed
            || payload.additionalData().label(Label.REFERENCE).isPresent()
            || validity(payload, operatorDomain).isPresent();
    return namesPayment
        ? new NotOurs(Reason.STICKER_WITH_PAYMENT)
        : new StickerCode(merchantId, tillId);
  }

  private static MadangCode intentCode(
      QrPayload payload, String operatorDomain, MerchantId merchantId, TillId tillId) {
    if (!(payload.amount() instanceof QrAmount.Fixed(long amountWon))) {
      return new NotOurs(Reason.AMOUNT_MISSING);
    }
    var intentId = payload.additionalData().label(Label.REFERENCE).flatMap(IntentId::parse);
    if (intentId.isEmpty()) return new NotOurs(Reason.INTENT_MALFORMED);
    if (!isGiven(payload, Label.TERMINAL)) return new NotOurs(Reason.TERMINAL_MISSING);
    if (!isGiven(payload, Label.BILL)) return new NotOurs(Reason.BILL_MISSING);
    var expiry =
        validity(payload, operatorDomain)
            .flatMap(validity -> validity.field(EXPIRY))
            .filter(seconds -> EPOCH_SECONDS.matcher(seconds).matches())
            .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)));
    if (expiry.isEmpty()) return new NotOurs(Reason.EXPIRY_MALFORMED);
    return new IntentCode(intentId.get(), merchantId, tillId, amountWon, expiry.get());
  }

  private static Optional<Template> validity(QrPayload payload, String operatorDomain) {
    return Optional.ofNullable(payload.unreservedTemplates().get(VALIDITY))
        .filter(template -> template.uniqueId().equals(operatorDomain));
  }

  private static boolean isGiven(QrPayload payload, Label label) {
    return payload
        .additionalData()
        .label(label)
        .filter(value -> !value.equals(AdditionalData.ASK_PAYER))
        .isPresent();
  }
}
