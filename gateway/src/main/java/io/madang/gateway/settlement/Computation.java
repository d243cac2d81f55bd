package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.payment.settlement.BankingDays;
import io.madang.payment.settlement.BusinessDays;
import io.madang.payment.settlement.Closing;
import io.madang.payment.settlement.ClosingNews;
import io.madang.payment.settlement.FeeSchedule;
import io.madang.payment.settlement.MerchantDay;
import io.madang.payment.settlement.MerchantTerms;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.SettlementRun;
import io.madang.payment.settlement.SettlementRun.Paid;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a day comes to, from the chain's records into the tables. For a thread that may wait. */
final class Computation {
  private static final int STORE_SECONDS = 60;

  private final Sql sql;
  private final Engine<Ledger> engine;
  private final MerchantBook book;
  private final DayStore days;
  private final LineStore lines;
  private final ChainPostings chain;
  private final BusinessDays businessDays;
  private final BankingDays bankingDays;
  private final Clock clock;
  private final AtomicLong postingsRead = new AtomicLong();

  Computation(
      Sql sql,
      Engine<Ledger> engine,
      MerchantBook book,
      DayStore days,
      LineStore lines,
      BusinessDays businessDays,
      BankingDays bankingDays,
      Clock clock) {
    this.sql = sql;
    this.engine = engine;
    this.book = book;
    this.days = days;
    this.lines = lines;
    this.chain = new ChainPostings(sql);
    this.businessDays = businessDays;
    this.bankingDays = bankingDays;
    this.clock = clock;
  }

  /** How many postings the computation that goes on has read. */
  long postingsRead() {
    return postingsRead.get();
  }

  /**
   * Computes a run and stores it with what was reached.
   *
   * @param afterHeight the last block of the day before
   */
  Closing compute(Run run, long afterHeight) {
    return run.id().number() == 1 ? wholeDay(run, afterHeight) : further(run, afterHeight);
  }

  /** The last block that can belong to the past: those that come later have a later time. */
  private long tip() {
    // The question is answered between two blocks, so that none which began earlier is under way.
    engine.ask(_ -> 0).await();
    return engine.standing().height();
  }

  private Closing wholeDay(Run run, long afterHeight) {
    var id = run.id();
    long begin = businessDays.beginMillis(id.day());
    long end = businessDays.endMillis(id.day());
    long tip = tip();
    var pages = book.open(id.asset(), id.day(), end);
    var paid = new HashMap<Position, Paid>();
    var settlement =
        new SettlementRun(
            id.day(),
            id.asset(),
            businessDays,
            pages.terms(),
            position -> {
              var found = paid.get(position);
              if (found == null) throw new Waiting("the movements of the chain");
              return found;
            });
    var writing = lines.write(id.asset(), id.day());
    postingsRead.set(0);
    long lastHeight =
        chain.read(
            afterHeight,
            tip,
            begin,
            end,
            postings -> {
              lookUp(postings, pages.terms(), paid);
              for (var posting : postings) {
                settlement.add(posting).ifPresent(writing::add);
              }
              paid.clear();
              postingsRead.addAndGet(postings.size());
            });
    writing.finish();
    var result = settlement.finish();
    var settled = new ArrayList<SettledDay>(result.days().size());
    for (var figures : result.days()) {
      settled.add(
          SettledDay.computed(
              id, engine.standing().chain(), figures, 1, pages.bankAccount(figures.merchant())));
    }
    return store(run, lastHeight, settled, result);
  }

