package io.madang.gateway.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.payment.settlement.Posting;
import io.madang.payment.settlement.StatementLine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of a statement, {@value #BYTES} bytes each. Account, asset and index are known outside. */
final class PackedLines {
  /** Position, time, kind, amount, fee, refunded payment, refunded before. */
  static final int BYTES = 12 + 8 + 1 + 8 + 8 + 12 + 8;

  private static final List<Posting.Kind> KINDS =
      List.of(
          Posting.Kind.CAPTURE,
          Posting.Kind.REFUND,
          Posting.Kind.PAYMENT_MADE,
          Posting.Kind.REFUND_RECEIVED,
          Posting.Kind.ISSUED,
          Posting.Kind.REDEEMED);

  private ByteBuffer buffer = ByteBuffer.allocate(4 * BYTES);

  void add(StatementLine line) {
    if (buffer.remaining() < BYTES) {
      buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
    }
    var posting = line.posting();
    put(posting.position());
    buffer.putLong(posting.timeMillis());
    buffer.put((byte) KINDS.indexOf(posting.kind()));
    buffer.putLong(posting.amount()).putLong(line.fee());
    put(posting.payment());
    buffer.putLong(posting.refundedBefore());
  }

  private void put(Position position) {
    buffer.putLong(position.height()).putInt(position.index());
  }

  int count() {
    return buffer.position() / BYTES;
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** The lines in a chunk. */
  static List<StatementLine> read(
      byte[] bytes, AccountId account, AssetCode asset, long firstIndex) {
    if (bytes.length % BYTES != 0) {
      throw new IllegalStateException("a damaged chunk of lines of " + account);
    }
    var in = ByteBuffer.wrap(bytes);
    var lines = new ArrayList<StatementLine>(bytes.length / BYTES);
    while (in.hasRemaining()) {
      var position = position(in);
      long timeMillis = in.getLong();
      var kind = KINDS.get(in.get());
      long amount = in.getLong();
      long fee = in.getLong();
      var payment = position(in);
      long refundedBefore = in.getLong();
      var posting =
          new Posting(position, timeMillis, account, asset, kind, amount, payment, refundedBefore);
      lines.add(new StatementLine(posting, firstIndex + lines.size(), fee));
    }
    return lines;
  }

  private static Position position(ByteBuffer in) {
    return new Position(in.getLong(), in.getInt());
  }
}
