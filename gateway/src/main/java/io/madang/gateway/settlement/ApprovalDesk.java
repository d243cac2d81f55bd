package io.madang.gateway.settlement;

import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.PayoutId;
import io.madang.ledger.Settlement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the words of people who approve with keys of their own. Everything is compared with what
 * was computed here before it is kept; the ledger looks at it once more.
 */
final class ApprovalDesk {
  private final Vertx vertx;
  private final Sql sql;
  private final Engine<Ledger> engine;
  private final SettlementOffice office;

  ApprovalDesk(Vertx vertx, Sql sql, Engine<Ledger> engine, SettlementOffice office) {
    this.vertx = vertx;
    this.sql = sql;
    this.engine = engine;
    this.office = office;
  }

  /** What waits for signatures, in the order of payout ids: settlements first, then voids. */
  Future<List<Approvable>> wanted(Optional<String> cursor, int limit) {
    boolean amongVoids = cursor.filter(text -> text.startsWith("v")).isPresent();
    var after = cursor.map(text -> text.substring(1)).orElse("");
    Future<List<SettledDay>> days =
        amongVoids ? Future.succeededFuture(List.of()) : office.days().unsigned(after, limit);
    return days.compose(
        found ->
            thresholds(found)
                .compose(
                    thresholds -> {
                      var wanted = new ArrayList<Approvable>();
                      for (var day : found) {
                        wanted.add(
                            Approvable.settle(
                                day,
                                engine.standing().chain(),
                                thresholds.getOrDefault(
                                    day.settlement().asset(), Integer.MAX_VALUE)));
                      }
                      if (wanted.size() == limit) return Future.succeededFuture(wanted);
                      return voids(amongVoids ? after : "", limit - wanted.size())
                          .map(
                              more -> {
                                wanted.addAll(more);
                                return wanted;
                              });
                    }));
  }

  /** Where a list goes on after this one. */
  static String cursor(Approvable last) {
    return (last.purpose().equals(Approvable.VOID) ? "v" : "s") + last.payoutId();
  }

  private Future<Map<AssetCode, Integer>> thresholds(List<SettledDay> days) {
    var codes = new HashSet<AssetCode>();
    days.forEach(day -> codes.add(day.settlement().asset()));
    return engine.ask(
        ledger -> {
          var thresholds = new HashMap<AssetCode, Integer>();
          codes.forEach(
              code -> thresholds.put(code, ledger.view().asset(code).orElseThrow().threshold()));
          return Map.copyOf(thresholds);
        });
  }

  private Future<List<Approvable>> voids(String after, int limit) {
    return office
        .payouts()
        .voidings(after, limit)
        .compose(
            found -> approvable(found.stream().filter(one -> one.statement().isEmpty()).toList()));
  }

  private Future<List<Approvable>> approvable(List<PayoutStore.Voiding> found) {
    var all = found.stream().map(office::approvable).toList();
    return Future.all(all).map(_ -> all.stream().flatMap(one -> one.result().stream()).toList());
  }

  /** What became of one statement that was sent here. */
  record Verdict(boolean accepted, boolean complete, String reason) {
    static Verdict refused(String reason) {
      return new Verdict(false, false, reason);
    }
  }

  /** Keeps the statements that are right, and says of each what became of it. */
  Future<List<Verdict>> accept(List<String> texts) {
    return vertx
        .executeBlocking(() -> texts.stream().map(this::read).toList(), /* ordered= */ false)
        .compose(read -> accepted(Objects.requireNonNull(read)));
  }

  /** A statement that is well-formed and signed, with the payout it is about. */
  private record Signed(Statement statement, PayoutId payoutId) {}

  private Optional<Signed> read(String text) {
    var verifier = new SignatureVerifier(new SecureRandom()::nextBytes, 0);
    if (!(StatementReader.read(text) instanceof StatementReading.Read(var statement))
        || !verifier.verifies(statement)) {
      return Optional.empty();
    }
    return payoutId(statement).map(id -> new Signed(statement, id));
  }

