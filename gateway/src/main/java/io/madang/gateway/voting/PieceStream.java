package io.madang.gateway.voting;

import io.madang.chain.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;

/**
 * Sends a long record piece by piece, as fast as the caller takes it: however long it is, only some
 * pieces wait in memory.
 */
final class PieceStream {
  private final HttpServerResponse response;
  private final Iterator<Bytes> pieces;
  private final Runnable whenSent;

  /**
   * A stream; everything happens on the response's context.
   *
   * @param whenSent run after the last piece, unless the caller has gone
   */
  PieceStream(HttpServerResponse response, List<Bytes> pieces, Runnable whenSent) {
    this.response = response;
    this.pieces = pieces.iterator();
    this.whenSent = whenSent;
  }

  /** Sends what the caller takes now, and the rest when there is room again. */
  void run() {
    while (!response.closed() && pieces.hasNext()) {
      if (response.writeQueueFull()) {
        response.drainHandler(
            _ -> {
              response.drainHandler(null);
              run();
            });
        return;
      }
      response.write(Buffer.buffer(pieces.next().toByteArray()));
    }
    if (!response.closed()) {
      whenSent.run();
    }
  }
}
