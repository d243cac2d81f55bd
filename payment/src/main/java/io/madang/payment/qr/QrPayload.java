package io.madang.payment.qr;

import java.util.SortedMap;

/**
 * What a merchant's QR code says, object by object: EMVCo MPM 1.1. The order of the objects and the
 * spelling of an amount ({@code 98}, {@code 98.}) are not kept; everything else is.
 *
 * <p>A payload that {@link QrReader} gave keeps all rules of the format. One that was put together
 * by hand may break them; {@link QrWriter} then refuses it.
 *
 * @param initiation object 01
 * @param networkAccounts objects 02 to 25: accounts with card networks, at most 99 ASCII characters
 * @param accountTemplates objects 26 to 51: accounts with other schemes
 * @param category object 52: four digits of ISO 18245, {@code 0000} when unknown
 * @param currency object 53
 * @param amount object 54
 * @param fee objects 55 to 57
 * @param country object 58: two capital letters of ISO 3166
 * @param merchantName object 59: at most 25 ASCII characters
 * @param merchantCity object 60: at most 15 ASCII characters
 * @param postalCode object 61: at most 10 ASCII characters, or empty when the code has none
 * @param additionalData object 62
 * @param languageTemplate object 64
 * @param reserved objects 65 to 79, kept as they are
 * @param unreservedTemplates objects 80 to 99
 */
public record QrPayload(
    Initiation initiation,
    SortedMap<String, String> networkAccounts,
    SortedMap<String, Template> accountTemplates,
    String category,
    QrCurrency currency,
    QrAmount amount,
    QrFee fee,
    String country,
    String merchantName,
    String merchantCity,
    String postalCode,
    AdditionalData additionalData,
    LanguageTemplate languageTemplate,
    SortedMap<String, String> reserved,
    SortedMap<String, Template> unreservedTemplates) {

  /**
   * A payload of its own copies.
   *
   * @throws IllegalArgumentException when an identifier lies outside its range
   */
  public QrPayload {
    networkAccounts = Ids.sortedCopy(networkAccounts, 2, 25);
    accountTemplates = Ids.sortedCopy(accountTemplates, 26, 51);
    reserved = Ids.sortedCopy(reserved, 65, 79);
    unreservedTemplates = Ids.sortedCopy(unreservedTemplates, 80, 99);
  }
}
