package io.madang.ledger;

import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.Verified;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints how many transfers a second the ledger applies on one core: proposal, execution, state
 * hash and commit, without signatures and reading. Not a test; run its {@code main}.
 */
final class Speed {
  private Speed() {}

  public static void main(String[] arguments) {
    int persons = Integer.getInteger("madang.persons", 20_000);
    int transfers = Integer.getInteger("madang.transfers", 200_000);
    var world = new World();
    var people = new ArrayList<Person>();
    for (int i = 0; i < persons; i += 1_000) {
      var opening = new ArrayList<Verified<LedgerCandidate>>();
      for (int j = i; j < i + 1_000; j++) {
        var person = Person.number(10_000 + j);
        people.add(person);
        opening.add(world.verified(world.openAccount(person, AccountKind.PERSON, Limits.NONE)));
      }
      world.blockOf(opening);
    }
    for (int i = 0; i < 100; i++) {
      world.done(world.issue(people.get(i), World.coins(1_000_000_000), "wire " + i));
    }
    var random = Seeds.random(1);
    var all = new ArrayList<Verified<LedgerCandidate>>();
    for (int i = 0; i < transfers; i++) {
      var to = people.get(100 + random.nextInt(persons - 100));
      all.add(world.verified(world.transfer(people.get(i % 100), to, 1 + i % 50)));
    }
    System.out.println("accounts " + persons + ", transfers " + transfers);
    for (int round = 0, next = 0; next < transfers; round++) {
      int block = round % 2 == 0 ? 2_000 : 100;
      int count = Math.min(transfers - next, 20_000);
      measure(world.ledger(), world.time(), all.subList(next, next + count), block);
      next += count;
    }
  }

  /** The thread's own time: what else the machine does is left out. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void measure(
      Ledger ledger, long time, List<Verified<LedgerCandidate>> all, int size) {
    long start = cpuNanos();
    for (int i = 0; i < all.size(); i += size) {
      long height = ledger.standing().height() + 1;
      var kept = ledger.prepareProposal(height, time, all.subList(i, i + size)).kept();
      if (kept.size() != size) {
        throw new IllegalStateException("refused: " + (size - kept.size()));
      }
      ledger.finalizeBlock(new BlockRequest<>(height, time, kept));
      ledger.commit();
    }
    long nanos = cpuNanos() - start;
    System.out.printf(
        "blocks of %5d: %,9d transfers/s%n", size, all.size() * 1_000_000_000L / nanos);
  }
}
