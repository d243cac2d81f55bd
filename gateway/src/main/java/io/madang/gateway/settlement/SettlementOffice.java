package io.madang.gateway.settlement;

import io.madang.chain.Statement;
import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.http.Failures;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.DayStore.RecordedDay;
import io.madang.gateway.settlement.Recording.Outcome;
import io.madang.ledger.AccountId;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerRefusal;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BusinessDays;
import io.madang.payment.settlement.Closing;
import io.madang.payment.settlement.Closing.NextAct;
import io.madang.payment.settlement.Closing.Stage;
import io.madang.payment.settlement.ClosingNews;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes days. One thread does all the work, in one order, and looks at nothing but what is stored:
 * whenever it is killed, whoever looks next goes on. {@link Closing#nextAct} says what comes next.
 */
public final class SettlementOffice {
  private static final Logger LOG = LoggerFactory.getLogger(SettlementOffice.class);
  private static final int SUBMITTED_AT_ONCE = 512;
  private static final int SIGNED_AT_ONCE = 1_000;
  private static final int VOIDS_AT_ONCE = 1_000;
  private static final int STORE_SECONDS = 60;

  /** Until a round that goes on when the office closes is given up. */
  private static final int CLOSE_SECONDS = 20;

  private final Sql sql;
  private final Engine<Ledger> engine;
  private final SettlementSettings settings;
  private final Clock clock;
  private final Consumer<String> stepDone;
  private final BusinessDays businessDays;
  private final RunStore runs;
  private final DayStore days;
  private final LineStore lines;
  private final LineParts lineParts;
  private final PayoutStore payouts;
  private final WorkList work;
  private final Denials denials;
  private final BankFiles files;
  private final Reserves reserves;
  private final MerchantNews news;
  private final BankAccounts accounts;
  private final Agreements agreements;
  private final MerchantBook book;
  private final Recording recording;
  private final Optional<Desk> desk;
  private final Helpers helpers = new Helpers();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("madang-settlement").factory());
  private final AtomicReference<@Nullable Promise<Void>> next = new AtomicReference<>();
  private volatile boolean closed;

  /** What works only when there is an account that pays. */
  private record Desk(
      BankAccount payer,
      Computation computation,
      Delivery delivery,
      Optional<Reconciling> reconciling) {}

  /** An office; it begins to work when it is {@link #wake woken}. */
  public SettlementOffice(
      Sql sql,
      Engine<Ledger> engine,
      MasterSecret secret,
      MerchantRegistry merchants,
      Outbox outbox,
      SettlementSettings settings,
      Clock clock) {
    this(sql, engine, secret, merchants, outbox, settings, clock, _ -> {});
  }

  /**
   * An office that is watched.
   *
   * @param stepDone is told after each step what was done, on the office's thread; what it throws
   *     ends the work there, as a kill would
   */
  public SettlementOffice(
      Sql sql,
      Engine<Ledger> engine,
      MasterSecret secret,
      MerchantRegistry merchants,
      Outbox outbox,
      SettlementSettings settings,
      Clock clock,
      Consumer<String> stepDone) {
    this.sql = sql;
    this.engine = engine;
    this.settings = settings;
    this.clock = clock;
    this.stepDone = stepDone;
    businessDays = new BusinessDays(dayOffsetMillis(engine));
    runs = new RunStore(sql);
    days = new DayStore(sql);
    lines = new LineStore(sql);
    lineParts = new LineParts(sql);
    payouts = new PayoutStore(sql, settings.payer().map(BankAccount::number).orElse(""));
    work = new WorkList(sql);
    denials = new Denials(sql);
    files = new BankFiles(sql, secret);
    reserves = new Reserves(sql, engine, businessDays, clock);
    news = new MerchantNews(merchants, outbox, clock);
    accounts = new BankAccounts(sql, secret, news.notices(), clock);
    agreements = new Agreements(sql, news.notices(), this::givable, businessDays, clock);
    book = new MerchantBook(sql, engine, merchants, accounts, agreements, days);
    recording = new Recording(engine);
    desk =
        settings
            .payer()
            .map(
                payer ->
                    new Desk(
                        payer,
                        new Computation(
                            sql,
                            engine,
                            book,
                            days,
                            lines,
                            businessDays,
                            settings.bankingDays(),
                            clock,
                            helpers),
                        new Delivery(sql, files, accounts, payer),
                        settings
                            .bank()
                            .map(
                                bank ->
                                    new Reconciling(
                                        sql,
                                        files,
                                        payouts,
                                        work,
                                        reserves,
                                        news,
                                        bank,
                                        payer,
                                        settings.silence()))));
  }

  private static long dayOffsetMillis(Engine<Ledger> engine) {
    return engine.genesis().applicationState().get("dayOffsetMillis").orElse(null)
            instanceof io.madang.chain.json.JsonNumber(var millis)
        ? millis
        : 0;
  }

  /** Two operators agree on where a merchant is paid from now on, as a demo's do. */
  public Future<Void> agreeOnAccount(
      Merchant merchant, BankAccount account, String proposer, String confirmer) {
    return accounts
        .propose(merchant, account, proposer)
        .compose(_ -> accounts.confirm(merchant, confirmer, clock.millis()))
        .mapEmpty();
  }

  RunStore runs() {
    return runs;
  }

  DayStore days() {
    return days;
  }

  LineStore lines() {
    return lines;
  }

  LineParts lineParts() {
    return lineParts;
  }

  PayoutStore payouts() {
    return payouts;
  }

  WorkList work() {
    return work;
  }

  Denials denials() {
    return denials;
  }

  Reserves reserves() {
    return reserves;
  }

  BankAccounts accounts() {
    return accounts;
  }

  Agreements agreements() {
    return agreements;
  }

  BusinessDays businessDays() {
    return businessDays;
  }

  SettlementSettings settings() {
    return settings;
  }

  Clock clock() {
    return clock;
  }

  /** How many postings the computation that goes on has read. */
  long postingsRead() {
    return desk.map(one -> one.computation().postingsRead()).orElse(0L);
  }

  Future<Optional<byte[]>> file(Run run) {
    return desk.map(one -> one.delivery().stored(run))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /** What whichever approver signs has to give to merchants. */
  private Future<Long> givable(AssetCode code) {
    return engine.ask(
        ledger ->
            ledger.view().asset(code).orElseThrow().approvers().stream()
                .mapToLong(one -> ledger.view().balance(one, code).available())
                .min()
                .orElse(0));
  }

  /** Whether days of this asset are settled. */
  Future<Boolean> isSettled(AssetCode asset) {
    long now = clock.millis();
    return engine.ask(
        ledger -> PaidInWon.at(ledger, now).stream().anyMatch(one -> one.code().equals(asset)));
  }

  /** Whether days are settled here at all. */
  boolean isAtWork() {
    return desk.isPresent();
  }

  /** Looks at everything once; the future ends with a look that began after this call. */
  public Future<Void> wake() {
    if (desk.isEmpty() || closed) return Future.succeededFuture();
    var mine = Promise.<Void>promise();
    var waiting = next.compareAndExchange(null, mine);
    if (waiting != null) return waiting.future();
    try {
      worker.execute(
          () -> {
            next.set(null);
            try {
              look(desk.get());
              mine.complete();
            } catch (Exception failed) {
              if (!closed) {
                LOG.atWarn()
                    .addKeyValue("failure", Failures.describe(failed))
                    .log("settlement waits");
              }
              mine.fail(failed);
            }
          });
    } catch (RejectedExecutionException closing) {
      next.set(null);
      return Future.succeededFuture();
    }
    return mine.future();
  }

  /** Begins nothing new; what goes on is waited for, not for long. */
  public void close() {
    closed = true;
    worker.shutdownNow();
    try {
      worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    helpers.close();
  }

  private void look(Desk at) throws IOException {
    files.sealOld();
    reserves.recordDays();
    accounts.tellInForce().await();
    do {
      if (at.reconciling().isPresent()) {
        at.reconciling().get().readInbox();
        for (var run : denials.agreed().await()) {
          at.reconciling().get().denied(run);
        }
        at.reconciling().get().askAboutSilence();
      }
      voidAttempts();
      settle(at, assets());
      // What was done may have been answered at once.
    } while (at.reconciling().isPresent() && at.reconciling().get().readInbox());
  }

  private List<Asset> assets() {
    long now = clock.millis();
    return engine.ask(ledger -> PaidInWon.at(ledger, now)).await();
  }

  /** Day by day, so that a day is computed for all assets at once. */
  private void settle(Desk at, List<Asset> assets) throws IOException {
    boolean begun;
    do {
      for (var asset : assets) {
        driveAll(at, asset);
      }
      begun = false;
      for (var asset : assets) {
        begun |= beginNextDay(at, asset);
      }
    } while (begun);
  }

  private void driveAll(Desk at, Asset asset) throws IOException {
    boolean undecided = false;
    for (var run : runs.open(asset.code()).await()) {
      // What a run carries is known only once all before it are on the chain.
      if (undecided && run.stage().compareTo(Stage.COMPUTED) < 0) {
        runs.waits(run.id(), "an earlier run").await();
      } else {
        undecided |= !drive(at, asset, run).isRecorded();
      }
    }
  }

  /** Begins the next day when it is over and nothing of the last one is undecided. */
  private boolean beginNextDay(Desk at, Asset asset) {
    for (var run : runs.open(asset.code()).await()) {
      if (!run.isRecorded()) return false;
    }
    var last = runs.last(asset.code()).await();
    if (last.isPresent() && days.countRefused(last.get().id()).await() > 0) return false;
    var day =
        last.isPresent()
            ? Optional.of(last.get().id().day().plusDays(1))
            : at.computation().firstDay(asset);
    if (day.isEmpty() || clock.millis() < businessDays.endMillis(day.get())) return false;
    runs.begin(new RunId(asset.code(), day.get(), 1), Stage.OPEN).await();
    return true;
  }

  /** Goes on with a run until it waits for somebody; as it is then. */
  private Run drive(Desk at, Asset asset, Run found) throws IOException {
    var run = found;
    try {
      while (true) {
        var closing = step(at, asset, run);
        if (closing.isEmpty()) return run;
        tell(run.id(), closing.get());
        run = runs.byId(run.id()).await().orElseThrow();
      }
    } catch (Waiting waiting) {
      runs.waits(run.id(), waiting.what()).await();
      return run;
    }
  }

  private void tell(RunId run, Closing closing) {
    LOG.atInfo().addKeyValue("run", run).addKeyValue("stage", closing.stage()).log("settlement");
    stepDone.accept(run + " " + closing.stage());
  }

  /** Does the next step and stores that it is done; empty when there is nothing to do now. */
  private Optional<Closing> step(Desk at, Asset asset, Run run) throws IOException {
    return switch (run.closing().nextAct()) {
      case WAIT_FOR_CUT_OFF -> Optional.of(reached(run, new ClosingNews.CutOff()));
      case COMPUTE -> Optional.of(compute(at, run));
      case WAIT_FOR_APPROVAL -> Optional.of(approve(asset, run));
      case RECORD -> Optional.of(record(at, asset, run));
      case MAKE_FILE -> Optional.of(at.delivery().make(run));
      case PREPARE_DELIVERY -> Optional.of(deliver(at, run));
      case ASK_FOR_FILE -> Optional.of(askForFile(run));
      case RECONCILE -> reconcile(run);
      case DELIVER, NOTHING -> Optional.empty();
    };
  }

  private Closing reached(Run run, ClosingNews news) {
    var step = run.closing().next(news);
    runs.reached(run.id(), step.closing()).await();
    return step.closing();
  }

  private Closing compute(Desk at, Run run) {
    long height = heightBefore(run);
    if (run.id().number() > 1) return at.computation().further(run, height);
    var reached = at.computation().wholeDay(together(run, height), height);
    reached.forEach(
        (id, closing) -> {
          if (!id.equals(run.id())) tell(id, closing);
        });
    return Optional.ofNullable(reached.get(run.id())).orElseThrow();
  }

  /** A first run of a day, with those of other assets that can be computed from the same blocks. */
  private List<Run> together(Run run, long height) {
    var together = new ArrayList<>(List.of(run));
    for (var found : runs.ofDay(run.id().day()).await()) {
      var other = found;
      if (other.id().number() > 1
          || other.id().equals(run.id())
          || other.stage().compareTo(Stage.ENDED) > 0
          || heightBefore(other) != height
          || !isFirstUndecided(other)) {
        continue;
      }
      if (other.stage() == Stage.OPEN) {
        // The day has ended for one asset, so it has for all.
        tell(other.id(), reached(other, new ClosingNews.CutOff()));
        other = runs.byId(other.id()).await().orElseThrow();
      }
      together.add(other);
    }
    return together;
  }

  private boolean isFirstUndecided(Run run) {
    return runs.open(run.id().asset()).await().stream()
        .filter(one -> !one.isRecorded())
        .findFirst()
        .filter(one -> one.id().equals(run.id()))
        .isPresent();
  }

  /**
   * The last block of the day before, or of this day when it was computed by an earlier run. Days
   * are the same for all assets: one that is settled for the first time need not begin at block 1.
   */
  private long heightBefore(Run run) {
    var id = run.id();
    return runs.ofDay(id.number() == 1 ? id.day().minusDays(1) : id.day()).await().stream()
        .flatMap(one -> one.computed().stream())
        .mapToLong(Run.Computed::lastHeight)
        .max()
        .orElse(0);
  }

  private Closing approve(Asset asset, Run run) {
    requireSigned(asset, run.id());
    return reached(run, new ClosingNews.Approved(run.closing().computed()));
  }

  /** Lets approvers sign whose keys are at hand, and waits for the others. */
  private void requireSigned(Asset asset, RunId run) {
    var chain = engine.standing().chain();
    var after = "";
    Future<?> storing = Future.succeededFuture();
    while (true) {
      var wanted = days.unsigned(run, after, SIGNED_AT_ONCE).await();
      if (wanted.isEmpty()) break;
      after = wanted.getLast().payoutId().toString();
      var signed =
          helpers.each(
              wanted,
              day ->
                  settings
                      .approvers()
                      .complete(Approvable.settle(day, chain, asset.threshold()))
                      .map(Statement::text));
      var ids = new ArrayList<String>();
      var statements = new ArrayList<String>();
      for (int i = 0; i < wanted.size(); i++) {
        if (signed.get(i).isPresent()) {
          ids.add(wanted.get(i).payoutId().toString());
          statements.add(signed.get(i).get());
        }
      }
      if (ids.isEmpty()) break;
      // The next ones are signed while these are stored.
      storing.await();
      storing =
          sql.longTransaction(STORE_SECONDS, c -> DayStore.sign(c, ids, statements).mapEmpty());
    }
    storing.await();
    long missing = days.countUnsigned(run).await();
    if (missing > 0) throw new Waiting("approvals of " + missing + " settlements");
  }

  private Closing record(Desk at, Asset asset, Run run) {
    requireSigned(asset, run.id());
    if (run.id().number() == 1) {
      at.computation().requireWhole(run.id(), run.computed().orElseThrow().lastHeight());
    }
    boolean expired = false;
    Optional<Submitted> before = Optional.empty();
    Optional<AccountId> after = Optional.empty();
    do {
      var signed = days.signed(run.id(), after, SUBMITTED_AT_ONCE).await();
      var now = signed.isEmpty() ? Optional.<Submitted>empty() : Optional.of(submit(signed));
      // What came of the ones before is stored while these are on their way. Whoever ends here
      // leaves them behind unseen: sent again, they are answered as the first time.
      if (before.isPresent()) {
        expired = store(before.get());
        stepDone.accept(run.id() + " recorded " + before.get().days().size());
      }
      before = now;
      after = now.map(one -> one.days().getLast().account());
    } while (!expired && before.isPresent());
    if (expired) throw new Waiting("approvals again: the first ones have expired");
    long left = days.countComputed(run.id()).await();
    if (left > 0) throw new Waiting("the chain's word on " + left + " settlements");
    var closing = run.closing().next(new ClosingNews.AllRecorded()).closing();
    sql.longTransaction(
            STORE_SECONDS,
            connection ->
                news.dayDone(connection, run.id())
                    .compose(_ -> RunStore.reached(connection, run.id(), closing))
                    .mapEmpty())
        .await();
    news.told();
    // Whoever has spent meanwhile what was to be paid is settled again with what is left.
    if (days.countOverspent(run.id()).await() > 0) beginFurther(run.id()).await();
    return closing;
  }

  /** Settlements on their way to the chain. */
  private record Submitted(List<SettledDay> days, List<Future<Outcome>> outcomes) {}

  private Submitted submit(List<SettledDay> signed) {
    return new Submitted(
        signed,
        signed.stream().map(day -> recording.submit(day.statement().orElseThrow())).toList());
  }

  /** Stores what became of settlements; whether some of them have to be signed again. */
  private boolean store(Submitted submitted) {
    var signed = submitted.days();
    var recorded = new ArrayList<RecordedDay>();
    var expired = new ArrayList<SettledDay>();
    var refused = new ArrayList<SettledDay>();
    var refusals = new ArrayList<String>();
    boolean busy = false;
    for (int i = 0; i < signed.size(); i++) {
      switch (submitted.outcomes().get(i).await()) {
        case Outcome.Done(var where) -> recorded.add(new RecordedDay(signed.get(i), where));
        case Outcome.Expired _ -> expired.add(signed.get(i));
        case Outcome.Refused(var refusal) -> {
          refused.add(signed.get(i));
          refusals.add(refusal.name());
        }
        case Outcome.Busy _ -> busy = true;
      }
    }
    sql.longTransaction(
            STORE_SECONDS,
            connection -> {
              Future<?> stored =
                  DayStore.recorded(connection, recorded)
                      .compose(_ -> news.recorded(connection, recorded));
              for (var day : expired) {
                stored = stored.compose(_ -> DayStore.unsign(connection, day));
              }
              for (int i = 0; i < refused.size(); i++) {
                var day = refused.get(i);
                var refusal = refusals.get(i);
                stored = stored.compose(_ -> refuse(connection, day, refusal));
              }
              return stored.mapEmpty();
            })
        .await();
    news.told();
    if (busy) throw new Waiting("the chain, which is busy");
    return !expired.isEmpty();
  }

  /**
   * Spent money is nobody's fault; every other refusal is a puzzle. So is money that the operator
   * owes the merchant and does not have: computed again, nothing would be different.
   */
  private static Future<?> refuse(SqlConnection connection, SettledDay day, String refusal) {
    var stored = DayStore.refused(connection, day, refusal);
    boolean isShort = refusal.equals(LedgerRefusal.INSUFFICIENT_FUNDS.kebabName());
    if (isShort && day.figures().charges() >= 0) return stored;
    return stored.compose(
        _ ->
            WorkList.add(
                connection,
                isShort ? "OPERATOR_SHORT" : "SETTLEMENT_REFUSED",
                day.payoutId() + " " + refusal));
  }

  private Closing deliver(Desk at, Run run) throws IOException {
    var bank = settings.bank().orElseThrow(() -> new Waiting("a bank that takes its file"));
    if (!at.delivery().isReproducible(run)) {
      throw new IllegalStateException("the file of " + run.id() + " came to something else");
    }
    var name = run.id().toString();
    bank.prepare(name, at.delivery().stored(run).await().orElseThrow());
    stepDone.accept(name + " prepared");
    var step = run.closing().next(new ClosingNews.Leaving());
    sql.longTransaction(
            STORE_SECONDS,
            connection ->
                PayoutStore.sent(connection, run.id())
                    .compose(_ -> news.sent(connection, run.id()))
                    .compose(_ -> RunStore.reached(connection, run.id(), step.closing()))
                    .mapEmpty())
        .await();
    news.told();
    stepDone.accept(name + " LEAVING");
    if (step.nextAct() != NextAct.DELIVER) {
      throw new IllegalStateException("a file may leave only once: " + name);
    }
    bank.deliver(name);
    stepDone.accept(name + " handed over");
    var delivered = step.closing().next(new ClosingNews.Delivered()).closing();
    runs.reached(run.id(), delivered).await();
    return delivered;
  }

  private Closing askForFile(Run run) throws IOException {
    var bank =
        settings.bank().orElseThrow(() -> new Waiting("a bank that says if it has the file"));
    if (!bank.has(run.id().toString()) && !payouts.isAnswered(run.id()).await()) {
      throw new Waiting("word from the bank whether it has the file");
    }
    return reached(run, new ClosingNews.Delivered());
  }

  private Optional<Closing> reconcile(Run run) {
    long open = payouts.countOpen(run.id()).await();
    if (open > 0) {
      long toVoid = payouts.countToVoid(run.id()).await();
      throw new Waiting(
          toVoid == open
              ? "approvals to void " + toVoid + " payouts"
              : "the bank's word on " + (open - toVoid) + " payouts");
    }
    return Optional.of(reached(run, new ClosingNews.PayoutsEnded()));
  }

  /** Records on the chain that attempts are void. */
  private void voidAttempts() {
    var after = "";
    while (true) {
      var open = payouts.voidings(after, VOIDS_AT_ONCE).await();
      for (var one : open) {
        after = one.id().toString();
        voidAttempt(one);
      }
      if (open.size() < VOIDS_AT_ONCE) return;
    }
  }

  private void voidAttempt(PayoutStore.Voiding voiding) {
    var statement = voiding.statement();
    if (statement.isEmpty()) {
      statement =
          approvable(voiding)
              .await()
              .flatMap(wanted -> settings.approvers().complete(wanted))
              .map(Statement::text);
      if (statement.isEmpty()) return;
      var text = statement.get();
      sql.transaction(c -> PayoutStore.signVoid(c, voiding.id(), text).mapEmpty()).await();
      stepDone.accept(voiding.id() + " void signed");
    }
    var outcome = recording.submit(statement.get()).await();
    sql.transaction(connection -> store(connection, voiding, outcome).mapEmpty()).await();
    stepDone.accept(voiding.id() + " voided");
  }

  private static Future<?> store(
      SqlConnection connection, PayoutStore.Voiding voiding, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ ->
          PayoutStore.voided(connection, voiding.id())
              .compose(_ -> DayStore.voided(connection, voiding.id()));
      case Outcome.Expired _ -> PayoutStore.unsignVoid(connection, voiding.id());
      case Outcome.Refused(var refusal) ->
          WorkList.add(connection, "VOID_REFUSED", voiding.id() + " " + refusal.name());
      case Outcome.Busy _ -> Future.succeededFuture();
    };
  }

  /** The words that void a payout; empty while the settlement cannot be proven yet. */
  Future<Optional<Approvable>> approvable(PayoutStore.Voiding voiding) {
    return days.byPayoutIds(List.of(voiding.id().toString()))
        .compose(
            found -> {
              var day = found.getFirst();
              var position = day.recorded().orElseThrow().position();
              return engine
                  .paymentProof(position)
                  .compose(
                      proof ->
                          threshold(day.settlement().asset())
                              .map(
                                  threshold ->
                                      proof.map(
                                          known ->
                                              Approvable.voiding(
                                                  voiding.id(),
                                                  engine.standing().chain(),
                                                  known,
                                                  reason(voiding),
                                                  voiding.approvals(),
                                                  threshold))));
            });
  }

  /**
   * The chain wants a reason, and banks do not always give one: NARR is ISO 20022's "narrative".
   */
  private static String reason(PayoutStore.Voiding voiding) {
    return voiding.reason().isEmpty() ? "NARR" : voiding.reason();
  }

  Future<Integer> threshold(AssetCode asset) {
    return engine.ask(ledger -> ledger.view().asset(asset).orElseThrow().threshold());
  }

  /**
   * Begins a further run of a day for those whose attempt came to nothing.
   *
   * @return empty when nobody's attempt did, or a later day has taken all of them over
   */
  Future<Optional<RunId>> retry(RunId run) {
    return days.retriable(run.asset(), run.day())
        .compose(
            open ->
                open.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : beginFurther(run).map(Optional::of));
  }

  /** The run after the last one of the day; one that was not computed yet will do. */
  private Future<RunId> beginFurther(RunId run) {
    return runs.ofDay(run.day())
        .compose(
            found -> {
              var last =
                  found.stream()
                      .filter(one -> one.id().asset().equals(run.asset()))
                      .reduce((_, later) -> later)
                      .orElseThrow();
              if (last.stage() == Stage.ENDED) return Future.succeededFuture(last.id());
              var next = last.id().next();
              return runs.begin(next, Stage.ENDED).map(next);
            });
  }
}
