package io.madang.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench compares every figure itself; here it runs on a small day. */
class CloseBenchTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_small_day_is_closed_twice_with_the_same_file() throws Exception {
    CloseBench.make(folder, new DayMaker.Size(7, 300, 12), 42);

    assertEquals(CloseDay.run(folder).file(), CloseDay.run(folder).file());
  }
}
