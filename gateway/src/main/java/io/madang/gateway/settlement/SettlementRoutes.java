package io.madang.gateway.settlement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.settlement.Closing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators do: runs, approvals, the work list, and merchants' bank accounts. */
final class SettlementRoutes implements Operations.Feature {
  private final SettlementOffice office;
  private final ApprovalDesk approvals;
  private final MerchantRegistry merchants;

  SettlementRoutes(SettlementOffice office, ApprovalDesk approvals, MerchantRegistry merchants) {
    this.office = office;
    this.approvals = approvals;
    this.merchants = merchants;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listSettlementRuns", this::runs);
    operations.on("startSettlement", this::start);
    operations.on("getSettlementRun", this::run);
    operations.on("getSettlementFile", this::file);
    operations.on("retrySettlement", this::retry);
    operations.on("denySettlementFile", this::deny);
    operations.on("listSettlementApprovals", this::wanted);
    operations.on("approveSettlements", this::approve);
    operations.on("listSettlementWork", this::work);
    operations.on("finishSettlementWork", this::finish);
    operations.on("listBankAccounts", this::accounts);
    operations.on("proposeBankAccount", this::propose);
    operations.on("confirmBankAccount", this::confirm);
  }

  private Future<Reply> runs(Call call) {
    var before =
        call.optional("cursor").map(text -> RunId.parse(text).orElseThrow(Json::malformedCursor));
    return office
        .runs()
        .list(before, call.limit())
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found, call.limit(), SettlementRoutes::view, run -> run.id().toString())));
  }

  /** Looks at everything now; the runs of the day are in the answer as far as they have come. */
  private Future<Reply> start(Call call) {
    var day = day(call.body().getString("day"));
    if (!office.isAtWork()) return Problem.of(ProblemType.NO_SETTLEMENT).fail();
    if (office.clock().millis() < office.businessDays().endMillis(day)) {
      return Problem.of(ProblemType.DAY_NOT_ENDED).fail();
    }
    // Trouble is told by the runs; they are worth an answer in any case.
    office.wake();
    return office
        .runs()
        .ofDay(day)
        .compose(
            found -> {
              var views = found.stream().map(this::progress).toList();
              return Future.all(views)
                  .map(
                      _ ->
                          Reply.accepted(
                              new JsonObject()
                                  .put("day", day.toString())
                                  .put(
                                      "runs",
                                      new JsonArray(views.stream().map(Future::result).toList()))));
            });
  }

  private Future<Reply> run(Call call) {
    return known(call)
        .compose(
            run ->
                progress(run)
                    .compose(
                        view ->
                            office
                                .denials()
                                .of(run.id(), operator(call))
                                .map(said -> Json.putIfPresent(view, "denial", said))))
        .map(Reply::ok);
  }

  private Future<Run> known(Call call) {
    return office
        .runs()
        .byId(RunId.parse(call.text("run")).orElseThrow(SettlementRoutes::notFound))
        .map(found -> found.orElseThrow(SettlementRoutes::notFound));
  }

  private static Problem.Raised notFound() {
    return Problem.of(ProblemType.NOT_FOUND).raised();
  }

  private Future<JsonObject> progress(Run run) {
    var recorded = office.days().countRecorded(run.id());
    var payouts = office.payouts().countByState(run.id());
    return Future.all(recorded, payouts)
        .map(
            _ -> {
              var progress =
                  new JsonObject()
                      .put("recorded", recorded.result())
                      .put("payouts", payouts.result());
              if (run.stage() == Closing.Stage.ENDED) {
                progress.put("postingsRead", office.postingsRead());
              }
              return view(run).put("progress", progress);
            });
  }

  private static JsonObject view(Run run) {
    var view =
        new JsonObject()
            .put("id", run.id().toString())
            .put("asset", run.id().asset().value())
            .put("day", run.id().day().toString())
            .put("number", run.id().number())
            .put("stage", Names.of(run.stage().name()))
            .put("nextAct", Names.of(run.closing().nextAct().name()));
    if (!run.waitingFor().isEmpty()) view.put("waitingFor", run.waitingFor());
    run.computed()
        .ifPresent(
            computed ->
                view.put("totals", computed.totals())
                    .put("executeOn", computed.executeOn().toString())
                    .put("digest", run.closing().computed().toString()));
    if (!run.closing().file().equals(Closing.NOTHING)) {
      view.put("file", run.closing().file().toString());
    }
    return view;
  }

  private Future<Reply> file(Call call) {
    return known(call)
        .compose(office::file)
        .map(
            found ->
                new Reply.Content(
                    "application/xml",
                    Buffer.buffer(found.orElseThrow(SettlementRoutes::notFound)),
                    Map.of(
                        "Content-Disposition",
                        "attachment; filename=\"" + call.text("run") + ".xml\"")));
  }

  /** Only of a file of which the bank has not said a word. */
  private Future<Reply> deny(Call call) {
    return known(call)
        .compose(
            run ->
                office
                    .payouts()
                    .isAnswered(run.id())
                    .compose(
                        answered ->
                            run.stage() != Closing.Stage.DELIVERED || answered
                                ? Problem.of(ProblemType.FILE_NOT_UNHEARD_OF).fail()
                                : office
                                    .denials()
                                    .say(run.id(), operator(call), office.clock().millis())))
        .map(
            said -> {
              if (said.isEmpty()) throw Problem.of(ProblemType.PROPOSAL_OF_YOUR_OWN).raised();
              if (said.get().getBoolean("confirmed")) office.wake();
              return Reply.accepted(said.get());
            });
  }

  private Future<Reply> retry(Call call) {
    return known(call)
        .compose(run -> office.retry(run.id()))
        .compose(
            begun -> {
              if (begun.isEmpty()) return Problem.of(ProblemType.NOTHING_TO_RETRY).fail();
              office.wake();
              return office
                  .runs()
                  .byId(begun.get())
                  .map(run -> Reply.accepted(view(run.orElseThrow())));
            });
  }

  private Future<Reply> wanted(Call call) {
    return approvals
        .wanted(call.optional("cursor"), call.limit() + 1)
        .map(
            found ->
                Reply.ok(Json.page(found, call.limit(), Approvable::view, ApprovalDesk::cursor)));
  }

  private Future<Reply> approve(Call call) {
    var statements =
        call.body().getJsonArray("statements").stream().map(String.class::cast).toList();
    return approvals
        .accept(statements)
        .map(
            verdicts -> {
              var refused = new JsonArray();
              int accepted = 0;
              for (int i = 0; i < verdicts.size(); i++) {
                if (verdicts.get(i).accepted()) {
                  accepted++;
                } else {
                  refused.add(
                      new JsonObject().put("index", i).put("reason", verdicts.get(i).reason()));
                }
              }
              return Reply.ok(new JsonObject().put("accepted", accepted).put("refused", refused));
            });
  }

  private Future<Reply> work(Call call) {
    return office
        .work()
        .list(
            call.optional("state").isPresent(),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit())
        .map(found -> Reply.ok(Json.numberedPage(found, call.limit())));
  }

  private Future<Reply> finish(Call call) {
    return office
        .work()
        .done(call.integer("number", 0), operator(call), call.body().getString("note"))
        .map(found -> Reply.ok(found.orElseThrow(SettlementRoutes::notFound)));
  }

  private Future<Reply> accounts(Call call) {
    return office
        .accounts()
        .of(merchant(call).id(), operator(call))
        .map(
            found ->
                Reply.ok(new JsonObject().put("items", new JsonArray(new ArrayList<>(found)))));
  }

  private Future<Reply> propose(Call call) {
    var body = call.body();
    var holder = Normalizer.normalize(body.getString("holder"), Normalizer.Form.NFC);
    if (holder.isBlank()) {
      return Problem.malformed(List.of(new Problem.Fault("#/holder", "has to be a name"))).fail();
    }
    var account = new BankAccount(body.getString("bank"), body.getString("number"), holder);
    return office.accounts().propose(merchant(call), account, operator(call)).map(Reply::ok);
  }

  /** The first account counts at once; a change waits, so that its owner can still object. */
  private Future<Reply> confirm(Call call) {
    var merchant = merchant(call);
    return office
        .accounts()
        .hasAny(merchant.id())
        .compose(
            isChange -> {
              long wait = isChange ? office.settings().changeWait().toMillis() : 0;
              return office
                  .accounts()
                  .confirm(merchant, operator(call), office.clock().millis() + wait);
            })
        .map(
            confirmed ->
                Reply.ok(
                    confirmed.orElseThrow(
                        () -> Problem.of(ProblemType.NO_PROPOSAL_OF_ANOTHER).raised())));
  }

  private Merchant merchant(Call call) {
    return merchants
        .byId(new MerchantId(call.text("merchant")))
        .orElseThrow(SettlementRoutes::notFound);
  }

  private static String operator(Call call) {
    return ((Caller.Operator) call.caller()).key();
  }

  /** A day as the contract's form lets it through, but that may not exist. */
  static LocalDate day(String text) {
    return parsed(text)
        .orElseThrow(
            () -> Problem.malformed(List.of(new Problem.Fault("#/day", "is no day"))).raised());
  }

  static Optional<LocalDate> parsed(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }
}
