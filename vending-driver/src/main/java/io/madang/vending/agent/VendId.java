package io.madang.vending.agent;

/**
 * Names one sale for ever: what the ledger is asked for under it, is done once.
 *
 * @param number counted by the machine's journal, never used again
 */
public record VendId(String machine, long number) {
  @Override
  public String toString() {
    return machine + "-" + number;
  }
}
