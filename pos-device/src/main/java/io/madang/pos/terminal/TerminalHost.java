package io.madang.pos.terminal;

import io.madang.chain.Hash;
import io.madang.pos.iso8583.Iso8583Message;
import io.madang.pos.terminal.HostSale.State;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The side that tills take our coins at: it answers purchases (0200), reversals (0400, 0420), a
 * day's totals (0500) and questions of the network (0800). A machine without clock, disk or line:
 * messages, the ledger's answers and times come in, {@link HostAction}s come out. Not safe for
 * several threads.
 *
 * <p>Money moves once for a key, whatever is lost, repeated or cut: a repetition gets the answer
 * that stands; the same key with another amount is a conflict; a reversal that comes before its
 * sale blocks it. A sale whose answer was not written down before a power cut is reversed at the
 * start: the till never had an answer to it. Once an answer was sent, only the till decides: it
 * reverses what it has no answer to, and repeats that until it is answered.
 */
public final class TerminalHost {
  /** For how many days a sale is remembered, and can be reversed. */
  static final int REMEMBERED_DAYS = 35;

  /** The most that one sale may take, in won. */
  static final long MAX_AMOUNT_WON = 100_000_000;

  private static final long RETRY_MILLIS = 5_000;
  private static final int EVIDENCE_LENGTH = 16;

  private final Set<TerminalId> terminals;
  private final ZoneId zone;
  private final TreeMap<SaleKey, HostSale> sales = new TreeMap<>();
  private final TreeMap<TerminalId, LocalDate> closedThrough = new TreeMap<>();
  private final TreeMap<TerminalId, Map<LocalDate, DayTotals>> closed = new TreeMap<>();

  // What need not survive a power cut: who waits for an answer, and what is tried again when.
  private final Map<SaleKey, Iso8583Message> purchasesWaiting = new HashMap<>();
  private final Map<SaleKey, Iso8583Message> reversalsWaiting = new HashMap<>();
  private final Map<TerminalId, Iso8583Message> closing = new HashMap<>();
  private final TreeMap<SaleKey, Long> retryAtMillis = new TreeMap<>();

  /**
   * A terminal as its journal has it; {@link #start} must come next.
   *
   * @param terminals whom it answers
   * @param zone where the shop is: whose days are settled
   */
  public TerminalHost(Set<TerminalId> terminals, ZoneId zone, List<String> journal) {
    this.terminals = Set.copyOf(terminals);
    this.zone = zone;
    for (var entry : journal) {
      if (entry.startsWith("closed|")) {
        replayClosed(entry);
      } else {
        var sale = HostSale.parse(entry);
        sales.put(sale.key(), sale);
      }
    }
  }

  /** What the power cut left undone. */
  public List<HostAction> start(long nowMillis) {
    var actions = new ArrayList<HostAction>();
    for (var sale : List.copyOf(sales.values())) {
      if (sale.state() == State.REVERSING) {
        ask(new LedgerRequest.Reverse(sale.key(), sale.reversalDay()), actions);
      } else if (sale.state() == State.CHARGING && sale.original() != null) {
        // The sale that it takes back is being reversed, which ends this one, too; unless the cut
        // came between the two entries.
        resumeVoid(sale, nowMillis, actions);
      } else if (sale.state() == State.CHARGING) {
        reverse(sale, ResponseCode.LATE, nowMillis, actions);
      }
    }
    return actions;
  }

  /** The fewest entries that say what the journal says. */
  public List<String> snapshot() {
    var entries = new ArrayList<String>();
    closed.forEach(
        (terminal, days) ->
            days.forEach((day, totals) -> entries.add(closedEntry(terminal, day, totals))));
    for (var sale : sales.values()) entries.add(sale.line());
    return entries;
  }

  /** A till sent this. */
  public List<HostAction> received(Iso8583Message message, long nowMillis) {
    var actions = new ArrayList<HostAction>();
    forget(nowMillis);
    switch (message.type()) {
      case "0200", "0201" -> financial(message, nowMillis, actions);
      case "0400", "0401", "0420", "0421" -> reversal(message, nowMillis, actions);
      case "0500", "0501" -> settlement(message, nowMillis, actions);
      case "0800", "0801" ->
          answer(
              message,
              message.field(Elements.NETWORK).isPresent()
                  ? ResponseCode.APPROVED
                  : ResponseCode.FORMAT_ERROR,
              actions);
      case "0100", "0220", "0221", "0320" ->
          answer(message, ResponseCode.INVALID_TRANSACTION, actions);
      // An answer, which nobody asked for here.
      default -> {}
    }
    return actions;
  }

