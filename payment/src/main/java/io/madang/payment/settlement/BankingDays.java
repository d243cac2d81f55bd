package io.madang.payment.settlement;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The days on which banks carry out payments: neither a weekend nor a holiday. Holidays are data
 * that an operator keeps, because governments announce some of them weeks ahead.
 */
public final class BankingDays {
  private static final int MAX_LENGTH = 1 << 16;

  private final SortedSet<Integer> years;
  private final NavigableMap<LocalDate, String> holidays;

  private BankingDays(SortedSet<Integer> years, NavigableMap<LocalDate, String> holidays) {
    this.years = years;
    this.holidays = holidays;
  }

  /**
   * Reads a calendar: lines {@code year 2026} say which years are complete, lines {@code 2026-03-01
   * name} name a holiday; empty lines and those that begin with {@code #} are for people.
   *
   * @throws IllegalArgumentException naming the line that is wrong
   */
  public static BankingDays read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a calendar has at most 65,536 characters");
    }
    var years = new TreeSet<Integer>();
    var holidays = new TreeMap<LocalDate, String>();
    int number = 0;
    for (var line : text.split("\n", -1)) {
      number++;
      var content = line.strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      try {
        readLine(content, years, holidays);
      } catch (DateTimeException | IllegalArgumentException fault) {
        throw new IllegalArgumentException("line " + number + ": " + fault.getMessage(), fault);
      }
    }
    for (var day : holidays.keySet()) {
      if (!years.contains(day.getYear())) {
        throw new IllegalArgumentException("a holiday of a year that is not listed: " + day);
      }
    }
    return new BankingDays(years, holidays);
  }

  private static void readLine(
      String content, SortedSet<Integer> years, Map<LocalDate, String> holidays) {
    int space = content.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("a date and a name are separated by a space");
    }
    var first = content.substring(0, space);
    var rest = content.substring(space + 1).strip();
    if (first.equals("year")) {
      years.add(LocalDate.parse(rest + "-01-01").getYear());
    } else if (holidays.putIfAbsent(LocalDate.parse(first), rest) != null) {
      throw new IllegalArgumentException("the day stands here twice");
    }
  }

  /** Every holiday with its name, weekends included. */
  public NavigableMap<LocalDate, String> holidays() {
    return new TreeMap<>(holidays);
  }

  /**
   * Whether banks carry out payments on a day.
   *
   * @throws IllegalArgumentException when the calendar does not know that year: an operator must
   *     bring a newer one rather than have payouts guessed
   */
  public boolean isOpen(LocalDate day) {
    if (!years.contains(day.getYear())) {
      throw new IllegalArgumentException("the calendar does not know the year of " + day);
    }
    var weekday = day.getDayOfWeek();
    return weekday != DayOfWeek.SATURDAY
        && weekday != DayOfWeek.SUNDAY
        && !holidays.containsKey(day);
  }

  /**
   * The n-th banking day after a day, for T+n.
   *
   * @param count at least 1
   */
  public LocalDate after(LocalDate day, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one banking day after: " + count);
    }
    var date = day;
    for (int left = count; left > 0; ) {
      date = date.plusDays(1);
      if (isOpen(date)) {
        left--;
      }
    }
    return date;
  }
}
