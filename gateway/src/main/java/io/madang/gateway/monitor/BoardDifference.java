package io.madang.gateway.monitor;

import io.madang.gateway.monitor.Alarm.Kind;
import java.util.HashSet;
import java.util.List;

/**
 * How two versions of a board differ, neither of which is the beginning of the other.
 *
 * @param sentence for people
 */
record BoardDifference(Kind kind, String sentence) {
  /**
   * Names the gravest difference.
   *
   * @param before the ballots that were shown before, in order
   * @param now those that are shown now
   */
  static <T> BoardDifference between(List<T> before, List<T> now) {
    int same = 0;
    while (same < before.size() && same < now.size() && before.get(same).equals(now.get(same))) {
      same++;
    }
    var place = "from ballot " + (same + 1) + " on";
    var missing = new HashSet<>(before);
    now.forEach(missing::remove);
    if (!missing.isEmpty() && before.containsAll(now)) {
      return new BoardDifference(
          Kind.SHRUNK, "It dropped %d ballots, %s.".formatted(missing.size(), place));
    }
    if (missing.isEmpty() && same < before.size()) {
      return new BoardDifference(
          Kind.REORDERED, "Its ballots stand in another order, " + place + ".");
    }
    return new BoardDifference(
        Kind.FORKED, "It shows another board than was shown before, %s.".formatted(place));
  }
}
