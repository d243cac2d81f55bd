package io.madang.gateway.statement;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * An answer as a stream for a thread that may wait: it goes on when the caller has taken what was
 * written, so that no more than a piece is in memory. Closing it writes what is left; it does not
 * end the answer.
 */
final class ResponseStream extends OutputStream {
  private static final int PIECE = 64 * 1024;

  private final Context context;
  private final HttpServerResponse response;
  private Buffer piece = Buffer.buffer(PIECE);

  /**
   * @param context on which the answer is written
   */
  ResponseStream(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
  }

  @Override
  public void write(int one) throws IOException {
    piece.appendByte((byte) one);
    if (piece.length() >= PIECE) flush();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    piece.appendBytes(bytes, offset, length);
    if (piece.length() >= PIECE) flush();
  }

  /** Sends what was written, small as it may be, and waits until it has left. */
  private void send() throws IOException {
    if (piece.length() == 0) return;
    var full = piece;
    piece = Buffer.buffer(PIECE);
    await(() -> response.write(full));
  }

  /** Does nothing for less than a piece: libraries flush after every line. */
  @Override
  public void flush() throws IOException {
    if (piece.length() >= PIECE) send();
  }

  @Override
  public void close() throws IOException {
    send();
  }

  private void await(Supplier<Future<Void>> act) throws IOException {
    var done = Promise.<Void>promise();
    context.runOnContext(
        _ -> {
          // A connection that has closed would keep the writer waiting for ever.
          if (response.closed()) done.fail("the caller has gone");
          else act.get().onComplete(done);
        });
    if (!done.future().map(true).otherwise(false).await()) {
      throw new IOException("the caller has gone");
    }
  }
}
