package io.madang.gateway.issuance;

import io.madang.chain.SignatureVerifier;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonText;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.issuance.Issue.Kind;
import io.madang.gateway.issuance.Issue.State;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the words of people who approve with keys of their own. Everything is compared with what
 * was proposed before it is kept; the ledger looks at it once more. Two who sign at once are taken
 * one after the other.
 */
final class IssueDesk {
  /** The ledger takes no words that are valid for longer. */
  private static final long MOST_AHEAD_MILLIS = Duration.ofHours(24).toMillis();

  private final Vertx vertx;
  private final Sql sql;
  private final Engine<Ledger> engine;
  private final Clock clock;

  IssueDesk(Vertx vertx, Sql sql, Engine<Ledger> engine, Clock clock) {
    this.vertx = vertx;
    this.sql = sql;
    this.engine = engine;
    this.clock = clock;
  }

  /** What became of one statement: empty when it was taken, else why not. */
  record Verdict(Optional<String> refusal) {
    private static final Verdict TAKEN = new Verdict(Optional.empty());

    private static Verdict refused(String reason) {
      return new Verdict(Optional.of(reason));
    }
  }

  /** Keeps the statements that are right, and says of each what became of it. */
  Future<List<Verdict>> accept(List<String> texts) {
    return vertx
        .executeBlocking(() -> texts.stream().map(IssueDesk::read).toList(), /* ordered= */ false)
        .compose(
            read -> {
              var verdicts = new ArrayList<Verdict>();
              Future<?> accepted = Future.succeededFuture();
              for (var one : Objects.requireNonNull(read)) {
                accepted = accepted.compose(_ -> accept(one)).onSuccess(verdicts::add);
              }
              return accepted.map(_ -> List.copyOf(verdicts));
            });
  }

  /** A statement that is well-formed and signed, with what it is about. */
  private record Signed(Statement statement, Kind kind, boolean isWhole, String id) {}

  private static Optional<Signed> read(String text) {
    var verifier = new SignatureVerifier(new SecureRandom()::nextBytes, 0);
    if (!(StatementReader.read(text) instanceof StatementReading.Read(var statement))
        || !verifier.verifies(statement)
        || !(statement.payload().operation().get("bankReference").orElse(null)
            instanceof JsonText(var id))) {
      return Optional.empty();
    }
    var purpose = statement.payload().purpose();
    for (var kind : Kind.values()) {
      boolean isWhole = purpose.equals(kind.purpose());
      if (isWhole || purpose.equals(kind.approvalPurpose())) {
        return Optional.of(new Signed(statement, kind, isWhole, id));
      }
    }
    return Optional.empty();
  }

  /**
   * Who signs for an asset.
   *
   * @param signer whose statement is looked at
   * @param approved whose approvals are here
   */
  private record Signers(
      Optional<AccountId> signer,
      Set<AccountId> approvers,
      Set<AccountId> approved,
      int threshold) {}

  private Future<Verdict> accept(Optional<Signed> read) {
    if (read.isEmpty()) return Future.succeededFuture(Verdict.refused("not-a-signed-approval"));
    var signed = read.get();
    return sql.transaction(
        connection ->
            IssueStore.held(connection, signed.id())
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Verdict.refused("nothing-to-approve"))
                            : signers(signed, found.get())
                                .compose(
                                    signers -> accept(connection, signed, found.get(), signers))));
  }

  private Future<Signers> signers(Signed signed, Issue issue) {
    var code = issue.amount().asset();
    var signer = signed.statement().signer();
    var approvals = issue.approvalStatements().stream().map(Statement::signer).toList();
    return engine.ask(
        ledger -> {
          var asset = ledger.view().asset(code).orElseThrow();
          var approved = new HashSet<AccountId>();
          for (var key : approvals) {
            ledger.view().accountOf(key).map(Account::id).ifPresent(approved::add);
          }
          return new Signers(
              ledger.view().accountOf(signer).map(Account::id),
              Set.copyOf(asset.approvers()),
              Set.copyOf(approved),
              asset.threshold());
        });
  }

  private Future<Verdict> accept(
      SqlConnection connection, Signed signed, Issue issue, Signers signers) {
    var refusal = refusal(signed, issue, signers);
    if (refusal.isPresent()) return Future.succeededFuture(new Verdict(refusal));
    var text = signed.statement().text();
    var stored =
        signed.isWhole()
            ? IssueStore.sign(connection, issue, text)
            : IssueStore.approve(connection, issue, text);
    return stored.map(Verdict.TAKEN);
  }

  private Optional<String> refusal(Signed signed, Issue issue, Signers signers) {
    var payload = signed.statement().payload();
    if (issue.state() != State.WAITING
        || issue.kind() != signed.kind()
        || !payload.chain().equals(engine.standing().chain())) {
      return Optional.of("nothing-to-approve");
    }
    long now = clock.millis();
    if (payload.validUntilMillis() <= now || payload.validUntilMillis() > now + MOST_AHEAD_MILLIS) {
      return Optional.of("not-valid-now");
    }
    boolean isHolders = signed.isWhole() && issue.kind() == Kind.REDEEM;
    var signer = signers.signer();
    if (isHolders
        ? signer.filter(issue.account()::equals).isEmpty()
        : signer.filter(signers.approvers()::contains).isEmpty()) {
      return Optional.of(isHolders ? "not-the-holder" : "not-an-approver");
    }
    // One person is one approver, with however many keys.
    if (!isHolders && signer.filter(signers.approved()::contains).isPresent()) {
      return Optional.of("approver-twice");
    }
    int missing = issue.missing(signers.threshold());
    if (signed.isWhole()) {
      return missing <= 1 && payload.operation().equals(issue.operation())
          ? Optional.empty()
          : Optional.of("other-words");
    }
    if (!payload.operation().equals(issue.approval())) return Optional.of("other-words");
    return missing <= 1 ? Optional.of("transaction-wanted") : Optional.empty();
  }

  /** How many approvers each asset asks for. */
  Future<Map<AssetCode, Integer>> thresholds() {
    return engine.ask(
        ledger -> {
          var thresholds = new HashMap<AssetCode, Integer>();
          ledger.view().assets().forEach(asset -> thresholds.put(asset.code(), asset.threshold()));
          return Map.copyOf(thresholds);
        });
  }
}
