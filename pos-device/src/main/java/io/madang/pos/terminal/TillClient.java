package io.madang.pos.terminal;

import io.madang.pos.iso8583.Iso8583Message;
import io.madang.pos.terminal.TillSale.State;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The till's side of purchases: asks the terminal, and never leaves a purchase without an end. Each
 * one that was sent ends in an answer that is written down, or in a reversal that the terminal
 * acknowledged; a power cut counts as no answer. A machine without clock, disk or line, as {@link
 * TerminalHost} is. Not safe for several threads.
 */
public final class TillClient {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final TerminalId terminal;
  private final String merchant;
  private final ZoneId zone;
  private final Duration patience;
  private final TreeMap<SaleKey, TillSale> sales = new TreeMap<>();
  private final TreeSet<LocalDate> closed = new TreeSet<>();
  private final Set<SaleKey> reversalsSent = new HashSet<>();
  private int lastStan;

  private @Nullable Iso8583Message request;
  private @Nullable SaleKey about;
  private @Nullable LocalDate closing;
  private long deadlineMillis;

  /**
   * A till as its journal has it; {@link #start} must come next.
   *
   * @param merchant fifteen printable characters: data element 42
   * @param patience how long an answer may take, the customer's scanning included
   */
  public TillClient(
      TerminalId terminal, String merchant, ZoneId zone, Duration patience, List<String> journal) {
    this.terminal = terminal;
    this.merchant = merchant;
    this.zone = zone;
    this.patience = patience;
    for (var entry : journal) {
      if (entry.startsWith("closed|")) {
        var parts = entry.split("\\|", -1);
        closed.add(LocalDate.parse(parts[1]));
      } else if (entry.startsWith("stan|")) {
        lastStan = Integer.parseInt(entry.substring("stan|".length()));
      } else {
        replay(TillSale.parse(entry));
      }
    }
  }

  private void replay(TillSale sale) {
    var before = sales.put(sale.key(), sale);
    if (before == null) lastStan = sale.key().stan();
    if (before == null || before.reversalStan() != sale.reversalStan()) {
      lastStan = sale.reversalStan() == 0 ? lastStan : sale.reversalStan();
    }
  }

  /** The fewest entries that say what the journal says, without what is long over. */
  public List<String> snapshot(long nowMillis) {
    var before = Elements.today(nowMillis, zone).minusDays(TerminalHost.REMEMBERED_DAYS);
    var entries = new ArrayList<String>();
    for (var day : closed.tailSet(before)) entries.add("closed|" + day);
    for (var sale : sales.values()) {
      boolean open = sale.state() == State.SENT || sale.state() == State.REVERSING;
      if (open || !sale.key().day().isBefore(before)) entries.add(sale.line());
    }
    entries.add("stan|" + lastStan);
    return entries;
  }

  /** Reverses what a power cut left without an answer. */
  public List<TillAction> start(long nowMillis) {
    var actions = new ArrayList<TillAction>();
    for (var sale : List.copyOf(sales.values())) {
      if (sale.state() == State.SENT && sale.voids() == 0) {
        reverse(sale, nowMillis, actions);
        actions.add(new TillAction.Tell(new TillNews.NotConfirmed(sale.key())));
      }
    }
    next(nowMillis, actions);
    return actions;
  }

  /** Whether a purchase, a voiding or a day's end can be begun. */
  public boolean isFree() {
    return request == null && unfinished().isEmpty();
  }

  /**
   * Asks for a purchase.
   *
   * @param customerCode what the customer shows, or empty when the customer scans our QR
   * @throws IllegalStateException when it is not free
   */
  public List<TillAction> purchase(long amountWon, String customerCode, long nowMillis) {
    requireFree();
    var actions = new ArrayList<TillAction>();
    var sale = sale(amountWon, 0, nowMillis);
    keep(sale, actions);
    var message = message("0200", Elements.PURCHASE, sale, nowMillis);
    if (!customerCode.isEmpty()) message = message.with(Elements.CUSTOMER_CODE, customerCode);
    send(message, sale.key(), nowMillis, actions);
    return actions;
  }

  /**
   * Takes back an approved sale of an open day.
   *
   * @throws IllegalStateException when it is not free
   * @throws IllegalArgumentException when that sale is not approved
   */
  public List<TillAction> takeBack(SaleKey key, long nowMillis) {
    requireFree();
    var original = sales.get(key);
    if (original == null || original.state() != State.APPROVED || original.voids() != 0) {
      throw new IllegalArgumentException("not an approved sale: " + key);
    }
    var actions = new ArrayList<TillAction>();
    var sale = sale(original.amountWon(), key.stan(), nowMillis);
    keep(sale, actions);
    send(voiding(sale, original), sale.key(), nowMillis, actions);
    return actions;
  }

