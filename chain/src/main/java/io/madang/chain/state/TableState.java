package io.madang.chain.state;

import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Hash;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything an application remembers, in {@link Tables}. Changes are pending until {@link
 * #commit}, or taken back by {@link #discard}.
 */
public interface TableState {
  /** The hash over the pending state. */
  Hash hash();

  /** Takes back all that is pending. */
  void discard();

  /** Makes the pending state the committed one and tells which rows changed, by table and slot. */
  List<StateRow> commit();

  /** All committed rows, by table and slot. */
  Stream<StateRow> rows();

  /**
   * Takes in stored rows and rebuilds everything beside them.
   *
   * @throws IllegalStateException when the rows are not what this application wrote
   */
  void restore(Stream<StateRow> rows);
}
