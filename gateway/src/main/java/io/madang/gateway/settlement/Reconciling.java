package io.madang.gateway.settlement;

import io.madang.chain.Hash;
import io.madang.gateway.database.Sql;
import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.iso20022.BankReport;
import io.madang.payment.iso20022.FileReading;
import io.madang.payment.iso20022.StatusReport;
import io.madang.payment.reconciliation.BankMatcher;
import io.madang.payment.reconciliation.BankMatcher.Matched;
import io.madang.payment.reconciliation.BankNews;
import io.madang.payment.reconciliation.Consequence;
import io.madang.payment.reconciliation.Payout;
import io.madang.payment.reconciliation.PayoutState;
import io.madang.payment.reconciliation.Reconciliation;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the bank says. A file's effects are stored together, before it leaves the inbox:
 * whoever is killed in between reads it again, and the second time changes nothing. For a thread
 * that may wait.
 */
final class Reconciling {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciling.class);
  private static final int FILES_AT_ONCE = 4;
  private static final int STORE_SECONDS = 60;
  private static final int ASKED_AT_ONCE = 10_000;

  private final Sql sql;
  private final BankFiles files;
  private final PayoutStore payouts;
  private final WorkList work;
  private final Reserves reserves;
  private final MerchantNews news;
  private final PayoutBank bank;
  private final BankAccount payer;
  private final Duration silence;

  Reconciling(
      Sql sql,
      BankFiles files,
      PayoutStore payouts,
      WorkList work,
      Reserves reserves,
      MerchantNews news,
      PayoutBank bank,
      BankAccount payer,
      Duration silence) {
    this.sql = sql;
    this.files = files;
    this.payouts = payouts;
    this.work = work;
    this.reserves = reserves;
    this.news = news;
    this.bank = bank;
    this.payer = payer;
    this.silence = silence;
  }

  /** Reads all files that have come; true when there was one. */
  boolean readInbox() throws IOException {
    boolean any = false;
    while (true) {
      var incoming = bank.incoming(FILES_AT_ONCE);
      for (var file : incoming) {
        any = true;
        bank.done(file.name(), take(file));
      }
      if (incoming.size() < FILES_AT_ONCE) return any;
    }
  }

  private boolean take(PayoutBank.Incoming file) {
    var content = file.content();
    var status = StatusReport.read(content);
    if (status instanceof FileReading.Read<StatusReport>(var report)) {
      var ids = new HashSet<String>();
      report.transactions().forEach(one -> ids.add(one.endToEndId()));
      store(file, "pain.002", Set.of(report.originalMessageId()), ids, m -> m.match(report));
      return true;
    }
    var notification = BankReport.readNotification(content);
    if (notification instanceof FileReading.Read<BankReport>(var report)) {
      store(file, "camt.054", report);
      return true;
    }
    var statement = BankReport.readStatement(content);
    if (statement instanceof FileReading.Read<BankReport>(var report)) {
      store(file, "camt.053", report);
      balances(file, report);
      return true;
    }
    var why = why(List.of(status, notification, statement));
    LOG.atWarn().addKeyValue("file", file.name()).addKeyValue("why", why).log("a file of no use");
    sql.longTransaction(
            STORE_SECONDS,
            connection ->
                files
                    .keepIn(connection, file.name(), file.content(), why)
                    .compose(
                        _ -> WorkList.add(connection, "UNREADABLE_FILE", file.name() + ": " + why))
                    .mapEmpty())
        .await();
    return false;
  }

  /**
   * The bank never had a file, as two operators say: what it has not spoken of counts as rejected.
   */
  void denied(String run) throws IOException {
    bank.withdraw(run);
    sql.longTransaction(
            STORE_SECONDS,
            connection ->
                payouts
                    .of(connection, Set.of(run), Set.of())
                    .compose(
                        found -> {
                          var news =
                              new BankNews.Answered(StatusReport.Status.REJECTED, Denials.REASON);
                          var matches =
                              found.stream()
                                  .map(PayoutStore.InFile::payout)
                                  .filter(payout -> payout.state() == PayoutState.SENT)
                                  .map(payout -> new BankMatcher.Match(payout.id(), news))
                                  .toList();
                          return apply(
                              connection,
                              new Known(found, payer.number()),
                              new Matched(matches, List.of()));
                        })
                    .compose(_ -> Denials.done(connection, run))
                    .mapEmpty())
        .await();
    news.told();
  }

  /** The reader that knew the kind of message says why; the others say that it is another. */
  private static String why(List<FileReading<?>> readings) {
    var why = "OTHER_MESSAGE";
    for (var reading : readings) {
      if (reading instanceof FileReading.Refused<?>(var reason, var place)
          && reason != FileReading.Reason.OTHER_MESSAGE) {
        why = reason + (place.isEmpty() ? "" : " at " + place);
      }
    }
    return why;
  }

  private void store(PayoutBank.Incoming file, String kind, BankReport report) {
    var ids = new HashSet<String>();
    var batches = new HashSet<String>();
    for (var account : report.accounts()) {
      for (var entry : account.entries()) {
        batches.add(entry.batch());
        entry.details().forEach(detail -> ids.add(detail.endToEndId()));
      }
    }
    store(file, kind, batches, ids, matcher -> matcher.match(report));
  }

  /**
   * What the bank says it holds for us, beside the coins that are outstanding. Again is harmless.
   */
  private void balances(PayoutBank.Incoming file, BankReport report) {
    var hash = Hash.sha256(file.content());
    for (var account : report.accounts()) {
      if (account.number().equals(payer.number())) reserves.booked(hash, account).await();
    }
  }

  private interface Matching {
    Matched match(BankMatcher matcher);
  }

  private void store(
      PayoutBank.Incoming file, String kind, Set<String> runs, Set<String> ids, Matching matching) {
    sql.longTransaction(
            STORE_SECONDS,
            connection ->
                files
                    .keepIn(connection, file.name(), file.content(), kind)
                    .compose(_ -> payouts.of(connection, runs, ids))
                    .compose(
                        found -> {
                          var known = new Known(found, payer.number());
                          var matched = matching.match(new BankMatcher(known));
                          return apply(connection, known, matched);
                        })
                    .mapEmpty())
        .await();
    news.told();
  }

  /** A payout and its consequences go into the database together, or not at all. */
  private Future<?> apply(SqlConnection connection, Known known, Matched matched) {
    var consequences = new LinkedHashMap<PayoutId, List<Consequence>>();
    for (var match : matched.matches()) {
      var step = Reconciliation.next(known.find(match.payout()).orElseThrow(), match.news());
      known.now(step.payout());
      consequences
          .computeIfAbsent(match.payout(), _ -> new ArrayList<>())
          .addAll(step.consequences());
    }
    var outcomes = new ArrayList<PayoutStore.Outcome>();
    consequences.forEach(
        (id, list) -> outcomes.add(new PayoutStore.Outcome(known.find(id).orElseThrow(), list)));
    return PayoutStore.store(connection, outcomes)
        .compose(_ -> WorkList.add(connection, matched.workList()))
        .compose(_ -> news.heard(connection, consequences));
  }

  /** The payouts that a file may be about. */
  private static final class Known implements BankMatcher.Payouts {
    private final Map<PayoutId, PayoutStore.InFile> byId = new LinkedHashMap<>();
    private final Map<String, List<PayoutId>> byRun = new HashMap<>();
    private final String ours;

    Known(List<PayoutStore.InFile> found, String ours) {
      this.ours = ours;
      for (var one : found) {
        byId.put(one.payout().id(), one);
        byRun.computeIfAbsent(one.run(), _ -> new ArrayList<>()).add(one.payout().id());
      }
    }

    void now(Payout payout) {
      byId.computeIfPresent(
          payout.id(), (_, before) -> new PayoutStore.InFile(payout, before.run()));
    }

    @Override
    public Optional<Payout> find(PayoutId id) {
      return Optional.ofNullable(byId.get(id)).map(PayoutStore.InFile::payout);
    }

    @Override
    public List<Payout> ofFile(String messageId) {
      return byRun.getOrDefault(messageId, List.of()).stream()
          .map(id -> find(id).orElseThrow())
          .toList();
    }

    @Override
    public boolean isOurs(String accountNumber) {
      return accountNumber.equals(ours);
    }
  }

  /** Asks the bank about payouts of which it has not said anything for long. */
  void askAboutSilence() throws IOException {
    var silent = payouts.silent(silence.toSeconds(), ASKED_AT_ONCE).await();
    var byRun = new LinkedHashMap<String, List<PayoutId>>();
    for (var one : silent) {
      for (var consequence :
          Reconciliation.next(one.payout(), new BankNews.Silence()).consequences()) {
        if (consequence instanceof Consequence.AskBank(var id)) {
          byRun.computeIfAbsent(one.run(), _ -> new ArrayList<>()).add(id);
        }
      }
    }
    for (var entry : byRun.entrySet()) {
      bank.ask(entry.getKey(), entry.getValue());
      payouts.asked(entry.getValue().stream().map(PayoutId::toString).toList()).await();
      work.add("SILENT_BANK", entry.getKey()).await();
    }
  }
}
