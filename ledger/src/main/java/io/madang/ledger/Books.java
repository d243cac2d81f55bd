package io.madang.ledger;

import java.util.Arrays;

/**
 * The invariants of the books, over what a block changed: per asset, balances grew by what was
 * issued and shrank by what was redeemed, and what balances hold is what open holds keep. It costs
 * little because unchanged rows cannot break them, so it is done after every block, in production.
 *
 * <p>Summed from the rows before and after, not from what operations meant to do.
 */
final class Books {
  private Books() {}

  /**
   * Checks the pending changes. After a restore, when everything is pending, this checks all.
   *
   * @throws IllegalStateException when the books do not balance: a bug, and the process must stop
   */
  static void check(State state) {
    var sums = new Sums();
    state.balances.changes(
        (slot, before, after) -> {
          if (before != null) {
            sums.add(before.asset(), -1, before.available() + before.held(), before.held());
          }
          if (after != null) {
            sums.add(after.asset(), 1, after.available() + after.held(), after.held());
          }
        });
    state.assets.changes(
        (slot, before, after) -> {
          if (before != null) {
            sums.add(slot, 1, before.supply(), 0);
          }
          if (after != null) {
            sums.add(slot, -1, after.supply(), 0);
          }
        });
    state.holds.changes(
        (slot, before, after) -> {
          if (before != null) {
            sums.add(asset(state, before), 1, 0, before.remaining());
          }
          if (after != null) {
            sums.add(asset(state, after), -1, 0, after.remaining());
          }
        });
    sums.requireZero();
  }

  private static int asset(State state, Hold hold) {
    Integer slot = state.assetSlots.find(hold.asset());
    if (slot == null) {
      throw new IllegalStateException("a hold of no asset: " + hold.asset());
    }
    return slot;
  }

  /** What is left over of each asset. Wraps around at 2^64, which zero survives. */
  private static final class Sums {
    private long[] total = new long[4];
    private long[] held = new long[4];

    void add(int asset, int sign, long totalChange, long heldChange) {
      if (asset >= total.length) {
        total = Arrays.copyOf(total, asset + 1);
        held = Arrays.copyOf(held, asset + 1);
      }
      total[asset] += sign * totalChange;
      held[asset] += sign * heldChange;
    }

    void requireZero() {
      for (int asset = 0; asset < total.length; asset++) {
        if (total[asset] != 0 || held[asset] != 0) {
          throw new IllegalStateException(
              "the books of the asset in slot %d are off by %d, held by %d"
                  .formatted(asset, total[asset], held[asset]));
        }
      }
    }
  }
}
