package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.StateRow;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a block changed, as bytes: for each its table (4 bytes), slot (8), length (4, -1
 * for a cleared slot) and content, all numbers big-endian.
 */
final class ChangedRows {
  private static final int HEAD = Integer.BYTES + Long.BYTES + Integer.BYTES;
  private static final int CLEARED = -1;

  private ChangedRows() {}

  static byte[] encode(List<StateRow> rows) {
    int length = 0;
    for (var row : rows) {
      length += HEAD + row.row().map(bytes -> bytes.length).orElse(0);
    }
    var bytes = ByteBuffer.allocate(length);
    for (var row : rows) {
      bytes.putInt(row.table()).putLong(row.slot());
      if (row.row().isPresent()) {
        bytes.putInt(row.row().get().length).put(row.row().get());
      } else {
        bytes.putInt(CLEARED);
      }
    }
    return bytes.array();
  }

  /**
   * The rows in the order in which they were written.
   *
   * @throws CorruptChainException when the bytes are no rows
   */
  static List<StateRow> decode(long height, byte[] encoded) {
    var rows = new ArrayList<StateRow>();
    var bytes = ByteBuffer.wrap(encoded);
    try {
      while (bytes.hasRemaining()) {
        int table = bytes.getInt();
        long slot = bytes.getLong();
        int length = bytes.getInt();
        if (length < CLEARED || length > bytes.remaining()) {
          throw new BufferUnderflowException();
        }
        Optional<byte[]> row = Optional.empty();
        if (length != CLEARED) {
          var content = new byte[length];
          bytes.get(content);
          row = Optional.of(content);
        }
        rows.add(new StateRow(table, slot, row));
      }
    } catch (BufferUnderflowException cut) {
      throw new CorruptChainException(height, "the stored bytes are no changed rows");
    }
    return rows;
  }
}
