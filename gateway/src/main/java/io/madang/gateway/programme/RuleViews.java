package io.madang.gateway.programme;

import io.madang.gateway.http.Json;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetRules;
import io.madang.ledger.Limits;
import io.madang.ledger.Programme;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.ScheduledRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Rules and programmes as answers have them. */
final class RuleViews {
  private RuleViews() {}

  /**
   * An asset with what binds it.
   *
   * @param schedule ascending; the last that has begun holds
   */
  static JsonObject asset(
      Asset asset, List<ScheduledRules> schedule, JsonObject name, long nowMillis) {
    var view =
        new JsonObject()
            .put("code", asset.code().value())
            .put("kind", asset.kind().toString())
            .put("scale", asset.scale())
            .put("name", name)
            .put("threshold", asset.threshold())
            .put(
                "approvers",
                new JsonArray(asset.approvers().stream().map(AccountId::toString).toList()))
            .put("issued", asset.issued())
            .put("redeemed", asset.redeemed());
    Optional<ScheduledRules> now = Optional.empty();
    var coming = new JsonArray();
    for (var next : schedule) {
      if (next.fromMillis() <= nowMillis) now = Optional.of(next);
      else coming.add(rules(next));
    }
    return Json.putIfPresent(view, "rules", now.map(RuleViews::rules)).put("scheduled", coming);
  }

  private static JsonObject rules(ScheduledRules scheduled) {
    var rules = scheduled.rules();
    var view =
        new JsonObject()
            .put("version", scheduled.version())
            .put("from", Json.time(scheduled.fromMillis()))
            .put("gifts", rules.gifts())
            .put("forWon", rules.forWon());
    if (rules.expiresMillis() != AssetRules.NEVER) {
      view.put("expiresAt", Json.time(rules.expiresMillis()))
          .put("expiredTo", rules.expiredTo().orElseThrow().toString());
    }
    if (!rules.categories().isEmpty()) view.put("categories", new JsonArray(rules.categories()));
    if (!rules.regions().isEmpty()) view.put("regions", new JsonArray(rules.regions()));
    putCap(view, "perPayment", rules.perPayment());
    putCap(view, "perDay", rules.perDay());
    putCap(view, "holdingCap", rules.holdingCap());
    return view;
  }

  private static void putCap(JsonObject view, String name, long cap) {
    if (cap != Limits.UNLIMITED) view.put(name, cap);
  }

  /**
   * A programme with its terms now, or its first ones when it has not begun.
   *
   * @param inFund what the fund has available of what it gives
   */
  static JsonObject programme(Programme programme, long inFund, JsonObject name, long nowMillis) {
    var terms = programme.at(nowMillis);
    var coming = new JsonArray();
    for (var next : programme.terms()) {
      if (next.fromMillis() > nowMillis && !next.equals(terms)) coming.add(terms(next));
    }
    return new JsonObject()
        .put("code", programme.code().value())
        .put("kind", programme.kind().toString())
        .put("name", name)
        .put("asset", programme.asset().value())
        .put("fund", programme.fund().toString())
        .put("version", programme.version())
        .put("state", state(terms, nowMillis))
        .mergeIn(terms(terms))
        .put("given", programme.given())
        .put("left", Math.max(0, terms.total() - programme.given()))
        .put("fundAvailable", inFund)
        .put("scheduled", coming);
  }

  private static String state(ProgrammeTerms terms, long nowMillis) {
    if (nowMillis < terms.fromMillis()) return "coming";
    return nowMillis < terms.untilMillis() ? "running" : "over";
  }

  private static JsonObject terms(ProgrammeTerms terms) {
    var view =
        new JsonObject()
            .put("from", Json.time(terms.fromMillis()))
            .put("until", Json.time(terms.untilMillis()));
    if (terms.rate() > 0) view.put("rate", terms.rate());
    if (terms.amount() > 0) view.put("amount", terms.amount());
    terms.price().ifPresent(price -> view.put("price", amount(price)));
    view.put("perPerson", terms.perPerson());
    if (terms.periodDays() > 0) view.put("periodDays", terms.periodDays());
    return view.put("total", terms.total());
  }

  private static JsonObject amount(Amount amount) {
    return new JsonObject().put("amount", amount.minorUnits()).put("asset", amount.asset().value());
  }
}
