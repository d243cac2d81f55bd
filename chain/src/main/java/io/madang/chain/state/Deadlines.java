package io.madang.chain.state;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The times at which rows of a committed table end, earliest first; rows of the same time by slot.
 */
public final class Deadlines {
  /** The time of a row that does not end, or is not there. */
  public static final long NEVER = -1;

  private record Deadline(long timeMillis, int slot) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(timeMillis, other.timeMillis);
      return byTime != 0 ? byTime : Integer.compare(slot, other.slot);
    }
  }

  private final TreeSet<Deadline> queue = new TreeSet<>();

  /** No deadline yet. */
  public Deadlines() {}

  public void add(long timeMillis, int slot) {
    queue.add(new Deadline(timeMillis, slot));
  }

  public void remove(long timeMillis, int slot) {
    if (!queue.remove(new Deadline(timeMillis, slot))) {
      throw new IllegalStateException("no deadline for slot " + slot);
    }
  }

  /** What a change of a row means: it ended at one time and ends at another, or {@link #NEVER}. */
  public void move(int slot, long before, long after) {
    if (before == after) {
      return;
    }
    if (before != NEVER) {
      remove(before, slot);
    }
    if (after != NEVER) {
      add(after, slot);
    }
  }

  public OptionalLong first() {
    return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.first().timeMillis());
  }

  /** The slots of rows that end at {@code timeMillis} or before. */
  public int[] until(long timeMillis) {
    if (queue.isEmpty() || queue.first().timeMillis() > timeMillis) {
      return new int[0];
    }
    return queue.headSet(new Deadline(timeMillis, Integer.MAX_VALUE), true).stream()
        .mapToInt(Deadline::slot)
        .toArray();
  }
}
