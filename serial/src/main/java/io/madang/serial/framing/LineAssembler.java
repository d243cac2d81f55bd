package io.madang.serial.framing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts lines together from bytes in any fragments. CR, LF and CR LF end a line; empty lines are
 * dropped, and so is a line longer than the limit, whole. Not for several threads.
 */
public final class LineAssembler {
  private final int limit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;

  /**
   * @param limit bytes of the longest line that is kept
   */
  public LineAssembler(int limit) {
    this.limit = limit;
  }

  /** The lines that these bytes complete, as ISO 8859-1: every byte is one character. */
  public List<String> add(byte[] bytes) {
    var lines = new ArrayList<String>();
    for (var b : bytes) {
      if (b == '\r' || b == '\n') {
        if (!tooLong && line.size() > 0) {
          lines.add(line.toString(StandardCharsets.ISO_8859_1));
        }
        clear();
      } else if (line.size() == limit) {
        tooLong = true;
      } else {
        line.write(b);
      }
    }
    return lines;
  }

  /** Forgets what has come of an unfinished line. */
  public void clear() {
    line.reset();
    tooLong = false;
  }
}
