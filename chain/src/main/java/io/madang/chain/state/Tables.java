package io.madang.chain.state;

import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All tables of an application and the indexes that find rows in them: hashed, made final and taken
 * back together. The table of number n is the n-th, counted from 1.
 */
public final class Tables {
  private final List<Table<?>> tables;
  private final List<Index<?, ?>> indexes;
  private final int alwaysHashed;
  private final SlotTree roots = new SlotTree();

  public Tables(List<Table<?>> tables, List<Index<?, ?>> indexes) {
    this(tables, indexes, tables.size());
  }

  /**
   * Tables of which the last ones came later.
   *
   * @param alwaysHashed how many of the first tables enter the hash even when they are empty; of
   *     the others those enter that are not empty or stand before one that is not, so that a state
   *     from before they came keeps its hash
   */
  public Tables(List<Table<?>> tables, List<Index<?, ?>> indexes, int alwaysHashed) {
    this.tables = List.copyOf(tables);
    this.indexes = List.copyOf(indexes);
    this.alwaysHashed = alwaysHashed;
  }

  /** The hash over the pending state. */
  public Hash hash() {
    int hashed = alwaysHashed;
    for (int i = 0; i < tables.size(); i++) {
      roots.set(i, tables.get(i).root());
      if (i >= hashed && !tables.get(i).isEmpty()) {
        hashed = i + 1;
      }
    }
    roots.resize(hashed);
    return Hash.of(roots.root());
  }

  /** Takes back all that is pending. */
  public void discard() {
    tables.forEach(Table::discard);
    indexes.forEach(Index::discard);
  }

  /** Makes the pending state the committed one and tells which rows changed, by table and slot. */
  public List<StateRow> commit() {
    var changed = new ArrayList<StateRow>();
    for (var table : tables) {
      table.commit(changed::add);
    }
    indexes.forEach(Index::commit);
    return changed;
  }

  /** All committed rows, by table and slot. */
  public Stream<StateRow> rows() {
    return tables.stream().flatMap(Table::rows);
  }

  /**
   * Takes in stored rows; what finds them is then rebuilt from {@link Table#eachPresent}.
   *
   * @throws IllegalStateException when the rows are not what these tables wrote
   */
  public void restore(Stream<StateRow> rows) {
    rows.forEach(this::restore);
    tables.forEach(Table::closeGaps);
  }

  private void restore(StateRow row) {
    if (row.table() < 1 || row.table() > tables.size()) {
      throw new IllegalStateException("no table has the number " + row.table());
    }
    var bytes = row.row().orElseThrow(() -> new IllegalStateException("a cleared slot was stored"));
    tables.get(row.table() - 1).restore(Math.toIntExact(row.slot()), bytes);
  }
}
