package io.madang.payment.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.payment.settlement.Posting.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the postings out of what the chain recorded of a transaction ({@code docs/formats.md},
 * section 4). Settlements and their voids are no postings: they are what postings are settled by.
 */
public final class Postings {
  private Postings() {}

  /**
   * The postings of one transaction that took effect: of each of its legs at most two, of different
   * accounts, and no two of one account and asset. A leg that gives nothing back has none.
   *
   * <p>What programmes give goes from accounts of issuers and systems to persons; it is no posting,
   * for neither is ever settled.
   *
   * @param data the result's data
   * @throws IllegalStateException when the data is no result of the ledger: the record is damaged
   */
  public static List<Posting> of(Position position, long timeMillis, byte[] data) {
    if (!(CanonicalJson.read(data) instanceof CanonicalJson.Result.Read(JsonObject result))) {
      throw new IllegalStateException("the result at " + position + " is no object");
    }
    if (result.get("payment").orElse(null) instanceof JsonObject payment) {
      var of = new Transaction(position, timeMillis, payment, position, 0);
      return List.of(of.posting("payee", Kind.CAPTURE), of.posting("payer", Kind.PAYMENT_MADE));
    }
    if (result.get("composite").orElse(null) instanceof JsonObject payment) {
      var postings = new ArrayList<Posting>();
      for (var leg : legs(payment)) {
        var of = new Transaction(position, timeMillis, with(payment, leg), position, 0);
        postings.add(of.posting("payee", Kind.CAPTURE));
        postings.add(of.posting("payer", Kind.PAYMENT_MADE));
      }
      return postings;
    }
    if (result.get("refund").orElse(null) instanceof JsonObject refund
        && refund.get("legs").isPresent()) {
      var postings = new ArrayList<Posting>();
      for (var leg : legs(refund)) {
        long amount = number(leg, "amount");
        if (amount > 0) {
          long before = number(leg, "refunded") - amount;
          var payment = position(text(refund, "payment"));
          var of = new Transaction(position, timeMillis, with(refund, leg), payment, before);
          postings.add(of.posting("payer", Kind.REFUND));
          postings.add(of.posting("payee", Kind.REFUND_RECEIVED));
        }
      }
      return postings;
    }
    if (result.get("refund").orElse(null) instanceof JsonObject refund) {
      long before = number(refund, "refunded") - number(refund, "amount");
      var of =
          new Transaction(position, timeMillis, refund, position(text(refund, "payment")), before);
      return List.of(of.posting("payer", Kind.REFUND), of.posting("payee", Kind.REFUND_RECEIVED));
    }
    if (result.get("issued").orElse(null) instanceof JsonObject issued) {
      var of = new Transaction(position, timeMillis, issued, position, 0);
      return List.of(of.posting("account", Kind.ISSUED));
    }
    if (result.get("redeemed").orElse(null) instanceof JsonObject redeemed) {
      var of = new Transaction(position, timeMillis, redeemed, position, 0);
      return List.of(of.posting("account", Kind.REDEEMED));
    }
    return List.of();
  }

  private static List<JsonObject> legs(JsonObject payment) {
    if (!(payment.get("legs").orElse(null) instanceof JsonArray(var values))) {
      throw new IllegalStateException("a result without its legs");
    }
    var legs = new ArrayList<JsonObject>();
    for (var value : values) {
      if (!(value instanceof JsonObject leg)) {
        throw new IllegalStateException("a result with a leg that is none");
      }
      legs.add(leg);
    }
    return legs;
  }

  /** The parties of a payment, with the amount and the asset of one leg. */
  private static JsonObject with(JsonObject payment, JsonObject leg) {
    return JsonObject.builder()
        .put("amount", number(leg, "amount"))
        .put("asset", text(leg, "asset"))
        .put("payee", text(payment, "payee"))
        .put("payer", text(payment, "payer"))
        .build();
  }

  private record Transaction(
      Position position,
      long timeMillis,
      JsonObject members,
      Position payment,
      long refundedBefore) {
    Posting posting(String account, Kind kind) {
      return new Posting(
          position,
          timeMillis,
          AccountId.parse(text(members, account)),
          new AssetCode(text(members, "asset")),
          kind,
          number(members, "amount"),
          payment,
          refundedBefore);
    }
  }

  private static Position position(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalStateException("not a position: " + text);
    }
    return new Position(
        Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  private static String text(JsonObject object, String name) {
    if (object.get(name).orElse(null) instanceof JsonText text) {
      return text.value();
    }
    throw new IllegalStateException("a result without the text " + name);
  }

  private static long number(JsonObject object, String name) {
    if (object.get(name).orElse(null) instanceof JsonNumber number) {
      return number.value();
    }
    throw new IllegalStateException("a result without the number " + name);
  }
}
