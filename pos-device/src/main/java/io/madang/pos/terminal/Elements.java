package io.madang.pos.terminal;

import io.madang.pos.iso8583.Iso8583Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The data elements of our flows by their meaning: their numbers, how they are written and read.
 */
final class Elements {
  static final int PROCESSING = 3;
  static final int AMOUNT = 4;
  static final int TRANSMITTED = 7;
  static final int STAN = 11;
  static final int LOCAL_TIME = 12;
  static final int LOCAL_DATE = 13;
  static final int SETTLEMENT_DATE = 15;
  static final int ENTRY_MODE = 22;
  static final int REFERENCE = 37;
  static final int APPROVAL = 38;
  static final int RESPONSE = 39;
  static final int TERMINAL = 41;
  static final int MERCHANT = 42;
  static final int CURRENCY = 49;
  static final int CUSTOMER_CODE = 62;
  static final int NETWORK = 70;
  static final int CREDITS = 74;
  static final int CREDIT_REVERSALS = 75;
  static final int DEBITS = 76;
  static final int DEBIT_REVERSALS = 77;
  static final int CREDITS_SUM = 86;
  static final int CREDIT_REVERSALS_SUM = 87;
  static final int DEBITS_SUM = 88;
  static final int DEBIT_REVERSALS_SUM = 89;
  static final int ORIGINAL = 90;
  static final int NET = 97;

  static final String PURCHASE = "000000";
  static final String VOID = "020000";
  static final String SETTLEMENT = "920000";
  static final String BY_QR = "031";
  static final String WON = "410";
  static final String ECHO = "301";

  private static final DateTimeFormatter MONTH_DAY =
      DateTimeFormatter.ofPattern("MMdd", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMddHHmmss", Locale.ROOT);
  private static final int STAMP_LENGTH = 10;
  private static final int HALF_A_YEAR = 183;

  /** Original data elements: type 4, STAN 6, transmitted 10, acquirer 11, forwarder 11. */
  private static final String NO_INSTITUTIONS = "0".repeat(22);

  private Elements() {}

  static String number(long value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", value);
  }

  static String transmitted(long nowMillis) {
    return STAMP.format(ZonedDateTime.ofInstant(Instant.ofEpochMilli(nowMillis), ZoneOffset.UTC));
  }

  static String localTime(long nowMillis, ZoneId zone) {
    return TIME.format(ZonedDateTime.ofInstant(Instant.ofEpochMilli(nowMillis), zone));
  }

  static String monthDay(LocalDate day) {
    return MONTH_DAY.format(day);
  }

  static LocalDate today(long nowMillis, ZoneId zone) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(nowMillis), zone);
  }

  static String original(SaleKey key, String transmitted) {
    return "0200" + number(key.stan(), 6) + transmitted + NO_INSTITUTIONS;
  }

  /** The day that a month and day mean: of the three years around, the one that is nearest. */
  static Optional<LocalDate> day(String monthDay, LocalDate today) {
    try {
      var wanted =
          MonthDay.of(
              Integer.parseInt(monthDay.substring(0, 2)),
              Integer.parseInt(monthDay.substring(2, 4)));
      for (int year = today.getYear() - 1; year <= today.getYear() + 1; year++) {
        if (!wanted.isValidYear(year)) continue;
        var day = wanted.atYear(year);
        if (Math.abs(day.toEpochDay() - today.toEpochDay()) <= HALF_A_YEAR) return Optional.of(day);
      }
      return Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The key of a request: data elements 41, 11 and 7. */
  static Optional<SaleKey> key(Iso8583Message message, long nowMillis) {
    var stan = message.field(STAN);
    var transmitted = message.field(TRANSMITTED);
    return stan.isEmpty() || transmitted.isEmpty()
        ? Optional.empty()
        : key(message, stan.get(), transmitted.get(), nowMillis);
  }

  /** The key of the purchase that a reversal or void names: data elements 41 and 90. */
  static Optional<SaleKey> originalKey(Iso8583Message message, long nowMillis) {
    var original = message.field(ORIGINAL);
    if (original.isEmpty() || !original.get().startsWith("0200")) return Optional.empty();
    return key(
        message,
        original.get().substring(4, 10),
        original.get().substring(10, 10 + STAMP_LENGTH),
        nowMillis);
  }

  private static Optional<SaleKey> key(
      Iso8583Message message, String stan, String transmitted, long nowMillis) {
    var terminal = terminal(message);
    var day = day(transmitted.substring(0, 4), today(nowMillis, ZoneOffset.UTC));
    int number = Integer.parseInt(stan);
    return terminal.isEmpty() || day.isEmpty() || number == 0
        ? Optional.empty()
        : Optional.of(new SaleKey(terminal.get(), number, day.get()));
  }

  static Optional<TerminalId> terminal(Iso8583Message message) {
    return message.field(TERMINAL).filter(TerminalId::isValid).map(TerminalId::new);
  }

  static OptionalLong amount(Iso8583Message message) {
    return message
        .field(AMOUNT)
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }

  /** The message with a day's totals: purchases are debits, their reversals reversed debits. */
  static Iso8583Message withTotals(Iso8583Message message, DayTotals totals) {
    return message
        .with(CREDITS, number(0, 10))
        .with(CREDIT_REVERSALS, number(0, 10))
        .with(DEBITS, number(totals.sales(), 10))
        .with(DEBIT_REVERSALS, number(totals.reversals(), 10))
        .with(CREDITS_SUM, number(0, 16))
        .with(CREDIT_REVERSALS_SUM, number(0, 16))
        .with(DEBITS_SUM, number(totals.salesWon(), 16))
        .with(DEBIT_REVERSALS_SUM, number(totals.reversalsWon(), 16))
        .with(NET, (totals.netWon() < 0 ? "C" : "D") + number(Math.abs(totals.netWon()), 16));
  }

  /** The totals that a message carries; empty where one is missing or they do not fit together. */
  static Optional<DayTotals> totals(Iso8583Message message) {
    var sales = count(message, DEBITS);
    var reversals = count(message, DEBIT_REVERSALS);
    var salesWon = sum(message, DEBITS_SUM);
    var reversalsWon = sum(message, DEBIT_REVERSALS_SUM);
    if (sales.isEmpty() || reversals.isEmpty() || salesWon.isEmpty() || reversalsWon.isEmpty()) {
      return Optional.empty();
    }
    var totals =
        new DayTotals(
            sales.getAsInt(), salesWon.getAsLong(), reversals.getAsInt(), reversalsWon.getAsLong());
    // What does not count here must be zero, and the net must be that of the sums.
    var whole = Iso8583Message.of(message.type(), Map.of());
    for (var element : withTotals(whole, totals).fields().entrySet()) {
      if (!message.field(element.getKey()).equals(Optional.of(element.getValue()))) {
        return Optional.empty();
      }
    }
    return Optional.of(totals);
  }

  private static OptionalInt count(Iso8583Message message, int element) {
    var sum = sum(message, element);
    return sum.isEmpty() || sum.getAsLong() > Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of((int) sum.getAsLong());
  }

  private static OptionalLong sum(Iso8583Message message, int element) {
    return message
        .field(element)
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }
}
