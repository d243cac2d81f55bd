package io.madang.gateway.programme;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.Purpose;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What operators propose about rules and programmes, and what approvers sign of it. */
final class ProposalRoutes implements Operations.Feature {
  private final Engine<Ledger> engine;
  private final Idempotency idempotency;
  private final ProposalStore store;
  private final ProposalDesk desk;
  private final Fund fund;
  private final Clock clock;

  ProposalRoutes(
      Engine<Ledger> engine,
      Idempotency idempotency,
      ProposalStore store,
      ProposalDesk desk,
      Fund fund,
      Clock clock) {
    this.engine = engine;
    this.idempotency = idempotency;
    this.store = store;
    this.desk = desk;
    this.fund = fund;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("propose", this::propose);
    operations.on("listProposals", this::list);
    operations.on("getProposal", call -> one(call.integer("number", 0), call).map(Reply::ok));
    operations.on("signProposal", this::sign);
    operations.on("withdrawProposal", this::withdraw);
  }

  private Future<Reply> propose(Call call) {
    var purpose = Purpose.parse(call.body().getString("purpose")).orElseThrow();
    var name = Optional.ofNullable(call.body().getJsonObject("name")).map(ProposalRoutes::composed);
    if (name.isPresent() && purpose != Purpose.PROGRAMME_SET) {
      return Problem.malformed(List.of(new Problem.Fault("#/name", "only programmes have one")))
          .fail();
    }
    var words =
        ProposedWords.canonical(
            ProposedWords.withFund(purpose, call.body().getJsonObject("words"), fund.account()));
    return idempotency.once(
        Idempotency.Key.of(call, "propose"),
        connection ->
            fund.open()
                .compose(
                    _ ->
                        engine.ask(
                            ledger ->
                                ProposedWords.draft(ledger, purpose, words, name, clock.millis())))
                .compose(draft -> store.add(connection, draft, operator(call)))
                .compose(this::view)
                .map(Reply::created)
                .recover(
                    failure ->
                        failure instanceof Problem.Raised raised && raised.problem().status() < 500
                            ? Future.succeededFuture(raised.problem())
                            : Future.failedFuture(failure)));
  }

  /** What people type on some phones comes in parts; names are compared and measured whole. */
  private static JsonObject composed(JsonObject name) {
    return Json.names(
        Normalizer.normalize(name.getString("ko"), Normalizer.Form.NFC), name.getString("en"));
  }

  private Future<Reply> list(Call call) {
    return store
        .list(
            call.optional("state").isPresent(),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit(),
            operator(call))
        .compose(this::views)
        .map(found -> Reply.ok(Json.numberedPage(found, call.limit())));
  }

  private Future<JsonObject> one(long number, Call call) {
    return store
        .byNumber(number, operator(call))
        .map(found -> found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised()))
        .compose(this::view);
  }

  private Future<Reply> sign(Call call) {
    long number = call.integer("number", 0);
    return desk.sign(number, call.body().getString("statement"), operator(call))
        .compose(_ -> one(number, call))
        .map(Reply::ok);
  }

  private Future<Reply> withdraw(Call call) {
    return desk.withdraw(call.integer("number", 0), call.body().getString("reason"), operator(call))
        .map(_ -> new Reply.Nothing());
  }

  private Future<JsonObject> view(Proposal proposal) {
    return views(List.of(proposal)).map(List::getFirst);
  }

  private Future<List<JsonObject>> views(List<Proposal> proposals) {
    return engine
        .ask(
            ledger -> {
              var assets = new HashMap<AssetCode, Asset>();
              for (var asset : ledger.view().assets()) assets.put(asset.code(), asset);
              return Map.copyOf(assets);
            })
        .map(
            assets ->
                proposals.stream()
                    .map(
                        one ->
                            one.view(
                                engine.standing().chain(),
                                Objects.requireNonNull(assets.get(one.asset())),
                                clock.millis()))
                    .toList());
  }

  private static String operator(Call call) {
    return ((Caller.Operator) call.caller()).key();
  }
}