  /** The ledger answered. */
  public List<HostAction> answered(LedgerRequest request, LedgerAnswer answer, long nowMillis) {
    var actions = new ArrayList<HostAction>();
    switch (request) {
      case LedgerRequest.Charge charge -> charged(charge, answer, nowMillis, actions);
      case LedgerRequest.Reverse reverse -> reversed(reverse, answer, nowMillis, actions);
      case LedgerRequest.Totals totals -> told(totals, answer, actions);
    }
    return actions;
  }

  /** Time passed. */
  public List<HostAction> passed(long nowMillis) {
    var actions = new ArrayList<HostAction>();
    for (var retry : List.copyOf(retryAtMillis.entrySet())) {
      if (retry.getValue() > nowMillis) continue;
      retryAtMillis.remove(retry.getKey());
      var sale = sales.get(retry.getKey());
      if (sale != null && sale.state() == State.REVERSING) {
        ask(new LedgerRequest.Reverse(sale.key(), sale.reversalDay()), actions);
      }
    }
    return actions;
  }

  /** When {@link #passed} should be called. */
  public OptionalLong wakeAtMillis() {
    return retryAtMillis.values().stream().mapToLong(Long::longValue).min();
  }

  // Purchases and voids

  private void financial(Iso8583Message message, long nowMillis, List<HostAction> actions) {
    var key = Elements.key(message, nowMillis);
    var amount = Elements.amount(message);
    var localDay =
        message
            .field(Elements.LOCAL_DATE)
            .flatMap(date -> Elements.day(date, Elements.today(nowMillis, zone)));
    if (key.isEmpty() || amount.isEmpty() || localDay.isEmpty()) {
      answer(message, ResponseCode.FORMAT_ERROR, actions);
      return;
    }
    var known = sales.get(key.get());
    if (known != null) {
      again(known, message, amount.getAsLong(), actions);
      return;
    }
    if (!terminals.contains(key.get().terminal())) {
      answer(message, ResponseCode.NOT_PERMITTED, actions);
      return;
    }
    if (isFar(key.get().day(), nowMillis) || isFar(localDay.get(), nowMillis)) {
      answer(message, ResponseCode.LATE, actions);
      return;
    }
    var sale =
        HostSale.of(
            key.get(),
            amount.getAsLong(),
            evidence(message),
            openDay(key.get().terminal(), localDay.get()));
    var refusal = refusal(message, sale);
    if (refusal != ResponseCode.APPROVED) {
      // Kept, so that the same message is refused again, whatever has changed since.
      answerStanding(keep(sale.answered(refusal), actions), message, actions);
    } else if (isVoid(message)) {
      takeBack(sale, message, nowMillis, actions);
    } else {
      keep(sale, actions);
      purchasesWaiting.put(key.get(), message);
      ask(
          new LedgerRequest.Charge(
              key.get(),
              sale.amountWon(),
              message.field(Elements.CUSTOMER_CODE).orElse(""),
              sale.settlementDay()),
          actions);
    }
  }

  private ResponseCode refusal(Iso8583Message message, HostSale sale) {
    var processing = message.field(Elements.PROCESSING).orElse("");
    boolean known = processing.equals(Elements.PURCHASE) || processing.equals(Elements.VOID);
    if (!known || !message.field(Elements.CURRENCY).orElse("").equals(Elements.WON)) {
      return ResponseCode.INVALID_TRANSACTION;
    }
    if (sale.amountWon() == 0 || sale.amountWon() > MAX_AMOUNT_WON) {
      return ResponseCode.INVALID_AMOUNT;
    }
    // Were it taken now, the totals that the ledger was just asked for would be wrong.
    return closing.containsKey(sale.key().terminal())
        ? ResponseCode.UNAVAILABLE
        : ResponseCode.APPROVED;
  }

  private static boolean isVoid(Iso8583Message message) {
    return message.field(Elements.PROCESSING).orElse("").equals(Elements.VOID);
  }

  /**
   * Whether a sale of this day is none of today's, however the till's clock and zone may differ.
   */
  private boolean isFar(LocalDate day, long nowMillis) {
    return Math.abs(Elements.today(nowMillis, zone).toEpochDay() - day.toEpochDay()) > 1;
  }

