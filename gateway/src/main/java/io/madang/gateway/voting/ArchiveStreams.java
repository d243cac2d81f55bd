package io.madang.gateway.voting;

import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication.Position;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotBoxView.ElectionStanding;
import io.madang.voting.chain.BoardArchive;
import io.madang.voting.chain.Stage;
import io.madang.voting.chain.VotingReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes archives of elections out of the blocks while they are sent: however many ballots there
 * are, only some blocks are in memory. An archive is that of the moment it was asked for, and is
 * compared with the head that the channel's state names; one that differs is broken off.
 */
final class ArchiveStreams {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveStreams.class);
  private static final int EVENTS_AT_ONCE = 64;

  /** A block has at most 1 MiB. */
  private static final int HEIGHTS_AT_ONCE = 16;

  private static final int MAX_STREAMS = 8;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Engine<BallotBox> engine;
  private final ElectionCatalogue catalogue;
  private final BoardStore store;
  private final BoardReader reader;
  private final AtomicInteger streams = new AtomicInteger();

  ArchiveStreams(
      Vertx vertx,
      Engine<BallotBox> engine,
      ElectionCatalogue catalogue,
      BoardStore store,
      BoardReader reader) {
    this.vertx = vertx;
    this.engine = engine;
    this.catalogue = catalogue;
    this.store = store;
    this.reader = reader;
  }

  /** The archive of an election that has opened. */
  Future<Reply> open(ElectionStanding standing) {
    if (standing.stage() == Stage.ANNOUNCED)
      return Problem.of(ProblemType.ELECTION_NOT_OPEN_YET).fail();
    if (streams.incrementAndGet() > MAX_STREAMS) {
      streams.decrementAndGet();
      return Problem.of(ProblemType.OVERLOADED).retryAfter(RETRY).fail();
    }
    return reader
        .reached(engine.standing().height())
        .compose(_ -> catalogue.records(standing.id()))
        .compose(
            records ->
                // Hashing a long list of credentials takes a while.
                vertx.executeBlocking(
                    () ->
                        BoardArchive.begin(
                            standing.terms().orElseThrow().opensMillis(),
                            records.election(),
                            records.trustees(),
                            records.credentials()),
                    /* ordered= */ false))
        .<Reply>map(
            begun -> new Reply.Open(response -> new Stream(standing, begun, response).run()))
        .onFailure(_ -> streams.decrementAndGet());
  }

  /** One archive on its way; everything happens on one context. */
  private final class Stream {
    private final ElectionStanding standing;
    private final BoardArchive archive;
    private final HttpServerResponse response;
    private final Context context = vertx.getOrCreateContext();
    private final List<Bytes> beginning;
    private Position last = new Position(0, 0);
    private boolean ended;

    Stream(ElectionStanding standing, BoardArchive.Begun begun, HttpServerResponse response) {
      this.standing = standing;
      this.archive = begun.archive();
      this.beginning = begun.pieces();
      this.response = response;
    }

    void run() {
      response.exceptionHandler(_ -> end());
      response.closeHandler(_ -> end());
      response
          .setChunked(true)
          .putHeader("Content-Type", "application/octet-stream")
          .putHeader("Content-Disposition", "attachment; filename=\"" + standing.id() + ".bel\"");
      new PieceStream(response, beginning, this::whenWritable).run();
    }

    private void write(byte[] bytes) {
      if (bytes.length > 0) response.write(Buffer.buffer(bytes));
    }

    private void whenWritable() {
      if (ended) return;
      if (response.writeQueueFull()) {
        response.drainHandler(
            _ -> {
              response.drainHandler(null);
              next();
            });
      } else {
        next();
      }
    }

    private void next() {
      if (ended) return;
      if (isComplete()) {
        finish();
        return;
      }
      store
          .eventsAfter(standing.id(), last, EVENTS_AT_ONCE)
          .compose(this::append)
          .onComplete(
              more -> context.runOnContext(_ -> whenWritable()),
              failure -> context.runOnContext(_ -> breakOff(Failures.describe(failure))));
    }

    private boolean isComplete() {
      return archive.head().events() >= standing.head().events();
    }

    private Future<?> append(List<Position> positions) {
      if (positions.isEmpty()) {
        // The voting ended by time, which is no transaction.
        write(archive.endBallots());
        if (!isComplete()) throw new IllegalStateException("events are missing in the index");
        return Future.succeededFuture();
      }
      long from = positions.getFirst().height();
      return engine
          .recorded(from, Math.min(positions.getLast().height(), from + HEIGHTS_AT_ONCE - 1))
          .map(
              blocks -> {
                append(positions, blocks);
                return null;
              });
    }

    private void append(List<Position> positions, List<RecordedBlock> blocks) {
      for (var position : positions) {
        var block = blocks.stream().filter(one -> one.height() == position.height()).findFirst();
        if (block.isEmpty() || isComplete()) return;
        var statement = block.get().transactions().get(position.index()).statement();
        write(archive.append(VotingReader.operation(statement)));
        last = position;
      }
    }

    private void finish() {
      if (!archive.head().equals(standing.head())) {
        breakOff("its head is not that of the state");
        return;
      }
      response.end();
      end();
    }

    private void breakOff(String reason) {
      if (ended) return;
      LOG.atError()
          .addKeyValue("election", standing.id())
          .addKeyValue("failure", reason)
          .log("an archive could not be made");
      end();
      response.reset();
    }

    private void end() {
      if (ended) return;
      ended = true;
      streams.decrementAndGet();
    }
  }
}
