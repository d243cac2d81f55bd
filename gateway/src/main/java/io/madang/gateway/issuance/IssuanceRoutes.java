package io.madang.gateway.issuance;

import io.madang.chain.Statement;
import io.madang.gateway.bank.TransferCharges;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.issuance.Issue.Kind;
import io.madang.gateway.issuance.IssueStore.Proposal;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.payment.reconciliation.PayInReference;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators do with deposits and with coins that are to come to be, or to end. */
public final class IssuanceRoutes implements Operations.Feature {
  private static final int ID_LENGTH = 12;
  private static final int CANDIDATES = 100;

  private final Sql sql;
  private final Idempotency idempotency;
  private final Engine<Ledger> engine;
  private final IssuanceOffice office;
  private final TransferCharges charges;
  private final IssueDesk desk;

  /** The routes to this office. */
  public IssuanceRoutes(
      Vertx vertx,
      Sql sql,
      Idempotency idempotency,
      Engine<Ledger> engine,
      IssuanceOffice office,
      TransferCharges charges,
      Clock clock) {
    this.sql = sql;
    this.idempotency = idempotency;
    this.engine = engine;
    this.office = office;
    this.charges = charges;
    desk = new IssueDesk(vertx, sql, engine, clock);
  }

  @Override
  public void register(Operations operations) {
    operations.on("listDeposits", this::deposits);
    operations.on("decideDeposit", this::decide);
    operations.on("listIssues", this::issues);
    operations.on("proposeIssue", this::propose);
    operations.on("withdrawIssue", this::withdraw);
    operations.on("approveIssues", this::approve);
  }

  private Future<Reply> deposits(Call call) {
    var found =
        office
            .deposits()
            .list(
                call.optional("state").isPresent(),
                Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
                call.limit());
    var open = office.deposits().open();
    return Future.all(found, open)
        .compose(_ -> candidates(found.result()))
        .map(
            candidates -> {
              var views = found.result().stream().map(one -> view(one, candidates)).toList();
              return Reply.ok(
                  Json.numberedPage(views, call.limit()).put("notIssued", open.result()));
            });
  }

  /** Charges that wait for as much as came in, by that amount. */
  private Future<Map<Long, List<JsonObject>>> candidates(List<DepositStore.Kept> deposits) {
    var amounts = new HashSet<Long>();
    for (var one : deposits) {
      if (one.state().isUndecided()) amounts.add(one.deposit().won());
    }
    return charges
        .ofAmounts(amounts, CANDIDATES)
        .map(
            found -> {
              var byAmount = new HashMap<Long, List<JsonObject>>();
              for (var one : found) {
                byAmount
                    .computeIfAbsent(one.amount().minorUnits(), _ -> new ArrayList<>())
                    .add(one.view());
              }
              return byAmount;
            });
  }

  private static JsonObject view(
      DepositStore.Kept deposit, Map<Long, List<JsonObject>> candidates) {
    var view = deposit.view();
    if (deposit.state().isUndecided()) {
      var same = candidates.getOrDefault(deposit.deposit().won(), List.of());
      view.put("candidates", new JsonArray(List.copyOf(same)));
    }
    return view;
  }

  /** A person decides about a deposit that no rule could match. */
  private Future<Reply> decide(Call call) {
    long number = call.integer("number", 0);
    return sql.transaction(
            connection ->
                office
                    .deposits()
                    .held(connection, number)
                    .compose(
                        found ->
                            decide(connection, call, found.orElseThrow(IssuanceRoutes::notFound)))
                    .compose(_ -> office.deposits().held(connection, number)))
        .map(found -> Reply.ok(found.orElseThrow().view()));
  }

  private Future<?> decide(SqlConnection connection, Call call, DepositStore.Kept kept) {
    var decision = call.body().getString("decision");
    boolean isOpen =
        decision.equals("returned")
            ? kept.state() == DepositStore.State.TO_RETURN
            : kept.state().isUndecided();
    if (!isOpen) return Problem.of(ProblemType.DEPOSIT_DECIDED).fail();
    if (decision.equals("assign")) return assign(connection, call, kept);
    return DepositStore.moved(
        connection,
        kept.deposit().id(),
        decision.equals("return") ? DepositStore.State.TO_RETURN : DepositStore.State.RETURNED,
        Optional.of(operator(call)),
        call.body().getString("note"));
  }