  /**
   * Reverses an approved sale because the till could not finish it.
   *
   * @throws IllegalStateException when it is not free
   * @throws IllegalArgumentException when that sale is not approved
   */
  public List<TillAction> reverse(SaleKey key, long nowMillis) {
    requireFree();
    var sale = sales.get(key);
    if (sale == null || sale.state() != State.APPROVED || sale.voids() != 0) {
      throw new IllegalArgumentException("not an approved sale: " + key);
    }
    var actions = new ArrayList<TillAction>();
    reverse(sale, nowMillis, actions);
    next(nowMillis, actions);
    return actions;
  }

  /**
   * Asks whether the terminal counts as we do.
   *
   * @throws IllegalStateException when it is not free
   */
  public List<TillAction> closeDay(LocalDate day, long nowMillis) {
    requireFree();
    var actions = new ArrayList<TillAction>();
    closing = day;
    int stan = nextStan(actions);
    var plain =
        Iso8583Message.of(
            "0500",
            Map.of(
                Elements.PROCESSING, Elements.SETTLEMENT,
                Elements.TRANSMITTED, Elements.transmitted(nowMillis),
                Elements.STAN, Elements.number(stan, 6),
                Elements.SETTLEMENT_DATE, Elements.monthDay(day),
                Elements.TERMINAL, terminal.value(),
                Elements.MERCHANT, merchant));
    send(Elements.withTotals(plain, totals(day)), null, nowMillis, actions);
    return actions;
  }

  /**
   * Asks whether the terminal is there.
   *
   * @throws IllegalStateException when it is not free
   */
  public List<TillAction> echo(long nowMillis) {
    requireFree();
    var actions = new ArrayList<TillAction>();
    int stan = nextStan(actions);
    var message =
        Iso8583Message.of(
            "0800",
            Map.of(
                Elements.TRANSMITTED, Elements.transmitted(nowMillis),
                Elements.STAN, Elements.number(stan, 6),
                Elements.TERMINAL, terminal.value(),
                Elements.NETWORK, Elements.ECHO));
    send(message, null, nowMillis, actions);
    return actions;
  }

  /** The terminal sent this. */
  public List<TillAction> received(Iso8583Message message, long nowMillis) {
    var actions = new ArrayList<TillAction>();
    // Whatever answers nothing that is open is late or repeated, and changes nothing.
    if (request == null || !answers(message, request)) return actions;
    var key = about;
    var sale = key == null ? null : sales.get(key);
    request = null;
    if (sale == null) {
      dayAnswered(message, nowMillis, actions);
    } else {
      switch (sale.state()) {
        case SENT -> sold(sale, message, nowMillis, actions);
        case REVERSING -> undone(sale, message, nowMillis, actions);
        case APPROVED, REFUSED, REVERSED, UNRESOLVED -> {}
      }
    }
    next(nowMillis, actions);
    return actions;
  }

  /** The link gave up sending this; the terminal may have it nevertheless. */
  public List<TillAction> gaveUp(Iso8583Message message, long nowMillis) {
    var actions = new ArrayList<TillAction>();
    if (message.equals(request)) unanswered(nowMillis, actions);
    return actions;
  }

  /** Time passed. */
  public List<TillAction> passed(long nowMillis) {
    var actions = new ArrayList<TillAction>();
    if (nowMillis < deadlineMillis) return actions;
    if (request != null) unanswered(nowMillis, actions);
    else next(nowMillis, actions);
    return actions;
  }

  /** When {@link #passed} should be called. */
  public OptionalLong wakeAtMillis() {
    return request == null && unfinished().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(deadlineMillis);
  }

  /** What the till took on a settlement day, as far as it knows. */
  public DayTotals totals(LocalDate day) {
    var totals = DayTotals.NOTHING;
    for (var sale : sales.values()) {
      if (sale.voids() != 0 || sale.approval().isBlank()) continue;
      boolean reversed = sale.state() == State.REVERSED;
      boolean onOneDay = sale.reversalDay().equals(sale.settlementDay());
      if (reversed && onOneDay) continue;
      if (sale.settlementDay().equals(day)) totals = totals.plusSale(sale.amountWon());
      if (reversed && sale.reversalDay().equals(day)) {
        totals = totals.plusReversal(sale.amountWon());
      }
    }
    return totals;
  }

  /** The approved sales that stand, by their keys, with their amounts in won. */
  public Map<SaleKey, Long> standing() {
    var standing = new HashMap<SaleKey, Long>();
    for (var sale : sales.values()) {
      if (sale.voids() == 0 && sale.state() == State.APPROVED) {
        standing.put(sale.key(), sale.amountWon());
      }
    }
    return standing;
  }

