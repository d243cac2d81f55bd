package io.madang.gateway.programme;

import io.madang.chain.Hash;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.programme.Proposal.State;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Account;
import io.madang.ledger.AccountId;
import io.madang.ledger.Asset;
import io.madang.ledger.Ledger;
import io.madang.ledger.Purpose;
import io.madang.ledger.Words.ProgrammeApproval;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the signatures of approvers until a proposal is a transaction, and brings that to the
 * ledger. One signature at a time: a proposal's row is held while it is judged, so of two approvers
 * who sign at once the second sees what the first has done.
 */
final class ProposalDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ProposalDesk.class);
  private static final long LONGEST_AHEAD_MILLIS = Duration.ofHours(24).toMillis();
  private static final Duration VALIDITY = Duration.ofMinutes(30);
  private static final int RESUMED = 100;

  private final Vertx vertx;
  private final Sql sql;
  private final Engine<Ledger> engine;
  private final Fund fund;
  private final ProgrammeNames names;
  private final ProposalStore store;
  private final Clock clock;

  ProposalDesk(
      Vertx vertx,
      Sql sql,
      Engine<Ledger> engine,
      Fund fund,
      ProgrammeNames names,
      ProposalStore store,
      Clock clock) {
    this.vertx = vertx;
    this.sql = sql;
    this.engine = engine;
    this.fund = fund;
    this.names = names;
    this.store = store;
    this.clock = clock;
  }

  /** What the ledger knows of those who sign a proposal. */
  private record Signing(Asset asset, Optional<AccountId> signer, Set<AccountId> before) {}

  /**
   * Takes one signature.
   *
   * @throws Problem.Raised within the future, when it is not one that the proposal waits for
   */
  Future<Void> sign(long number, String text, String operator) {
    return vertx
        .executeBlocking(() -> read(text), /* ordered= */ false)
        .compose(
            statement ->
                sql.transaction(
                    connection ->
                        ProposalStore.held(connection, number, operator)
                            .map(found -> found.orElseThrow(ProposalDesk::notFound))
                            .compose(
                                proposal ->
                                    accept(
                                        connection, proposal, Objects.requireNonNull(statement)))))
        .compose(isTransaction -> isTransaction ? resume() : Future.succeededFuture());
  }

  private static Problem.Raised notFound() {
    return Problem.of(ProblemType.NOT_FOUND).raised();
  }

  private static Problem.Raised refused(String reason) {
    return Problem.of(ProblemType.APPROVAL_REFUSED).with("reason", reason).raised();
  }

  private static Statement read(String text) {
    var verifier = new SignatureVerifier(new SecureRandom()::nextBytes, 0);
    if (StatementReader.read(text) instanceof StatementReading.Read(var statement)
        && verifier.verifies(statement)) {
      return statement;
    }
    throw refused("not-a-signed-approval");
  }

  private Future<Boolean> accept(SqlConnection connection, Proposal proposal, Statement statement) {
    if (proposal.state() != State.WAITING) throw Problem.of(ProblemType.PROPOSAL_IS_OVER).raised();
    var live = proposal.liveApprovals(clock.millis());
    return engine
        .ask(ledger -> signing(ledger, proposal, live, statement))
        .compose(signing -> accept(connection, proposal, live, statement, signing));
  }

  private static Signing signing(
      Ledger ledger, Proposal proposal, List<Statement> live, Statement statement) {
    return new Signing(
        ledger.view().asset(proposal.asset()).orElseThrow(),
        ledger.view().accountOf(statement.signer()).map(Account::id),
        Proposal.accounts(ledger, live));
  }

  /** Whether the proposal is a transaction now. */
  private Future<Boolean> accept(
      SqlConnection connection,
      Proposal proposal,
      List<Statement> live,
      Statement statement,
      Signing signing) {
    judge(proposal, live, statement, signing);
    var number = proposal.number();
    if (Purpose.parse(statement.payload().purpose())
        .filter(proposal.purpose()::equals)
        .isPresent()) {
      return ProposalStore.signed(connection, number, statement).map(_ -> true);
    }
    var all = new ArrayList<>(live);
    all.add(statement);
    var kept = ProposalStore.approved(connection, number, all);
    if (!isOfOurFund(proposal) || all.size() < signing.asset().threshold()) {
      return kept.map(_ -> false);
    }
    return kept.compose(_ -> ProposalStore.signed(connection, number, byTheFund(proposal, all)))
        .map(_ -> true);
  }

  private boolean isOfOurFund(Proposal proposal) {
    return proposal.purpose() == Purpose.PROGRAMME_SET && fundOf(proposal).equals(fund.account());
  }

  private static AccountId fundOf(Proposal proposal) {
    return ((ProgrammeApproval) proposal.read()).fund();
  }

  private Statement byTheFund(Proposal proposal, List<Statement> approvals) {
    return fund.signer()
        .sign(
            new Statement.Payload(
                engine.standing().chain(),
                new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
                proposal.purpose().toString(),
                clock.millis() + VALIDITY.toMillis(),
                proposal.operation(approvals)));
  }

  private void judge(
      Proposal proposal, List<Statement> live, Statement statement, Signing signing) {
    var payload = statement.payload();
    if (!payload.chain().equals(engine.standing().chain())) throw refused("other-words");
    long now = clock.millis();
    if (payload.validUntilMillis() <= now
        || payload.validUntilMillis() > now + LONGEST_AHEAD_MILLIS) {
      throw refused("not-valid-now");
    }
    var signer = signing.signer().orElseThrow(() -> refused("not-an-approver"));
    boolean isApproval =
        proposal
            .approvalPurpose()
            .filter(purpose -> purpose.toString().equals(payload.purpose()))
            .isPresent();
    boolean isTransaction = payload.purpose().equals(proposal.purpose().toString());
    if (!isApproval && !isTransaction) throw refused("other-words");
    int missing = proposal.signatures(signing.asset()) - live.size();
    boolean byFund = isTransaction && proposal.purpose() == Purpose.PROGRAMME_SET;
    boolean may =
        byFund ? fundOf(proposal).equals(signer) : signing.asset().approvers().contains(signer);
    if (!may) throw refused("not-an-approver");
    if (!byFund && signing.before().contains(signer)) throw refused("approver-twice");
    var wanted = isApproval ? proposal.words() : proposal.operation(live);
    if (isTransaction && missing > 1) throw refused("approvals-missing");
    if (!payload.operation().equals(wanted)) throw refused("other-words");
    if (isApproval && missing <= 1) throw refused("transaction-wanted");
  }

  /** Takes a proposal back; whoever signed it has signed in vain. */
  Future<Void> withdraw(long number, String reason, String operator) {
    return sql.transaction(
        connection ->
            ProposalStore.held(connection, number, operator)
                .compose(
                    found -> {
                      if (found.orElseThrow(ProposalDesk::notFound).state() != State.WAITING) {
                        throw Problem.of(ProblemType.PROPOSAL_IS_OVER).raised();
                      }
                      return ProposalStore.withdrawn(connection, number, reason).mapEmpty();
                    }));
  }

  /** Goes on with every transaction whose outcome is not known; the ledger does nothing twice. */
  Future<Void> resume() {
    return store
        .unfinished(RESUMED)
        .compose(
            all -> {
              Future<Void> gone = Future.succeededFuture();
              for (var one : all) gone = gone.compose(_ -> bring(one));
              return gone;
            });
  }

  private Future<Void> bring(ProposalStore.Signed signed) {
    byte[] bytes = signed.statement().getBytes(StandardCharsets.US_ASCII);
    return engine
        .submit(bytes)
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Final _, Answer.DoneBefore _ -> done(signed.number());
                  case Answer.Refused(var refusal) ->
                      // Its id may be forgotten by now, but not that it took effect.
                      engine
                          .transaction(Hash.sha256(bytes))
                          .compose(
                              found ->
                                  found.isPresent()
                                      ? done(signed.number())
                                      : store
                                          .refused(signed.number(), refusal.name())
                                          .<Void>mapEmpty());
                  case Answer.Overloaded _, Answer.Unavailable _ -> Future.<Void>succeededFuture();
                })
        .recover(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("proposal", signed.number())
                  .addKeyValue("failure", Failures.describe(failure))
                  .log("a proposal waits to be brought to the ledger again");
              return Future.succeededFuture();
            });
  }

  /** The name of a programme counts from when its terms stand on the chain. */
  private Future<Void> done(long number) {
    return sql.<Void>transaction(
            connection ->
                ProposalStore.held(connection, number, "")
                    .compose(
                        found -> {
                          var proposal = found.orElseThrow();
                          Future<?> named =
                              proposal.name().isPresent()
                                  ? names.set(connection, proposal.about(), proposal.name().get())
                                  : Future.succeededFuture();
                          return named
                              .compose(_ -> ProposalStore.done(connection, number))
                              .mapEmpty();
                        }))
        .onSuccess(_ -> names.forget());
  }
}