  private Future<Issue> assign(SqlConnection connection, Call call, DepositStore.Kept kept) {
    var named =
        PayInReference.in(Optional.ofNullable(call.body().getString("reference")).orElse(""));
    return TransferCharges.byReference(connection, named)
        .compose(
            found ->
                found.size() == 1
                    ? DepositStore.propose(
                        connection,
                        kept.deposit(),
                        found.getFirst(),
                        Optional.of(operator(call)),
                        call.body().getString("note"))
                    : Problem.of(ProblemType.NO_SUCH_CHARGE).fail());
  }

  private Future<Reply> issues(Call call) {
    return office
        .issues()
        .list(
            call.optional("state").isPresent(),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit())
        .compose(this::views)
        .map(views -> Reply.ok(Json.numberedPage(views, call.limit())));
  }

  private Future<List<JsonObject>> views(List<Issue> issues) {
    var ids = issues.stream().flatMap(one -> one.deposit().stream()).toList();
    var deposits = office.deposits().byIds(ids);
    var thresholds = desk.thresholds();
    return Future.all(deposits, thresholds)
        .map(
            _ -> {
              var byId = new HashMap<String, JsonObject>();
              deposits.result().forEach(one -> byId.put(one.deposit().id(), one.view()));
              return issues.stream()
                  .map(
                      one ->
                          view(
                              one,
                              one.deposit().map(byId::get),
                              thresholds
                                  .result()
                                  .getOrDefault(one.amount().asset(), Integer.MAX_VALUE - 1)))
                  .toList();
            });
  }

  private JsonObject view(Issue issue, Optional<JsonObject> deposit, int threshold) {
    var view =
        new JsonObject()
            .put("number", issue.number())
            .put("id", issue.id())
            .put("kind", issue.kind().text())
            .put("account", issue.account().toString())
            .put("asset", issue.amount().asset().value())
            .put("amount", issue.amount().minorUnits())
            .put("state", issue.state().text())
            .put("proposedAt", Json.time(issue.proposedMillis()))
            .put("byHand", issue.proposedBy().isPresent());
    issue
        .bonus()
        .ifPresent(
            bonus ->
                view.put(
                    "bonus",
                    new JsonObject()
                        .put("amount", bonus.amount())
                        .put("programme", bonus.programme().value())));
    if (!issue.reason().isEmpty()) view.put("reason", issue.reason());
    Json.putIfPresent(view, "deposit", deposit);
    Json.putIfPresent(view, "transaction", issue.transaction());
    Json.putIfPresent(view, "refusal", issue.refusal());
    if (issue.state() == Issue.State.WAITING) view.put("words", words(issue, threshold));
    return view;
  }

  /** What approvers sign, in the same form as settlements have it. */
  private JsonObject words(Issue issue, int threshold) {
    var operation = Json.of(issue.operation());
    operation.remove("approvals");
    return new JsonObject()
        .put("chain", engine.standing().chain())
        .put("purpose", issue.kind().purpose())
        .put("approvalPurpose", issue.kind().approvalPurpose())
        .put("approval", Json.of(issue.approval()))
        .put("operation", operation)
        .put(
            "approvals",
            new JsonArray(issue.approvalStatements().stream().map(Statement::text).toList()))
        .put("threshold", issue.signatures(threshold));
  }

  /**
   * Coins that stand for no charge: to an account of an issuer or a system, or from one; of a
   * deposit that is for nobody's charge, or with nothing but a reason.
   */
  private Future<Reply> propose(Call call) {
    var body = call.body();
    var kind = Kind.parse(body.getString("kind"));
    var account = AccountId.parse(body.getString("account"));
    var amount = new Amount(body.getLong("amount"), new AssetCode(body.getString("asset")));
    var deposit = Optional.ofNullable(body.getLong("deposit"));
    if (deposit.isPresent() && kind == Kind.REDEEM) {
      return Problem.malformed(
              List.of(new Problem.Fault("#/deposit", "brings coins and ends none")))
          .fail();
    }
    return fault(account, amount.asset())
        .compose(
            fault ->
                fault.isPresent()
                    ? Problem.of(fault.get()).<Reply>fail()
                    : idempotency.once(
                        Idempotency.Key.of(call, "proposeIssue"),
                        connection -> proposal(connection, call, kind, account, amount, deposit)));
  }

