package io.madang.gateway.account;

import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.json.JsonObject;

/** What a programme had to do with a movement. */
public sealed interface Given {
  /** Which programme. */
  ProgrammeCode programme();

  /**
   * It added to a charge.
   *
   * @param amount minor units of what was charged, beside the amount of the movement
   */
  record Bonus(ProgrammeCode programme, long amount) implements Given {}

  /** It rewarded: the movement's amount is all of it. */
  record Reward(ProgrammeCode programme) implements Given {}

  /** It sold the movement's amount for this price, which the payee paid to the payer. */
  record Lot(ProgrammeCode programme, Amount price) implements Given {}

  /** As answers show it and as the table keeps it. */
  default JsonObject view() {
    var view = new JsonObject().put("programme", programme().value());
    return switch (this) {
      case Bonus(var _, var amount) -> view.put("bonus", amount);
      case Reward _ -> view;
      case Lot(var _, var price) ->
          view.put(
              "price",
              new JsonObject()
                  .put("amount", price.minorUnits())
                  .put("asset", price.asset().value()));
    };
  }

  /** What {@link #view} wrote. */
  static Given read(JsonObject view) {
    var programme = new ProgrammeCode(view.getString("programme"));
    if (view.containsKey("bonus")) return new Bonus(programme, view.getLong("bonus"));
    var price = view.getJsonObject("price");
    return price == null
        ? new Reward(programme)
        : new Lot(
            programme,
            new Amount(price.getLong("amount"), new AssetCode(price.getString("asset"))));
  }
}
