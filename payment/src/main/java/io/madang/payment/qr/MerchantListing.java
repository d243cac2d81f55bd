package io.madang.payment.qr;

/**
 * What the registry holds of a merchant and a printed code shows. The writer refuses texts that are
 * too long or of the wrong kind, by the object they would stand in.
 *
 * @param merchantId the merchant
 * @param category four digits of ISO 18245
 * @param asciiName at most 25 characters of ASCII
 * @param asciiCity at most 15 characters of ASCII
 * @param postalCode five digits, or empty when unknown
 * @param koreanName at most 25 characters, NFC
 * @param koreanCity at most 15 characters, NFC
 */
public record MerchantListing(
    MerchantId merchantId,
    String category,
    String asciiName,
    String asciiCity,
    String postalCode,
    String koreanName,
    String koreanCity) {}
