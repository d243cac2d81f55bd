package io.madang.gateway.programme;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.AccountId;
import io.madang.ledger.Asset;
import io.madang.ledger.Ledger;
import io.madang.ledger.Programme;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What everybody may read: rules, programmes, what accounts are, and the history of it all. */
final class RuleRoutes implements Operations.Feature {
  private final Engine<Ledger> engine;
  private final ProgrammeBoard board;
  private final RuleRecords records;
  private final ProgrammeNames names;
  private final Map<String, JsonObject> assetNames;
  private final Clock clock;

  RuleRoutes(
      Engine<Ledger> engine,
      ProgrammeBoard board,
      RuleRecords records,
      ProgrammeNames names,
      Map<String, JsonObject> assetNames,
      Clock clock) {
    this.engine = engine;
    this.board = board;
    this.records = records;
    this.names = names;
    this.assetNames = Map.copyOf(assetNames);
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listAssets", _ -> assets());
    operations.on("getAsset", this::asset);
    operations.on(
        "listAssetHistory", call -> history(call, Set.of("asset.rules", "asset.sweep"), "asset"));
    operations.on("listProgrammes", this::programmes);
    operations.on("getProgramme", this::programme);
    operations.on(
        "listProgrammeHistory", call -> history(call, Set.of("programme.set"), "programme"));
    operations.on("getAttributes", this::attributes);
    operations.on(
        "listAttributeHistory", call -> history(call, Set.of("account.attributes"), "account"));
  }

  private Future<Reply> assets() {
    return board
        .now()
        .map(
            standing -> {
              var items = new JsonArray();
              standing.assets().forEach(asset -> items.add(view(asset, standing)));
              return Reply.ok(new JsonObject().put("items", items));
            });
  }

  private Future<Reply> asset(Call call) {
    return board
        .now()
        .map(
            standing ->
                standing.assets().stream()
                    .filter(asset -> asset.code().value().equals(call.text("asset")))
                    .findFirst()
                    .map(asset -> Reply.ok(view(asset, standing)))
                    .orElseThrow(RuleRoutes::notFound));
  }

  private JsonObject view(Asset asset, ProgrammeBoard.Standing standing) {
    var code = asset.code().value();
    return RuleViews.asset(
        asset,
        standing.rules().getOrDefault(asset.code(), List.of()),
        assetNames.getOrDefault(code, Json.names(code, code)),
        clock.millis());
  }

  private Future<Reply> programmes(Call call) {
    return views(call, Optional.empty())
        .map(
            views ->
                Reply.ok(
                    new JsonObject()
                        .put("time", Json.time(clock.millis()))
                        .put("items", new JsonArray(views))));
  }

  private Future<Reply> programme(Call call) {
    return views(call, Optional.of(new ProgrammeCode(call.text("programme"))))
        .map(views -> Reply.ok(views.stream().findFirst().orElseThrow(RuleRoutes::notFound)));
  }

  private Future<List<JsonObject>> views(Call call, Optional<ProgrammeCode> only) {
    return board
        .now()
        .compose(
            standing -> {
              var wanted =
                  standing.programmes().stream()
                      .filter(one -> only.isEmpty() || only.get().equals(one.code()))
                      .toList();
              return Future.all(givenTo(call, wanted), names.all())
                  .map(
                      both -> {
                        Map<ProgrammeCode, Long> mine = both.resultAt(0);
                        Map<String, JsonObject> named = both.resultAt(1);
                        return wanted.stream()
                            .map(one -> view(one, standing, mine, named))
                            .toList();
                      });
            });
  }

  /** What the caller got in the present periods; nothing when nobody in particular calls. */
  private Future<Map<ProgrammeCode, Long>> givenTo(Call call, List<Programme> programmes) {
    if (!(call.caller() instanceof Caller.Wallet wallet) || programmes.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    long now = clock.millis();
    return engine.ask(
        ledger -> {
          var given = new HashMap<ProgrammeCode, Long>();
          for (var one : programmes) {
            given.put(one.code(), ledger.view().given(one.code(), wallet.account(), now));
          }
          return Map.copyOf(given);
        });
  }

  private JsonObject view(
      Programme programme,
      ProgrammeBoard.Standing standing,
      Map<ProgrammeCode, Long> mine,
      Map<String, JsonObject> named) {
    long now = clock.millis();
    var code = programme.code().value();
    long inFund = standing.inFunds().getOrDefault(programme.code(), 0L);
    var view =
        RuleViews.programme(
            programme, inFund, named.getOrDefault(code, Json.names(code, code)), now);
    var given = Optional.ofNullable(mine.get(programme.code()));
    return Json.putIfPresent(
        view,
        "mine",
        given.map(
            amount -> {
              long share = Math.max(0, programme.at(now).perPerson() - amount);
              return new JsonObject()
                  .put("given", amount)
                  .put("left", Math.min(Math.min(share, view.getLong("left")), inFund));
            }));
  }

  private Future<Reply> attributes(Call call) {
    var account = AccountId.parse(call.text("account"));
    return engine
        .ask(
            ledger ->
                ledger
                    .view()
                    .account(account)
                    .map(
                        found -> {
                          var said = ledger.view().attributes(account);
                          var view =
                              new JsonObject()
                                  .put("account", account.toString())
                                  .put("kind", found.kind().toString());
                          if (!said.category().isEmpty()) view.put("category", said.category());
                          if (!said.region().isEmpty()) view.put("region", said.region());
                          return view;
                        }))
        .map(found -> Reply.ok(found.orElseThrow(RuleRoutes::notFound)));
  }

  private Future<Reply> history(Call call, Set<String> purposes, String parameter) {
    return records
        .about(
            purposes,
            call.text(parameter),
            RuleRecords.Cursor.of(call.optional("cursor")),
            call.limit())
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found, call.limit(), view -> view, view -> view.getString("position"))));
  }

  private static Problem.Raised notFound() {
    return Problem.of(ProblemType.NOT_FOUND).raised();
  }
}
