package io.madang.chain.state;

/** How rows of one table are written and read back. */
public interface RowForm<R> {
  void write(R row, RowWriter to);

  /** Reads what {@link #write} wrote; the caller checks that nothing follows. */
  R read(RowReader from);
}
