package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.PartsJson;
import io.madang.gateway.http.Json;
import io.madang.ledger.AccountId;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.State;
import io.madang.payment.PaymentIntent.Taking;
import io.madang.payment.qr.IntentId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A payment intent with what a merchant wants to find again.
 *
 * @param number counts intents, for lists
 */
record MerchantIntent(
    long number,
    Merchant merchant,
    Optional<String> till,
    Optional<String> reference,
    PaymentIntent intent) {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int SHORT_DIGITS = 8;

  /** The first 40 bits of the identifier in Crockford's base 32, to be typed by hand. */
  static String shortCode(IntentId id) {
    long bits = Long.parseLong(id.value(), 0, 10, 16);
    var code = new StringBuilder();
    for (int shift = 5 * (SHORT_DIGITS - 1); shift >= 0; shift -= 5) {
      code.append(DIGITS.charAt((int) (bits >> shift) & 31));
      if (code.length() == SHORT_DIGITS / 2) code.append('-');
    }
    return code.toString();
  }

  MerchantIntent with(PaymentIntent next) {
    return new MerchantIntent(number, merchant, till, reference, next);
  }

  /** What its payer has to know. */
  JsonObject payerView(String qr, long nowMillis) {
    var price = intent.price();
    var view =
        new JsonObject()
            .put("id", intent.id().value())
            .put("status", intent.status(nowMillis).toString())
            .put("amount", price.minorUnits())
            .put("asset", price.asset().value())
            .put("qr", qr)
            .put("shortCode", shortCode(intent.id()))
            .put("createdAt", Json.time(intent.createdMillis()))
            .put("expiresAt", Json.time(intent.expiresMillis()))
            .put("merchant", merchant.view());
    if (intent.taking() instanceof Taking.FromHold(var end)) {
      view.put("heldUntil", Json.time(end));
    }
    return view;
  }

  /** What its merchant sees. */
  JsonObject merchantView(String qr, long nowMillis) {
    var view = payerView(qr, nowMillis);
    Json.putIfPresent(view, "till", till);
    Json.putIfPresent(view, "reference", reference);
    view.put("refunded", intent.refundedInAll());
    var payments = intent.payments();
    if (!payments.isEmpty()) {
      view.put("payment", view(payments.getLast().payment()));
      PartsJson.put(view, payments.getLast().parts());
    }
    if (intent.state() instanceof State.Authorised authorised) {
      var hold = authorised.hold();
      var captures = new JsonArray();
      for (var one : payments) {
        captures.add(
            view(one.payment())
                .put("amount", one.payment().amount().minorUnits())
                .put("refunded", one.refunded()));
      }
      view.put("captured", authorised.captured())
          .put("capturable", intent.capturable(nowMillis))
          .put("captures", captures)
          .put("hold", view(hold.position(), hold.transaction(), hold.timeMillis(), hold.payer()));
    }
    return view;
  }

  private static JsonObject view(Payment payment) {
    return view(payment.position(), payment.transaction(), payment.timeMillis(), payment.payer());
  }

  private static JsonObject view(
      Position position, Hash transaction, long timeMillis, AccountId payer) {
    return new JsonObject()
        .put("position", position.toString())
        .put("transaction", transaction.toString())
        .put("time", Json.time(timeMillis))
        .put("payerMasked", masked(payer));
  }

  /** A merchant tells payers apart, but learns no account. */
  static String masked(AccountId account) {
    return "…" + account.toString().substring(28);
  }
}