  private Optional<PayoutId> payoutId(Statement statement) {
    var operation = statement.payload().operation();
    return switch (statement.payload().purpose()) {
      case Approvable.SETTLE, Approvable.SETTLE_APPROVAL -> settlementId(operation);
      case Approvable.VOID_APPROVAL -> id(operation.get("payoutId"));
      case Approvable.VOID ->
          member(operation, "settlement")
              .flatMap(proof -> member(proof, "outcome"))
              .flatMap(outcome -> member(outcome, "settlement"))
              .flatMap(settlement -> id(settlement.get("payoutId")));
      default -> Optional.empty();
    };
  }

  private static Optional<JsonObject> member(JsonObject object, String name) {
    return object
        .get(name)
        .flatMap(
            value -> value instanceof JsonObject inner ? Optional.of(inner) : Optional.empty());
  }

  private static Optional<PayoutId> id(Optional<io.madang.chain.json.JsonValue> value) {
    return value.flatMap(
        found ->
            found instanceof JsonText(var text) && PayoutId.isPayoutId(text)
                ? Optional.of(PayoutId.parse(text))
                : Optional.empty());
  }

  /** The id depends on chain, asset, merchant, day and attempt; the rest is compared later. */
  private Optional<PayoutId> settlementId(JsonObject words) {
    try {
      var settlement =
          new Settlement(
              AccountId.parse(text(words, "merchant")),
              new AssetCode(text(words, "asset")),
              number(words, "day"),
              Math.toIntExact(number(words, "attempt")),
              text(words, "run"),
              number(words, "count"),
              Hash.of(Base64Url.decode(text(words, "root")).orElseThrow()),
              number(words, "net"),
              number(words, "charges"),
              number(words, "payout"),
              number(words, "carried"));
      return Optional.of(PayoutId.of(engine.standing().chain(), settlement));
    } catch (IllegalArgumentException | ArithmeticException | java.util.NoSuchElementException no) {
      return Optional.empty();
    }
  }

  private static String text(JsonObject object, String name) {
    if (object.get(name).orElse(null) instanceof JsonText(var text)) return text;
    throw new IllegalArgumentException("no text " + name);
  }

  private static long number(JsonObject object, String name) {
    if (object.get(name).orElse(null) instanceof JsonNumber(var number)) return number;
    throw new IllegalArgumentException("no number " + name);
  }

  private Future<List<Verdict>> accepted(List<Optional<Signed>> read) {
    var ids =
        read.stream().flatMap(Optional::stream).map(one -> one.payoutId().toString()).toList();
    var days = office.days().byPayoutIds(ids);
    var voids = office.payouts().voidingsById(ids).compose(this::approvable);
    return Future.all(days, voids)
        .compose(_ -> thresholds(days.result()))
        .compose(
            thresholds -> {
              var wanted = new HashMap<PayoutId, Approvable>();
              for (var day : days.result()) {
                if (day.state() == SettledDay.State.COMPUTED && day.statement().isEmpty()) {
                  wanted.put(
                      day.payoutId(),
                      Approvable.settle(
                          day,
                          engine.standing().chain(),
                          thresholds.getOrDefault(day.settlement().asset(), Integer.MAX_VALUE)));
                }
              }
              voids.result().forEach(one -> wanted.put(one.payoutId(), one));
              var assets = new HashMap<PayoutId, AssetCode>();
              days.result().forEach(day -> assets.put(day.payoutId(), day.settlement().asset()));
              return engine
                  .ask(ledger -> approvers(ledger, read, assets))
                  .compose(approvers -> keep(read, wanted, approvers));
            });
  }

  /** The account of each signer who may approve, by the statement's place. */
  private static List<Optional<AccountId>> approvers(
      Ledger ledger, List<Optional<Signed>> read, Map<PayoutId, AssetCode> assets) {
    var accounts = new ArrayList<Optional<AccountId>>();
    for (var one : read) {
      accounts.add(
          one.flatMap(
              signed -> {
                var asset =
                    Optional.ofNullable(assets.get(signed.payoutId()))
                        .flatMap(code -> ledger.view().asset(code));
                return ledger
                    .view()
                    .accountOf(signed.statement().signer())
                    .map(Account::id)
                    .filter(
                        id ->
                            asset
                                .map(Asset::approvers)
                                .filter(all -> all.contains(id))
                                .isPresent());
              }));
    }
    return accounts;
  }

