package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.ledger.AccountId;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetKind;
import io.madang.ledger.Ledger;
import io.madang.payment.settlement.BankingDays;
import io.madang.payment.settlement.BusinessDays;
import io.madang.payment.settlement.Closing;
import io.madang.payment.settlement.ClosingNews;
import io.madang.payment.settlement.FeeSchedule;
import io.madang.payment.settlement.MerchantDay;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.SettlementRun;
import io.madang.payment.settlement.SettlementRun.Paid;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
      Clock clock,
      Helpers helpers) {
    this.sql = sql;
    this.engine = engine;
    this.book = book;
    this.days = days;
    this.lines = lines;
    this.chain = new ChainPostings(sql, helpers);
    this.businessDays = businessDays;
    this.bankingDays = bankingDays;
    this.clock = clock;
  }

  /** A leg of a payment: fees come back by the leg that a refund gives back. */
  private record Leg(Position payment, AssetCode asset) {}

  /** How many postings the computation that goes on has read. */
  long postingsRead() {
    return postingsRead.get();
  }

  /** The last block that can belong to the past: those that come later have a later time. */
  private long tip() {
    // The question is answered between two blocks, so that none which began earlier is under way.
    engine.ask(_ -> 0).await();
    return engine.standing().height();
  }

  /**
   * Computes one day of several assets and stores each with what was reached. The day's blocks are
   * read once.
   *
   * @param day the first runs of the day, one for each asset
   * @param afterHeight the last block of the day before
   */
  Map<RunId, Closing> wholeDay(List<Run> day, long afterHeight) {
    var any = day.getFirst().id().day();
    long begin = businessDays.beginMillis(any);
    long end = businessDays.endMillis(any);
    long tip = tip();
    var parts = new LinkedHashMap<AssetCode, Part>();
    var paid = new HashMap<Leg, Paid>();
    try {
      day.forEach(run -> parts.put(run.id().asset(), new Part(run, end, paid)));
      postingsRead.set(0);
      long lastHeight =
          chain.read(
              new ChainPostings.Wanted(
                  afterHeight,
                  tip,
                  begin,
                  end,
                  account -> parts.values().stream().anyMatch(part -> part.wants(account))),
              postings -> {
                lookUp(postings, parts, paid);
                for (var posting : postings) {
                  var part = parts.get(posting.asset());
                  if (part != null) part.add(posting);
                }
                paid.clear();
                postingsRead.addAndGet(postings.size());
              });
      var reached = new LinkedHashMap<RunId, Closing>();
      for (var part : parts.values()) {
        reached.put(part.run.id(), part.finish(lastHeight));
      }
      return reached;
    } finally {
      parts.values().forEach(part -> part.writing.close());
    }
  }

  /** One asset's share of a day. */
  private final class Part {
    private final Run run;
    private final MerchantBook.Pages pages;
    private final SettlementRun settlement;
    private final LineStore.Writing writing;

    Part(Run run, long endMillis, Map<Leg, Paid> payments) {
      this.run = run;
      var id = run.id();
      pages = book.open(id.asset(), id.day(), endMillis);
      settlement =
          new SettlementRun(
              id.day(),
              id.asset(),
              businessDays,
              pages.terms(),
              position -> {
                var found = payments.get(new Leg(position, id.asset()));
                if (found == null) throw new Waiting("the movements of the chain");
                return found;
              });
      writing = lines.write(id.asset(), id.day());
    }

    boolean wants(AccountId account) {
      return pages.terms().containsKey(account);
    }

    void add(Posting posting) {
      settlement.add(posting).ifPresent(writing::add);
    }

    Closing finish(long lastHeight) {
      writing.finish();
      var id = run.id();
      var result = settlement.finish();
      var settled = new ArrayList<SettledDay>(result.days().size());
      for (var figures : result.days()) {
        settled.add(
            SettledDay.computed(
                id, engine.standing().chain(), figures, 1, pages.bankAccount(figures.merchant())));
      }
      return store(run, lastHeight, settled, result);
    }
  }

  /** The payments that refunds give back, where that may give back a fee. */
  private void lookUp(List<Posting> postings, Map<AssetCode, Part> parts, Map<Leg, Paid> paid) {
    var wanted = new HashSet<Position>();
    for (var posting : postings) {
      var part = parts.get(posting.asset());
      if (posting.kind() != Posting.Kind.REFUND || part == null) continue;
      var of = part.pages.terms().get(posting.account());
      if (of != null && of.fees() != FeeSchedule.FREE) wanted.add(posting.payment());
    }
    if (wanted.isEmpty()) return;
    sql.run(
            "SELECT m.height, m.index_in_block, m.time_millis, coalesce(leg.asset, m.asset) AS asset,"
                + " coalesce(leg.amount, m.amount) AS amount FROM ops.movement AS m"
                + " JOIN unnest($1::bigint[], $2::int[]) AS w (height, index_in_block)"
                + " USING (height, index_in_block) LEFT JOIN LATERAL"
                + " jsonb_to_recordset(m.parts -> 'legs') AS leg (asset text, amount bigint)"
                + " ON true WHERE m.kind IN ('payment', 'composite')",
            wanted.stream().map(Position::height).toArray(Long[]::new),
            wanted.stream().map(Position::index).toArray(Integer[]::new))
        .await()
        .forEach(
            row ->
                paid.put(
                    new Leg(
                        new Position(row.getLong("height"), row.getInteger("index_in_block")),
                        new AssetCode(row.getString("asset"))),
                    new Paid(row.getLong("amount"), businessDays.of(row.getLong("time_millis")))));
  }

  /**
   * Computes and stores attempts for those whose last one came to nothing; their postings are
   * covered already.
   *
   * @param lastHeight the last block of the day
   */
  Closing further(Run run, long lastHeight) {
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

  /**
   * The first day on which there can be something to settle: that of the chain's first block for a
   * coin, and for what may be opened any time that of its first issue, if there was one.
   */
  Optional<LocalDate> firstDay(Asset asset) {
    if (asset.kind() == AssetKind.COIN) {
      var first = chain.timeMillis(1);
      return first.isPresent() ? Optional.of(businessDays.of(first.getAsLong())) : Optional.empty();
    }
    if (asset.issued() == 0) return Optional.empty();
    var first =
        sql.run(
                "SELECT min(time_millis) AS first FROM ops.movement WHERE kind = 'issue'"
                    + " AND asset = $1",
                asset.code().value())
            .await()
            .iterator()
            .next();
    return Optional.ofNullable(first.getLong("first")).map(businessDays::of);
  }
}