  private Future<Optional<ProblemType>> fault(AccountId account, AssetCode asset) {
    return engine.ask(
        ledger -> {
          // Points and vouchers stand for no money in the bank, but operators issue them as well.
          if (ledger.view().asset(asset).isEmpty()) {
            return Optional.of(ProblemType.UNKNOWN_ASSET_HERE);
          }
          return ledger
                  .view()
                  .account(account)
                  .filter(
                      found ->
                          found.kind() == AccountKind.ISSUER || found.kind() == AccountKind.SYSTEM)
                  .isPresent()
              ? Optional.empty()
              : Optional.of(ProblemType.NOT_AN_ISSUERS_ACCOUNT);
        });
  }

  private Future<Reply> proposal(
      SqlConnection connection,
      Call call,
      Kind kind,
      AccountId account,
      Amount amount,
      Optional<Long> deposit) {
    var operator = Optional.of(operator(call));
    var reason = call.body().getString("reason");
    if (deposit.isEmpty()) {
      var id =
          (kind == Kind.ISSUE ? "M-" : "R-")
              + HexFormat.of().formatHex(MasterSecret.random(ID_LENGTH));
      var proposal =
          new Proposal(
              id,
              kind,
              account,
              amount,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              reason,
              operator);
      return IssueStore.propose(connection, proposal)
          .compose(made -> views(List.of(made.orElseThrow())))
          .map(views -> Reply.created(views.getFirst()));
    }
    return office
        .deposits()
        .held(connection, deposit.get())
        .compose(
            found -> {
              if (found.isEmpty() || !found.get().state().isUndecided()) {
                return Future.succeededFuture(Problem.of(ProblemType.DEPOSIT_DECIDED));
              }
              var taken = found.get().deposit();
              if (taken.won() != amount.minorUnits()) {
                return Future.succeededFuture(Problem.of(ProblemType.DEPOSIT_DIFFERS));
              }
              var proposal =
                  new Proposal(
                      taken.id(),
                      kind,
                      account,
                      amount,
                      Optional.empty(),
                      Optional.of(taken.id()),
                      Optional.empty(),
                      reason,
                      operator);
              return DepositStore.proposed(connection, proposal, operator, reason)
                  .compose(made -> views(List.of(made)))
                  .map(views -> Reply.created(views.getFirst()));
            });
  }

  /** Nobody signs for it any more; its deposit is for people again. */
  private Future<Reply> withdraw(Call call) {
    var note = call.body().getString("note");
    return sql.transaction(
        connection ->
            IssueStore.held(connection, call.integer("number", 0))
                .compose(
                    found -> {
                      var issue = found.orElseThrow(IssuanceRoutes::notFound);
                      if (issue.state() != Issue.State.WAITING
                          && issue.state() != Issue.State.REFUSED) {
                        return Problem.of(ProblemType.ISSUE_IS_SIGNED).fail();
                      }
                      var withdrawn = IssueStore.withdrawn(connection, issue, operator(call), note);
                      return (issue.deposit().isEmpty()
                              ? withdrawn
                              : withdrawn.compose(
                                  _ ->
                                      DepositStore.moved(
                                          connection,
                                          issue.id(),
                                          DepositStore.State.UNMATCHED,
                                          Optional.empty(),
                                          note)))
                          .map(_ -> new Reply.Nothing());
                    }));
  }

  private Future<Reply> approve(Call call) {
    var statements =
        call.body().getJsonArray("statements").stream().map(String.class::cast).toList();
    return desk.accept(statements)
        .map(
            verdicts -> {
              office.wake();
              var refused = new JsonArray();
              for (int i = 0; i < verdicts.size(); i++) {
                var reason = verdicts.get(i).refusal();
                if (reason.isPresent()) {
                  refused.add(new JsonObject().put("index", i).put("reason", reason.get()));
                }
              }
              return Reply.ok(
                  new JsonObject()
                      .put("accepted", verdicts.size() - refused.size())
                      .put("refused", refused));
            });
  }

  private static Problem.Raised notFound() {
    return Problem.of(ProblemType.NOT_FOUND).raised();
  }

  private static String operator(Call call) {
    return ((Caller.Operator) call.caller()).key();
  }
}