  /** The payments that refunds give back, where that may give back a fee. */
  private void lookUp(
      List<Posting> postings, Map<AccountId, MerchantTerms> terms, Map<Position, Paid> paid) {
    var wanted = new ArrayList<Position>();
    for (var posting : postings) {
      var of = terms.get(posting.account());
      if (posting.kind() == Posting.Kind.REFUND && of != null && of.fees() != FeeSchedule.FREE) {
        wanted.add(posting.payment());
      }
    }
    if (wanted.isEmpty()) return;
    sql.run(
            "SELECT m.height, m.index_in_block, m.amount, m.time_millis FROM ops.movement AS m"
                + " JOIN unnest($1::bigint[], $2::int[]) AS w (height, index_in_block)"
                + " USING (height, index_in_block) WHERE m.kind = 'payment'",
            wanted.stream().map(Position::height).toArray(Long[]::new),
            wanted.stream().map(Position::index).toArray(Integer[]::new))
        .await()
        .forEach(
            row ->
                paid.put(
                    new Position(row.getLong("height"), row.getInteger("index_in_block")),
                    new Paid(row.getLong("amount"), businessDays.of(row.getLong("time_millis")))));
  }

  /** Attempts for those whose last one came to nothing; their postings are covered already. */
  private Closing further(Run run, long lastHeight) {
    var id = run.id();
    var open = days.retriable(id.asset(), id.day()).await();
    var accounts = open.stream().map(SettledDay::account).toList();
    var standings = book.standings(accounts, id.asset());
    var pages = book.open(id.asset(), id.day(), clock.millis());
    var figures = new TreeMap<AccountId, MerchantDay>();
    var settled = new ArrayList<SettledDay>();
    for (var day : open) {
      var standing = standings.getOrDefault(day.account(), MerchantBook.Standing.NONE);
      boolean voided = day.state() == SettledDay.State.VOIDED;
      var before =
          voided
              ? MerchantDay.further(
                  day.account(), id.asset(), id.day(), standing.carried(), day.figures().owed())
              : day.figures();
      var bankAccount = pages.bankAccount(day.account());
      var now =
          before.payable(standing.redeemable(), MerchantBook.leastPayout(bankAccount.isPresent()));
      // Another attempt that would only carry the same is none.
      if (voided && now.payout() == 0) continue;
      figures.put(day.account(), now);
      settled.add(
          SettledDay.computed(
              id,
              engine.standing().chain(),
              now,
              voided ? day.attempt() + 1 : day.attempt(),
              bankAccount));
    }
    return store(run, lastHeight, settled, SettlementRun.Result.of(List.copyOf(figures.values())));
  }

  private Closing store(
      Run run, long lastHeight, List<SettledDay> settled, SettlementRun.Result result) {
    var step = run.closing().next(new ClosingNews.Computed(result.digest()));
    long now = clock.millis();
    var computed =
        new Run.Computed(
            lastHeight, now, executeOn(run.id().day(), now), Run.totals(result.totals()));
    sql.longTransaction(
            STORE_SECONDS,
            connection ->
                DayStore.add(connection, run.id(), settled)
                    .compose(_ -> RunStore.computed(connection, run.id(), computed))
                    .compose(_ -> RunStore.reached(connection, run.id(), step.closing())))
        .await();
    return step.closing();
  }

  /**
   * The first banking day after the settled one, but none that has passed when the file is made.
   */
  private LocalDate executeOn(LocalDate day, long nowMillis) {
    var yesterday = businessDays.of(nowMillis).minusDays(1);
    return bankingDays.after(yesterday.isAfter(day) ? yesterday : day, 1);
  }

  /** Whether the block after a day's last one lies outside of it, as it must. */
  void requireWhole(RunId id, long lastHeight) {
    var next = chain.timeMillis(lastHeight + 1);
    if (next.isPresent() && next.getAsLong() < businessDays.endMillis(id.day())) {
      throw new IllegalStateException(
          "block " + (lastHeight + 1) + " belongs to " + id.day() + ", which was computed");
    }
  }

  /** The day of the chain's first block, if it has one. */
  Optional<LocalDate> firstDay() {
    var first = chain.timeMillis(1);
    return first.isPresent() ? Optional.of(businessDays.of(first.getAsLong())) : Optional.empty();
  }
}
