package io.madang.payment.qr;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the text of a merchant's QR code by EMVCo MPM 1.1, from parts given one by one or from a
 * whole payload. Objects stand in the order of their identifiers.
 *
 * <p>What it writes, {@link QrReader} has read back as the same payload before anyone sees it; so
 * the reader's rules are the writer's too, and parts that break one are refused by its name. A
 * mandatory part that was never given is refused as missing.
 */
public final class QrWriter {
  private Initiation initiation = Initiation.UNSPECIFIED;
  private final SortedMap<String, String> networkAccounts = new TreeMap<>();
  private final SortedMap<String, Template> accountTemplates = new TreeMap<>();
  private String category = "";
  private QrCurrency currency = QrCurrency.KRW;
  private QrAmount amount = new QrAmount.PayerEnters();
  private QrFee fee = new QrFee.None();
  private String country = "KR";
  private String merchantName = "";
  private String merchantCity = "";
  private String postalCode = "";
  private AdditionalData additionalData = AdditionalData.NONE;
  private LanguageTemplate languageTemplate = LanguageTemplate.NONE;
  private final SortedMap<String, String> reserved = new TreeMap<>();
  private final SortedMap<String, Template> unreservedTemplates = new TreeMap<>();

  /** A writer that knows of the code only that it is for won and in Korea. */
  public QrWriter() {}

  /** Object 01. */
  public QrWriter initiation(Initiation initiation) {
    this.initiation = initiation;
    return this;
  }

  /** One of the objects 02 to 25. */
  public QrWriter networkAccount(String id, String account) {
    networkAccounts.put(id, account);
    return this;
  }

  /** One of the objects 26 to 51. */
  public QrWriter accountTemplate(String id, Template template) {
    accountTemplates.put(id, template);
    return this;
  }

  /** Object 52. */
  public QrWriter category(String category) {
    this.category = category;
    return this;
  }

  /** Object 53. */
  public QrWriter currency(QrCurrency currency) {
    this.currency = currency;
    return this;
  }

  /** Object 54. */
  public QrWriter amount(QrAmount amount) {
    this.amount = amount;
    return this;
  }

  /** Objects 55 to 57. */
  public QrWriter fee(QrFee fee) {
    this.fee = fee;
    return this;
  }

  /** Object 58. */
  public QrWriter country(String country) {
    this.country = country;
    return this;
  }

  /** Objects 59 and 60. */
  public QrWriter merchant(String name, String city) {
    this.merchantName = name;
    this.merchantCity = city;
    return this;
  }

  /** Object 61; empty for none. */
  public QrWriter postalCode(String postalCode) {
    this.postalCode = postalCode;
    return this;
  }

  /** Object 62. */
  public QrWriter additionalData(AdditionalData additionalData) {
    this.additionalData = additionalData;
    return this;
  }

  /** Object 64. */
  public QrWriter languageTemplate(LanguageTemplate languageTemplate) {
    this.languageTemplate = languageTemplate;
    return this;
  }

  /** One of the objects 65 to 79. */
  public QrWriter reserved(String id, String value) {
    reserved.put(id, value);
    return this;
  }

  /** One of the objects 80 to 99. */
  public QrWriter unreservedTemplate(String id, Template template) {
    unreservedTemplates.put(id, template);
    return this;
  }

  /**
   * Writes the parts given so far.
   *
   * @throws IllegalArgumentException when an object was given an identifier outside its range
   */
  public QrWriting write() {
    return write(
        new QrPayload(
            initiation,
            networkAccounts,
            accountTemplates,
            category,
            currency,
            amount,
            fee,
            country,
            merchantName,
            merchantCity,
            postalCode,
            additionalData,
            languageTemplate,
            reserved,
            unreservedTemplates));
  }

  /** Writes a payload, or says which rule it breaks. */
  public static QrWriting write(QrPayload payload) {
    String text;
    try {
      text = QrEncoder.encode(payload);
    } catch (RefusedException refused) {
      return refused.refusal();
    }
    return switch (QrReader.read(text)) {
      case QrRefusal refusal -> refusal;
      case QrReading.Read(var readBack) -> {
        if (!readBack.equals(payload)) {
          throw new IllegalStateException("a code was written that reads as another");
        }
        yield new QrWriting.Written(text);
      }
    };
  }
}