  /** Whether the terminal agreed to this day's totals. */
  public boolean isClosed(LocalDate day) {
    return closed.contains(day);
  }

  // What comes of answers

  private void sold(
      TillSale sale, Iso8583Message message, long nowMillis, List<TillAction> actions) {
    var code = code(message);
    var day = settlementDay(message, nowMillis);
    if (!code.equals(Optional.of(ResponseCode.APPROVED))) {
      keep(sale.in(State.REFUSED), actions);
      var why = code.orElse(ResponseCode.REFUSED);
      actions.add(new TillAction.Tell(new TillNews.Refused(sale.key(), why)));
    } else if (sale.voids() != 0) {
      var taken = saleOf(sale.voids(), sale.key());
      // In this order: should the power go in between, the voiding is repeated and ends both.
      keep(taken.reversed(day.orElse(taken.settlementDay())), actions);
      keep(sale.in(State.APPROVED), actions);
      actions.add(new TillAction.Tell(new TillNews.Reversed(taken.key())));
    } else if (message.field(Elements.APPROVAL).isEmpty()
        || message.field(Elements.REFERENCE).isEmpty()
        || day.isEmpty()) {
      // An approval that lacks what makes it one is no answer.
      reverse(sale, nowMillis, actions);
      actions.add(new TillAction.Tell(new TillNews.NotConfirmed(sale.key())));
    } else {
      var approval = message.field(Elements.APPROVAL).orElseThrow();
      keep(
          sale.approved(approval, message.field(Elements.REFERENCE).orElseThrow(), day.get()),
          actions);
      actions.add(
          new TillAction.Tell(new TillNews.Approved(sale.key(), sale.amountWon(), approval)));
    }
  }

  private void undone(
      TillSale sale, Iso8583Message message, long nowMillis, List<TillAction> actions) {
    var code = code(message).orElse(ResponseCode.REFUSED);
    switch (code) {
      case APPROVED, ORIGINAL_NOT_FOUND -> {
        keep(
            sale.reversed(settlementDay(message, nowMillis).orElse(sale.settlementDay())), actions);
        actions.add(new TillAction.Tell(new TillNews.Reversed(sale.key())));
      }
      // Asked again later.
      case UNAVAILABLE -> deadlineMillis = nowMillis + RETRY.toMillis();
      default -> {
        keep(sale.in(State.UNRESOLVED), actions);
        actions.add(new TillAction.Tell(new TillNews.Unresolved(sale.key(), code.code())));
      }
    }
  }

  private void dayAnswered(Iso8583Message message, long nowMillis, List<TillAction> actions) {
    var day = closing;
    closing = null;
    if (day == null) return; // An echo.
    var code = code(message).orElse(ResponseCode.REFUSED);
    if (code == ResponseCode.APPROVED) {
      closed.add(day);
      actions.add(new TillAction.Keep("closed|" + day));
      actions.add(new TillAction.Tell(new TillNews.DayClosed(day, totals(day))));
    } else {
      actions.add(new TillAction.Tell(new TillNews.DayOpen(day, code)));
    }
    deadlineMillis = nowMillis;
  }

  private void unanswered(long nowMillis, List<TillAction> actions) {
    var sale = about == null ? null : sales.get(about);
    request = null;
    deadlineMillis = nowMillis + RETRY.toMillis();
    if (sale == null) {
      var day = closing;
      closing = null;
      if (day != null) {
        actions.add(new TillAction.Tell(new TillNews.DayOpen(day, ResponseCode.UNAVAILABLE)));
      }
    } else if (sale.state() == State.SENT && sale.voids() == 0) {
      reverse(sale, nowMillis, actions);
      actions.add(new TillAction.Tell(new TillNews.NotConfirmed(sale.key())));
      next(nowMillis, actions);
    }
    // What is taken back or reversed already is sent again at the deadline.
  }

  // What is sent

  private void reverse(TillSale sale, long nowMillis, List<TillAction> actions) {
    lastStan = following(lastStan);
    keep(sale.reversing(lastStan, Elements.transmitted(nowMillis)), actions);
    deadlineMillis = nowMillis;
  }

  /** Sends, once it is time, what still has no end. */
  private void next(long nowMillis, List<TillAction> actions) {
    var unfinished = unfinished();
    if (request != null || unfinished.isEmpty() || nowMillis < deadlineMillis) return;
    var sale = unfinished.get();
    if (sale.voids() != 0) {
      send(voiding(sale, saleOf(sale.voids(), sale.key())), sale.key(), nowMillis, actions);
      return;
    }
    boolean repeated = !reversalsSent.add(sale.key());
    var type = (sale.unanswered() ? "042" : "040") + (repeated ? "1" : "0");
    var reversal =
        message(type, Elements.PURCHASE, sale, nowMillis)
            .with(Elements.STAN, Elements.number(sale.reversalStan(), 6))
            .with(Elements.TRANSMITTED, sale.reversalTransmitted())
            .with(Elements.ORIGINAL, Elements.original(sale.key(), sale.transmitted()));
    send(reversal, sale.key(), nowMillis, actions);
  }

