package io.madang.gateway.account;

import io.madang.gateway.http.Json;
import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.qr.MerchantListing;
import io.vertx.core.json.JsonObject;

/**
 * A merchant as the operator registered it. Names on screens come from here, never from a code.
 *
 * @param number counts registrations, for lists
 */
public record Merchant(long number, MerchantListing listing, AccountId account) {
  /** Its identifier. */
  public MerchantId id() {
    return listing.merchantId();
  }

  /** Its name in both languages. */
  public JsonObject names() {
    return Json.names(listing.koreanName(), listing.asciiName());
  }

  /** What answers say of it. */
  public JsonObject view() {
    return new JsonObject()
        .put("id", id().value())
        .put("account", account.toString())
        .put("name", names());
  }
}
