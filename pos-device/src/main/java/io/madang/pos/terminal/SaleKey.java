package io.madang.pos.terminal;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;

/**
 * The name of a sale, by which everything that is done for it is done once: its terminal, the
 * number that the terminal gave it (STAN, data element 11), and the day of its transmission in UTC
 * (data element 7). A terminal's numbers begin again after 999,999.
 */
public record SaleKey(TerminalId terminal, int stan, LocalDate day) implements Comparable<SaleKey> {
  static final int MAX_STAN = 999_999;

  private static final Comparator<SaleKey> ORDER =
      Comparator.comparing(SaleKey::day)
          .thenComparing(SaleKey::terminal)
          .thenComparingInt(SaleKey::stan);

  public SaleKey {
    if (stan < 1 || stan > MAX_STAN) throw new IllegalArgumentException("not a STAN: " + stan);
  }

  /** Reads what {@link #toString} wrote. */
  static SaleKey parse(String text) {
    var parts = text.split("/", -1);
    return new SaleKey(
        new TerminalId(parts[0]), Integer.parseInt(parts[1]), LocalDate.parse(parts[2]));
  }

  @Override
  public int compareTo(SaleKey other) {
    return ORDER.compare(this, other);
  }

  /** As journals and the gateway name it: {@code TILL0001/000042/2026-11-22}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s/%06d/%s", terminal, stan, day);
  }
}
