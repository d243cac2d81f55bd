package io.madang.gateway.bank;

import io.madang.gateway.http.Json;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A person's wish for coins against a deposit.
 *
 * @param statement the approvers' words, once they are written down
 * @param transaction the transaction that brought the coins, once it is final
 * @param reason why there are none
 */
record Charge(
    String id,
    Bank.Deposit deposit,
    State state,
    Optional<String> statement,
    Optional<String> transaction,
    Optional<String> reason,
    long createdMillis) {

  /** How far it has come; the names stand in the table. */
  enum State {
    ASKED,
    SIGNED,
    CONFIRMED,
    FAILED
  }

  JsonObject view() {
    var amount = deposit.amount();
    var view =
        new JsonObject()
            .put("id", id)
            .put(
                "status",
                switch (state) {
                  case ASKED, SIGNED -> "pending";
                  case CONFIRMED -> "confirmed";
                  case FAILED -> "failed";
                })
            .put("asset", amount.asset().value())
            .put("amount", amount.minorUnits())
            .put("createdAt", Json.time(createdMillis));
    Json.putIfPresent(
        view,
        "bonus",
        deposit
            .bonus()
            .map(
                bonus ->
                    new JsonObject()
                        .put("amount", bonus.amount())
                        .put("programme", bonus.programme().value())));
    Json.putIfPresent(view, "transaction", transaction);
    return Json.putIfPresent(view, "reason", reason);
  }
}
