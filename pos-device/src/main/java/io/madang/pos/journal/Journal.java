package io.madang.pos.journal;

import java.util.List;

/** Lines that survive a power cut, in the order in which they were written. */
public interface Journal {
  /** Everything that was written. */
  List<String> entries();

  /** Writes a line; it is durable when this returns. */
  void append(String entry);

  /** Replaces everything by these lines, wholly or, when a cut comes in between, not at all. */
  void compact(List<String> entries);
}
