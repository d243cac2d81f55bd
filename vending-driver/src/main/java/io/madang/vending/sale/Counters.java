package io.madang.vending.sale;

/**
 * The machine's own counters that only grow, as its audit tells them (EVA-DTS DA2 and PA2).
 *
 * @param cashless items sold without cash
 * @param ofItem items sold of the one in question, however paid
 */
public record Counters(long cashless, long ofItem) {
  public Counters {
    if (cashless < 0 || ofItem < 0) {
      throw new IllegalArgumentException("a counter is negative");
    }
  }
}