  private Optional<TillSale> unfinished() {
    return sales.values().stream()
        .filter(sale -> sale.state() == State.REVERSING || sale.state() == State.SENT)
        .findFirst();
  }

  private void send(
      Iso8583Message message, @Nullable SaleKey key, long nowMillis, List<TillAction> actions) {
    request = message;
    about = key;
    deadlineMillis = nowMillis + patience.toMillis();
    actions.add(new TillAction.Send(message));
  }

  private Iso8583Message voiding(TillSale sale, TillSale original) {
    return message("0200", Elements.VOID, sale, 0)
        .with(Elements.APPROVAL, original.approval())
        .with(Elements.REFERENCE, original.reference())
        .with(Elements.ORIGINAL, Elements.original(original.key(), original.transmitted()));
  }

  private Iso8583Message message(String type, String processing, TillSale sale, long nowMillis) {
    // A repetition says when the sale was, not when it was repeated.
    var plain =
        Map.of(
            Elements.PROCESSING, processing,
            Elements.AMOUNT, Elements.number(sale.amountWon(), 12),
            Elements.TRANSMITTED, sale.transmitted(),
            Elements.STAN, Elements.number(sale.key().stan(), 6),
            Elements.LOCAL_DATE, Elements.monthDay(sale.settlementDay()),
            Elements.ENTRY_MODE, Elements.BY_QR,
            Elements.TERMINAL, terminal.value(),
            Elements.MERCHANT, merchant,
            Elements.CURRENCY, Elements.WON);
    var message = Iso8583Message.of(type, plain);
    return nowMillis == 0
        ? message
        : message.with(Elements.LOCAL_TIME, Elements.localTime(nowMillis, zone));
  }

  private static boolean answers(Iso8583Message answer, Iso8583Message request) {
    var type = request.type().substring(0, 2) + (request.type().charAt(2) == '2' ? "30" : "10");
    if (!answer.type().equals(type)) return false;
    for (int element :
        List.of(Elements.STAN, Elements.TRANSMITTED, Elements.TERMINAL, Elements.PROCESSING)) {
      if (!answer.field(element).equals(request.field(element))) return false;
    }
    return answer.field(Elements.AMOUNT).equals(request.field(Elements.AMOUNT));
  }

  private static Optional<ResponseCode> code(Iso8583Message answer) {
    return answer.field(Elements.RESPONSE).flatMap(ResponseCode::of);
  }

  private Optional<LocalDate> settlementDay(Iso8583Message answer, long nowMillis) {
    return answer
        .field(Elements.SETTLEMENT_DATE)
        .flatMap(date -> Elements.day(date, Elements.today(nowMillis, zone)));
  }

  // What is kept

  private TillSale sale(long amountWon, int voids, long nowMillis) {
    if (amountWon < 1 || amountWon > TerminalHost.MAX_AMOUNT_WON) {
      throw new IllegalArgumentException("not an amount: " + amountWon);
    }
    var transmitted = Elements.transmitted(nowMillis);
    lastStan = following(lastStan);
    var key = new SaleKey(terminal, lastStan, Elements.today(nowMillis, ZoneOffset.UTC));
    var today = Elements.today(nowMillis, zone);
    return new TillSale(
        key,
        voids,
        amountWon,
        transmitted,
        State.SENT,
        " ".repeat(6),
        " ".repeat(12),
        today,
        today,
        0,
        "",
        false);
  }

  private TillSale saleOf(int stan, SaleKey voiding) {
    // Numbers come round after a million, so the latest sale of that number is meant.
    return sales.headMap(voiding, false).descendingMap().values().stream()
        .filter(sale -> sale.key().stan() == stan)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sale of number " + stan));
  }

  private int nextStan(List<TillAction> actions) {
    lastStan = following(lastStan);
    actions.add(new TillAction.Keep("stan|" + lastStan));
    return lastStan;
  }

  private static int following(int stan) {
    return stan == SaleKey.MAX_STAN ? 1 : stan + 1;
  }

  private void keep(TillSale sale, List<TillAction> actions) {
    sales.put(sale.key(), sale);
    actions.add(new TillAction.Keep(sale.line()));
  }

  private void requireFree() {
    if (!isFree()) throw new IllegalStateException("something has no end yet");
  }
}
