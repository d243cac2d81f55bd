package io.madang.gateway.voting;

import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.DocumentedRefusals;
import io.madang.gateway.http.Operations;
import io.madang.gateway.live.LiveHub;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.VotingRefusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything about elections on the voting channel: this package's parts, put together. */
public final class Elections implements Operations.Feature {
  private final BoardReader reader;
  private final List<Operations.Feature> features;

  /**
   * Elections on this channel; {@link #follow} before use.
   *
   * @param participation is told who took part
   */
  public Elections(
      Vertx vertx,
      Engine<BallotBox> engine,
      Sql sql,
      LiveHub hub,
      Participation participation,
      Clock clock) {
    var store = new BoardStore(sql);
    var catalogue = new ElectionCatalogue(vertx, engine, store);
    reader = new BoardReader(engine, store, hub);
    features =
        List.of(
            new VotingChainRoutes(vertx, engine),
            new ElectionRoutes(
                engine,
                catalogue,
                store,
                reader,
                new ArchiveStreams(vertx, engine, catalogue, store, reader)),
            new AttachedRoutes(engine, sql, reader),
            new Casting(engine, store, participation, clock));
  }

  @Override
  public void register(Operations operations) {
    features.forEach(feature -> feature.register(operations));
  }

  @Override
  public Optional<DocumentedRefusals> refusals() {
    return Optional.of(
        new DocumentedRefusals(
            "Refusals of votes",
            Stream.of(VotingRefusal.values())
                .map(
                    reason ->
                        new DocumentedRefusals.Refusal(
                            reason.kebabName(), VotingProblems.status(reason), reason.sentence()))
                .toList()));
  }

  /** Reads every final block of the channel, and each new one from then on. */
  public Future<Engine.Subscription> follow() {
    return reader.follow();
  }

  /** Completes, however it ends, when what was begun to be read is read. */
  public Future<Void> idle() {
    return reader.idle();
  }
}