  private void again(
      HostSale sale, Iso8583Message message, long amountWon, List<HostAction> actions) {
    boolean same =
        sale.amountWon() == amountWon
            && (sale.evidence().equals(evidence(message)) || sale.evidence().isEmpty());
    if (sale.state() == State.REVERSED || sale.state() == State.REVERSING) {
      boolean unavailable = same && sale.response() == ResponseCode.UNAVAILABLE;
      answer(message, unavailable ? ResponseCode.UNAVAILABLE : ResponseCode.LATE, actions);
    } else if (!same) {
      answer(message, ResponseCode.DUPLICATE, actions);
    } else if (sale.state() == State.ANSWERED) {
      answerStanding(sale, message, actions);
    } else {
      purchasesWaiting.put(sale.key(), message);
    }
  }

  private void charged(
      LedgerRequest.Charge charge, LedgerAnswer answer, long nowMillis, List<HostAction> actions) {
    var sale = sales.get(charge.key());
    // Reversed in the meantime: what the ledger says to the reversal counts.
    if (sale == null || sale.state() != State.CHARGING) return;
    var after =
        switch (answer) {
          case LedgerAnswer.Charged(var approval, var reference) ->
              keep(sale.charged(approval, reference), actions);
          case LedgerAnswer.NotCharged(var why) -> keep(sale.answered(why), actions);
          case LedgerAnswer.Unknown(), LedgerAnswer.Reversed(), LedgerAnswer.Told(var _) ->
              reverse(sale, ResponseCode.UNAVAILABLE, nowMillis, actions);
        };
    var waiting = purchasesWaiting.remove(charge.key());
    if (waiting != null) answerStanding(after, waiting, actions);
  }

  private void takeBack(
      HostSale sale, Iso8583Message message, long nowMillis, List<HostAction> actions) {
    var originalKey = Elements.originalKey(message, nowMillis);
    var original = originalKey.map(sales::get).orElse(null);
    var refusal =
        original == null
            ? ResponseCode.ORIGINAL_NOT_FOUND
            : original.voids()
                    || original.state() != State.ANSWERED
                    || original.response() != ResponseCode.APPROVED
                    || isClosed(original.key().terminal(), original.settlementDay())
                ? ResponseCode.INVALID_TRANSACTION
                : original.amountWon() != sale.amountWon()
                    ? ResponseCode.INVALID_AMOUNT
                    : ResponseCode.APPROVED;
    if (original == null || refusal != ResponseCode.APPROVED) {
      answerStanding(keep(sale.answered(refusal), actions), message, actions);
      return;
    }
    keep(sale.voiding(original.key()), actions);
    purchasesWaiting.put(sale.key(), message);
    reverse(original, ResponseCode.LATE, nowMillis, actions);
  }

  private void resumeVoid(HostSale sale, long nowMillis, List<HostAction> actions) {
    var original = sales.get(sale.original());
    if (original == null || original.state() == State.REVERSED) {
      keep(sale.voided(original == null ? sale.settlementDay() : original.reversalDay()), actions);
    } else if (original.state() != State.REVERSING) {
      reverse(original, ResponseCode.LATE, nowMillis, actions);
    }
  }

  // Reversals

  private void reversal(Iso8583Message message, long nowMillis, List<HostAction> actions) {
    var key = Elements.originalKey(message, nowMillis);
    var amount = Elements.amount(message);
    if (key.isEmpty() || amount.isEmpty()) {
      answer(message, ResponseCode.FORMAT_ERROR, actions);
    } else if (!terminals.contains(key.get().terminal())) {
      answer(message, ResponseCode.NOT_PERMITTED, actions);
    } else if (isForgotten(key.get(), nowMillis)) {
      answer(message, ResponseCode.ORIGINAL_NOT_FOUND, actions);
    } else {
      reversal(key.get(), amount.getAsLong(), message, nowMillis, actions);
    }
  }

  private void reversal(
      SaleKey key,
      long amountWon,
      Iso8583Message message,
      long nowMillis,
      List<HostAction> actions) {
    var sale = sales.get(key);
    if (sale == null) {
      // It came before its sale, or its sale never came. Either way the sale must not come now.
      sale =
          HostSale.of(key, amountWon, "", openDay(key.terminal(), Elements.today(nowMillis, zone)));
    } else if (sale.amountWon() != amountWon) {
      answer(message, ResponseCode.DUPLICATE, actions);
      return;
    } else if (sale.voids()) {
      // Taking back the taking back would be charging a customer who is not there.
      answer(message, ResponseCode.INVALID_TRANSACTION, actions);
      return;
    }
    switch (sale.state()) {
      case REVERSED -> answerReversal(sale, message, actions);
      case REVERSING -> reversalsWaiting.put(key, message);
      case CHARGING, ANSWERED -> {
        reversalsWaiting.put(key, message);
        reverse(sale, ResponseCode.LATE, nowMillis, actions);
      }
    }
  }

