package io.madang.vending.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A ledger that allows no slip: a capture without a hold, a release of what was captured, another
 * amount under the same name fail the test. Answers come late, and not at all while it is away.
 */
final class StrictLedger implements LedgerPort {
  private enum End {
    HELD,
    CAPTURED,
    RELEASED
  }

  private record Hold(End end, long won, long taken) {}

  private record Answer(long at, Runnable what) {}

  private final Map<VendId, Hold> holds = new HashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private final TreeMap<Long, VendId> shown = new TreeMap<>();
  private final RandomGenerator random;
  private final LongSupplier now;
  private final Consumer<VendId> onShown;
  boolean reliable;
  long awayUntil;
  long captures;
  long capturedWon;

  StrictLedger(RandomGenerator random, LongSupplier now, Consumer<VendId> onShown) {
    this.random = random;
    this.now = now;
    this.onShown = onShown;
  }

  long stillHeld() {
    return holds.values().stream().filter(hold -> hold.end == End.HELD).count();
  }

  boolean isHeld(VendId sale) {
    var hold = holds.get(sale);
    return hold != null && hold.end == End.HELD;
  }

  /** The agent that asked is dead: nobody hears these. */
  void forgetAnswers() {
    answers.clear();
  }

  void answer() {
    for (var answer : List.copyOf(answers)) {
      if (answer.at <= now.getAsLong() && answers.remove(answer)) {
        answer.what.run();
      }
    }
  }

  @Override
  public void showPrice(VendId sale, int item, long won) {
    shown.put(sale.number(), sale);
    onShown.accept(sale);
  }

  @Override
  public void hidePrice(VendId sale) {
    shown.remove(sale.number());
  }

  @Override
  public void hold(VendId sale, String payer, long won, Consumer<Boolean> answer) {
    apply(
        () -> {
          var hold = holds.computeIfAbsent(sale, _ -> new Hold(End.HELD, won, 0));
          later(() -> answer.accept(hold.end == End.HELD));
        });
  }

  @Override
  public void capture(VendId sale, long won, Runnable done) {
    apply(
        () -> {
          var hold = holds.get(sale);
          if (hold == null || hold.end == End.RELEASED || won > hold.won) {
            throw new AssertionError("capture of " + sale + " which is " + hold);
          }
          if (hold.end == End.HELD) {
            holds.put(sale, new Hold(End.CAPTURED, hold.won, won));
            captures++;
            capturedWon += won;
          } else if (hold.taken != won) {
            throw new AssertionError("another amount for " + sale);
          }
          later(done);
        });
  }

  @Override
  public void release(VendId sale, Runnable done) {
    apply(
        () -> {
          var hold = holds.get(sale);
          if (hold != null && hold.end == End.CAPTURED) {
            throw new AssertionError("release of " + sale + " which was captured");
          }
          holds.put(sale, new Hold(End.RELEASED, 0, 0));
          later(done);
        });
  }

  private void apply(Runnable what) {
    if (now.getAsLong() >= awayUntil) {
      what.run();
    }
  }

  private void later(Runnable what) {
    // The gateway may die between the ledger and its answer.
    if (reliable || random.nextInt(100) != 0) {
      answers.add(new Answer(now.getAsLong() + random.nextInt(400), what));
    }
  }
}
