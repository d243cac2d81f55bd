/**
 * The text inside a merchant's QR code: EMVCo QR Code Specification for Payment Systems,
 * Merchant-Presented Mode 1.1, read and written strictly, and Madang's own scheme on top of it.
 *
 * <p>The checksum in such a code guards against scratches, not against people: anyone can print a
 * code with a right checksum. Nothing read here is a promise to pay or to be paid; whoever acts on
 * it looks the merchant and the payment up in the registry by the identifiers it carries.
 */
@NullMarked
package io.madang.payment.qr;

import org.jspecify.annotations.NullMarked;