  private HostSale reverse(
      HostSale sale, ResponseCode code, long nowMillis, List<HostAction> actions) {
    var day =
        isClosed(sale.key().terminal(), sale.settlementDay())
            ? openDay(sale.key().terminal(), Elements.today(nowMillis, zone))
            : sale.settlementDay();
    var reversing = keep(sale.reversing(code, day), actions);
    ask(new LedgerRequest.Reverse(sale.key(), day), actions);
    return reversing;
  }

  private void reversed(
      LedgerRequest.Reverse reverse,
      LedgerAnswer answer,
      long nowMillis,
      List<HostAction> actions) {
    var sale = sales.get(reverse.key());
    if (sale == null || sale.state() != State.REVERSING) return;
    if (!(answer instanceof LedgerAnswer.Reversed)) {
      retryAtMillis.put(sale.key(), nowMillis + RETRY_MILLIS);
      return;
    }
    retryAtMillis.remove(sale.key());
    var done = keep(sale.reversed(), actions);
    var waiting = reversalsWaiting.remove(sale.key());
    if (waiting != null) answerReversal(done, waiting, actions);
    for (var other : List.copyOf(sales.values())) {
      if (other.state() != State.CHARGING || !sale.key().equals(other.original())) continue;
      var taken = keep(other.voided(done.reversalDay()), actions);
      var voiding = purchasesWaiting.remove(other.key());
      if (voiding != null) answerStanding(taken, voiding, actions);
    }
  }

  // A day's end

  private void settlement(Iso8583Message message, long nowMillis, List<HostAction> actions) {
    var terminal = Elements.terminal(message);
    var day =
        message
            .field(Elements.SETTLEMENT_DATE)
            .flatMap(date -> Elements.day(date, Elements.today(nowMillis, zone)));
    var totals = Elements.totals(message);
    if (terminal.isEmpty() || day.isEmpty() || totals.isEmpty()) {
      answer(message, ResponseCode.FORMAT_ERROR, actions);
      return;
    }
    if (!terminals.contains(terminal.get())) {
      answer(message, ResponseCode.NOT_PERMITTED, actions);
      return;
    }
    var agreed = closed.getOrDefault(terminal.get(), Map.of()).get(day.get());
    if (agreed != null) {
      answerTotals(message, agreed, actions);
    } else if (isClosed(terminal.get(), day.get())) {
      answer(message, ResponseCode.LATE, actions);
    } else if (day.get().isAfter(Elements.today(nowMillis, zone))) {
      answer(message, ResponseCode.INVALID_TRANSACTION, actions);
    } else if (isUnsettled(terminal.get(), day.get())) {
      answer(message, ResponseCode.UNAVAILABLE, actions);
    } else {
      boolean asked = closing.put(terminal.get(), message) != null;
      if (!asked) ask(new LedgerRequest.Totals(terminal.get(), day.get()), actions);
    }
  }

  private boolean isUnsettled(TerminalId terminal, LocalDate day) {
    return sales.values().stream()
        .anyMatch(
            sale ->
                sale.pending()
                    && sale.key().terminal().equals(terminal)
                    && !sale.settlementDay().isAfter(day));
  }

  private void told(LedgerRequest.Totals request, LedgerAnswer answer, List<HostAction> actions) {
    var message = closing.remove(request.terminal());
    if (message == null) return;
    var asked = message.field(Elements.SETTLEMENT_DATE).orElse("");
    // Should the till have asked for another day meanwhile, this answer is not its answer.
    if (!(answer instanceof LedgerAnswer.Told(var totals))
        || !asked.equals(Elements.monthDay(request.settlementDay()))
        || isUnsettled(request.terminal(), request.settlementDay())) {
      answer(message, ResponseCode.UNAVAILABLE, actions);
      return;
    }
    if (Elements.totals(message).equals(Optional.of(totals))) {
      var entry = closedEntry(request.terminal(), request.settlementDay(), totals);
      replayClosed(entry);
      actions.add(new HostAction.Keep(entry));
    }
    answerTotals(message, totals, actions);
  }

  private boolean isClosed(TerminalId terminal, LocalDate day) {
    var through = closedThrough.get(terminal);
    return through != null && !day.isAfter(through);
  }

  /** The first day from this one on whose totals are open. */
  private LocalDate openDay(TerminalId terminal, LocalDate day) {
    var through = closedThrough.get(terminal);
    return through == null || day.isAfter(through) ? day : through.plusDays(1);
  }

  private static String closedEntry(TerminalId terminal, LocalDate day, DayTotals totals) {
    return String.join(
        "|",
        "closed",
        terminal.value(),
        day.toString(),
        Integer.toString(totals.sales()),
        Long.toString(totals.salesWon()),
        Integer.toString(totals.reversals()),
        Long.toString(totals.reversalsWon()));
  }