  private Future<List<Verdict>> keep(
      List<Optional<Signed>> read,
      Map<PayoutId, Approvable> wanted,
      List<Optional<AccountId>> approvers) {
    var verdicts = new ArrayList<Verdict>();
    var approving = new HashMap<PayoutId, List<AccountId>>();
    var kept = new ArrayList<Kept>();
    for (int i = 0; i < read.size(); i++) {
      var verdict = judge(read.get(i), approvers.get(i), wanted, approving);
      verdicts.add(verdict);
      if (verdict.accepted()) {
        var signed = read.get(i).orElseThrow();
        kept.add(new Kept(signed, verdict.complete()));
        if (verdict.complete()) {
          wanted.remove(signed.payoutId());
        } else {
          wanted.computeIfPresent(
              signed.payoutId(), (_, before) -> before.with(signed.statement()));
        }
      }
    }
    return sql.longTransaction(30, connection -> store(connection, kept).mapEmpty())
        .map(
            _ -> {
              office.wake();
              return verdicts;
            });
  }

  private record Kept(Signed signed, boolean complete) {
    boolean isVoid() {
      var purpose = signed.statement().payload().purpose();
      return purpose.equals(Approvable.VOID) || purpose.equals(Approvable.VOID_APPROVAL);
    }
  }

  private static Future<?> store(SqlConnection connection, List<Kept> kept) {
    Future<?> stored = Future.succeededFuture();
    for (var one : kept) {
      stored = stored.compose(_ -> store(connection, one));
    }
    return stored;
  }

  private static Future<?> store(SqlConnection connection, Kept kept) {
    var id = kept.signed().payoutId();
    var text = kept.signed().statement().text();
    if (kept.isVoid()) {
      return kept.complete()
          ? PayoutStore.signVoid(connection, id, text)
          : PayoutStore.approveVoid(connection, id, text);
    }
    var ids = List.of(id.toString());
    return kept.complete()
        ? DayStore.sign(connection, ids, List.of(text))
        : DayStore.approve(connection, ids, List.of(text));
  }

  private Verdict judge(
      Optional<Signed> read,
      Optional<AccountId> approver,
      Map<PayoutId, Approvable> wanted,
      Map<PayoutId, List<AccountId>> approving) {
    if (read.isEmpty()) return Verdict.refused("not-a-signed-approval");
    var statement = read.get().statement();
    var item = wanted.get(read.get().payoutId());
    if (item == null || !statement.payload().chain().equals(item.chain())) {
      return Verdict.refused("nothing-to-approve");
    }
    if (approver.isEmpty()) return Verdict.refused("not-an-approver");
    var now = approving.computeIfAbsent(item.payoutId(), _ -> new ArrayList<>());
    boolean twice =
        item.approvals().stream().anyMatch(one -> one.signer().equals(statement.signer()))
            || now.contains(approver.get());
    if (twice) return Verdict.refused("approver-twice");
    var operation = statement.payload().operation();
    boolean isApproval = statement.payload().purpose().equals(item.approvalPurpose());
    boolean same =
        isApproval
            ? operation.equals(item.approval())
            : statement.payload().purpose().equals(item.purpose()) && isWhole(operation, item);
    if (!same) return Verdict.refused("other-words");
    if (isApproval && item.missing() <= 1) return Verdict.refused("transaction-wanted");
    now.add(approver.get());
    return new Verdict(true, !isApproval, "");
  }

  /** Whether the transaction has the words that are wanted and exactly the approvals we know. */
  private static boolean isWhole(JsonObject operation, Approvable item) {
    if (item.missing() > 1) return false;
    var words = JsonObject.builder();
    item.operation().members().forEach(words::put);
    words.put("approvals", item.approvals().stream().map(Statement::text).toList());
    return operation.equals(words.build());
  }
}
