package io.madang.gateway.account;

import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.Parts;
import io.madang.payment.Parts.Earned;
import io.madang.payment.Parts.Leg;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a payment as JSON: {@code legs} and {@code earned}, in answers and in the tables
 * alike, and as results of the ledger say them.
 */
public final class PartsJson {
  private PartsJson() {}

  /** The parts that a result's inner object tells; empty when it is not of legs. */
  public static Optional<Parts> ofResult(io.madang.chain.json.JsonObject what) {
    if (!(what.get("legs").orElse(null) instanceof JsonArray(var values))) return Optional.empty();
    var legs = new ArrayList<Leg>();
    for (var value : values) {
      var leg = object(value);
      legs.add(new Leg(amount(leg), leg.get("refunded").map(PartsJson::number).orElse(0L)));
    }
    return Optional.of(
        new Parts(
            legs,
            what.get("earned")
                .map(PartsJson::object)
                .map(
                    earned ->
                        new Earned(
                            amount(earned),
                            earned.get("withheld").map(PartsJson::number).orElse(0L)))));
  }

  private static io.madang.chain.json.JsonObject object(JsonValue value) {
    if (value instanceof io.madang.chain.json.JsonObject object) return object;
    throw new IllegalStateException("a result with a part that is none");
  }

  private static Amount amount(io.madang.chain.json.JsonObject part) {
    return new Amount(
        number(part.get("amount").orElseThrow()),
        new AssetCode(((JsonText) part.get("asset").orElseThrow()).value()));
  }

  private static long number(JsonValue value) {
    return ((JsonNumber) value).value();
  }

  /** Adds the parts to an answer or an event. */
  public static JsonObject put(JsonObject view, Optional<Parts> parts) {
    parts.ifPresent(some -> view.mergeIn(of(some)));
    return view;
  }

  /** The parts as they are stored and answered. */
  public static JsonObject of(Parts parts) {
    var legs = new io.vertx.core.json.JsonArray();
    for (var leg : parts.legs()) {
      legs.add(of(leg.amount()).put("refunded", leg.refunded()));
    }
    var json = new JsonObject().put("legs", legs);
    parts
        .earned()
        .ifPresent(
            earned -> json.put("earned", of(earned.amount()).put("withheld", earned.withheld())));
    return json;
  }

  private static JsonObject of(Amount amount) {
    return new JsonObject().put("asset", amount.asset().value()).put("amount", amount.minorUnits());
  }

  /** The parts that were stored, if any were. */
  public static Optional<Parts> read(@Nullable JsonObject stored) {
    if (stored == null) return Optional.empty();
    var legs = new ArrayList<Leg>();
    for (var one : stored.getJsonArray("legs")) {
      var leg = (JsonObject) one;
      legs.add(new Leg(amount(leg), leg.getLong("refunded")));
    }
    return Optional.of(
        new Parts(
            legs,
            Optional.ofNullable(stored.getJsonObject("earned"))
                .map(earned -> new Earned(amount(earned), earned.getLong("withheld")))));
  }

  private static Amount amount(JsonObject part) {
    return new Amount(part.getLong("amount"), new AssetCode(part.getString("asset")));
  }
}