  private void replayClosed(String entry) {
    var parts = entry.split("\\|", -1);
    var terminal = new TerminalId(parts[1]);
    var day = LocalDate.parse(parts[2]);
    var totals =
        new DayTotals(
            Integer.parseInt(parts[3]),
            Long.parseLong(parts[4]),
            Integer.parseInt(parts[5]),
            Long.parseLong(parts[6]));
    closed.computeIfAbsent(terminal, _ -> new TreeMap<>()).put(day, totals);
    closedThrough.merge(terminal, day, (one, other) -> one.isAfter(other) ? one : other);
  }

  // What is kept, asked and answered

  private HostSale keep(HostSale sale, List<HostAction> actions) {
    sales.put(sale.key(), sale);
    actions.add(new HostAction.Keep(sale.line()));
    return sale;
  }

  private static void ask(LedgerRequest request, List<HostAction> actions) {
    actions.add(new HostAction.Ask(request));
  }

  private boolean isForgotten(SaleKey key, long nowMillis) {
    return key.day().isBefore(Elements.today(nowMillis, zone).minusDays(REMEMBERED_DAYS));
  }

  private void forget(long nowMillis) {
    while (!sales.isEmpty()
        && isForgotten(sales.firstKey(), nowMillis)
        && !sales.firstEntry().getValue().pending()) {
      sales.pollFirstEntry();
    }
    var before = Elements.today(nowMillis, zone).minusDays(REMEMBERED_DAYS);
    for (var entry : closed.entrySet()) {
      // The last closed day stays, whatever its age: it says which days are open.
      var last = closedThrough.get(entry.getKey());
      entry.getValue().keySet().removeIf(day -> day.isBefore(before) && !day.equals(last));
    }
  }

  /** Stands for what the customer showed, without being of use to whoever reads the journal. */
  private static String evidence(Iso8583Message message) {
    var shown =
        message.field(Elements.PROCESSING).orElse("")
            + message.field(Elements.CUSTOMER_CODE).orElse("");
    return Hash.sha256(shown.getBytes(StandardCharsets.US_ASCII))
        .toString()
        .substring(0, EVIDENCE_LENGTH);
  }

  private static void answerStanding(
      HostSale sale, Iso8583Message request, List<HostAction> actions) {
    var answer =
        reply(request, sale.response())
            .with(Elements.SETTLEMENT_DATE, Elements.monthDay(sale.settlementDay()));
    if (!sale.approval().isBlank()) {
      answer =
          answer
              .with(Elements.APPROVAL, sale.approval())
              .with(Elements.REFERENCE, sale.reference());
    }
    actions.add(new HostAction.Send(answer));
  }

  private static void answerReversal(
      HostSale sale, Iso8583Message request, List<HostAction> actions) {
    actions.add(
        new HostAction.Send(
            reply(request, ResponseCode.APPROVED)
                .with(Elements.SETTLEMENT_DATE, Elements.monthDay(sale.reversalDay()))));
  }

  private static void answerTotals(
      Iso8583Message request, DayTotals totals, List<HostAction> actions) {
    boolean agree = Elements.totals(request).equals(Optional.of(totals));
    actions.add(
        new HostAction.Send(
            Elements.withTotals(
                reply(request, agree ? ResponseCode.APPROVED : ResponseCode.TOTALS_DIFFER),
                totals)));
  }

  private static void answer(Iso8583Message request, ResponseCode code, List<HostAction> actions) {
    actions.add(new HostAction.Send(reply(request, code)));
  }

  /** The answer to a request: its type plus ten, what names it, and a code. */
  private static Iso8583Message reply(Iso8583Message request, ResponseCode code) {
    var type = request.type().substring(0, 2) + (request.type().charAt(2) == '2' ? "30" : "10");
    var fields = new TreeMap<>(request.fields());
    fields.keySet().retainAll(ECHOED);
    fields.put(Elements.RESPONSE, code.code());
    return new Iso8583Message(type, fields);
  }

  private static final Set<Integer> ECHOED =
      Set.of(
          Elements.PROCESSING,
          Elements.AMOUNT,
          Elements.TRANSMITTED,
          Elements.STAN,
          Elements.LOCAL_TIME,
          Elements.LOCAL_DATE,
          Elements.SETTLEMENT_DATE,
          Elements.TERMINAL,
          Elements.MERCHANT,
          Elements.CURRENCY,
          Elements.NETWORK,
          Elements.ORIGINAL);
}
