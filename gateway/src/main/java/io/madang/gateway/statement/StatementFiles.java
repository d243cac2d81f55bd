package io.madang.gateway.statement;

import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends files while they are written, each from a thread of its own, and about so many at once. */
final class StatementFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StatementFiles.class);
  private static final int MAX_FILES = 8;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final AtomicInteger files = new AtomicInteger();

  StatementFiles(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What writes a file. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /** An attachment. */
  Future<Reply> send(String name, String type, Writer writer) {
    if (files.get() >= MAX_FILES) {
      return Problem.of(ProblemType.OVERLOADED).retryAfter(RETRY).fail();
    }
    return Future.succeededFuture(
        new Reply.Open(
            response -> {
              response
                  .setChunked(true)
                  .putHeader("Content-Type", type)
                  .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
              // Counted only here: a caller who has gone by now is never answered.
              files.incrementAndGet();
              var context = vertx.getOrCreateContext();
              Thread.ofVirtual()
                  .name("madang-statement")
                  .start(() -> write(name, writer, context, response));
            }));
  }

  private void write(String name, Writer writer, Context context, HttpServerResponse response) {
    try {
      var out = new ResponseStream(context, response);
      writer.write(out);
      out.close();
      context.runOnContext(_ -> response.end());
    } catch (IOException | RuntimeException failed) {
      if (!response.closed()) {
        LOG.atError()
            .addKeyValue("file", name)
            .addKeyValue("failure", Failures.describe(failed))
            .log("a statement could not be written");
      }
      // Cut off in a way that nobody takes for the end of the file.
      context.runOnContext(_ -> response.reset());
    } finally {
      files.decrementAndGet();
    }
  }
}
