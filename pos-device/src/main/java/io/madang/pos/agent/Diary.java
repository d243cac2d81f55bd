package io.madang.pos.agent;

import io.madang.pos.journal.Journal;
import java.util.List;
import java.util.function.Supplier;

/** A machine's journal, made short again whenever it has grown. */
final class Diary {
  private static final int LONG = 10_000;

  private final Journal journal;
  private final Supplier<List<String>> shortest;
  private int written;

  /**
   * @param shortest the fewest entries that say what the machine knows now
   */
  Diary(Journal journal, Supplier<List<String>> shortest) {
    this.journal = journal;
    this.shortest = shortest;
    journal.compact(shortest.get());
  }

  void append(String entry) {
    journal.append(entry);
    // The machine may be ahead by what is appended next; to write that earlier is harmless.
    if (++written == LONG) {
      written = 0;
      journal.compact(shortest.get());
    }
  }
}
