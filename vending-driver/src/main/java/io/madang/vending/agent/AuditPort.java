package io.madang.vending.agent;

import io.madang.vending.sale.Counters;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the machine's counters, over its audit port (EVA-DTS). No call blocks. */
public interface AuditPort {
  /**
   * Reads them once.
   *
   * @param answer the counters as they are now, or nothing if they could not be read
   */
  void read(int item, Consumer<Optional<Counters>> answer);
}
