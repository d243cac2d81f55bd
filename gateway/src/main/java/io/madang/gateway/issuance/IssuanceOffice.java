package io.madang.gateway.issuance;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.Recording;
import io.madang.gateway.settlement.Recording.Outcome;
import io.madang.gateway.settlement.Rounds;
import io.madang.gateway.settlement.WorkList;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings coins for deposits. One thread matches what came in to charges, and puts what enough
 * people have signed onto the chain. Each step is stored before the next one; whatever is done
 * again is answered as the first time, because the ledger takes each bank reference once.
 */
public final class IssuanceOffice {
  private static final int MATCHED_AT_ONCE = 100;
  private static final int SUBMITTED_AT_ONCE = 256;
  private static final int STORE_SECONDS = 30;

  private final Sql sql;
  private final DepositStore deposits;
  private final IssueStore issues;
  private final Recording recording;
  private final Consumer<String> stepDone;
  private final Rounds rounds = new Rounds("issuance", this::look);

  /** An office; it begins to work when it is {@link #wake woken}. */
  public IssuanceOffice(Sql sql, Engine<Ledger> engine, MasterSecret secret) {
    this(sql, engine, secret, _ -> {});
  }

  /**
   * An office that is watched.
   *
   * @param stepDone is told after each step what was done, on the office's thread; what it throws
   *     ends the work there, as a kill would
   */
  public IssuanceOffice(
      Sql sql, Engine<Ledger> engine, MasterSecret secret, Consumer<String> stepDone) {
    this.sql = sql;
    this.stepDone = stepDone;
    deposits = new DepositStore(sql, secret);
    issues = new IssueStore(sql);
    recording = new Recording(engine);
  }

  DepositStore deposits() {
    return deposits;
  }

  IssueStore issues() {
    return issues;
  }

  /** Looks at everything once; the future ends with a look that began after this call. */
  public Future<Void> wake() {
    return rounds.wake();
  }

  /** Begins nothing new; what goes on is waited for, not for long. */
  public void close() {
    rounds.close();
  }

  private boolean look() {
    int matched;
    do {
      matched = deposits.match(MATCHED_AT_ONCE).await();
      if (matched > 0) stepDone.accept("matched " + matched);
    } while (matched == MATCHED_AT_ONCE);
    long after = 0;
    while (true) {
      var signed = issues.signed(after, SUBMITTED_AT_ONCE).await();
      if (signed.isEmpty()) return true;
      after = signed.getLast().number();
      record(signed);
    }
  }

  private void record(List<Issue> signed) {
    var sent = signed.stream().map(one -> recording.submit(one.statement().orElseThrow())).toList();
    var outcomes = new ArrayList<Outcome>();
    for (var one : sent) {
      outcomes.add(one.await());
    }
    stepDone.accept("submitted " + signed.size());
    for (int i = 0; i < signed.size(); i++) {
      var issue = signed.get(i);
      var outcome = known(issue, outcomes.get(i));
      sql.longTransaction(STORE_SECONDS, c -> store(c, issue, outcome).mapEmpty()).await();
      stepDone.accept("stored " + issue.number());
    }
  }

  /**
   * Whoever holds the signed words may submit them, or others with the same reference: then the
   * chain refuses ours, and what stands there is looked at.
   */
  private Outcome known(Issue issue, Outcome outcome) {
    if (!(outcome instanceof Outcome.Refused(var refusal))
        || LedgerRefusal.of(refusal).filter(LedgerRefusal.BANK_REFERENCE_USED::equals).isEmpty()) {
      return outcome;
    }
    var taken = issues.taken(issue).await();
    // The reading of blocks is behind: what the chain has will be found in a later round.
    if (taken.isEmpty()) return new Outcome.Busy();
    return taken
        .filter(there -> there.account().equals(issue.account()))
        .filter(there -> there.amount().equals(issue.amount()))
        .<Outcome>map(there -> new Outcome.Done(there.position(), there.hash()))
        .orElse(outcome);
  }

  private static Future<?> store(SqlConnection connection, Issue issue, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var position, var hash) ->
          IssueStore.recorded(connection, issue, position, hash);
      case Outcome.Expired _ -> IssueStore.unsign(connection, issue);
      case Outcome.Refused(var refusal) ->
          IssueStore.refused(connection, issue, refusal.name())
              .compose(
                  _ ->
                      WorkList.add(connection, "ISSUE_REFUSED", issue.id() + " " + refusal.name()));
      case Outcome.Busy _ -> Future.succeededFuture();
    };
  }
}
