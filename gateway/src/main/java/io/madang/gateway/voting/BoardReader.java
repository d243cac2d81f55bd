package io.madang.gateway.voting;

import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.RecordedBlock;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.Topic;
import io.madang.gateway.voting.BoardStore.BoardEvent;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotBoxView.ElectionStanding;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Follows the voting channel: keeps {@link BoardStore} up to date and tells who listens. */
final class BoardReader implements Engine.BlockListener {
  private final Engine<BallotBox> engine;
  private final BoardStore store;
  private final LiveHub hub;
  private final Map<Long, Promise<Void>> waiting = new ConcurrentSkipListMap<>();
  private volatile long lastHeight;
  private volatile Future<?> working = Future.succeededFuture();

  /** The stage that was last told of each election; only while blocks are read. */
  private final Map<ElectionId, String> stages = new HashMap<>();

  BoardReader(Engine<BallotBox> engine, BoardStore store, LiveHub hub) {
    this.engine = engine;
    this.store = store;
    this.hub = hub;
  }

  /** Reads what is stored, and every new block from then on. */
  Future<Engine.Subscription> follow() {
    return store
        .height()
        .compose(
            height -> {
              lastHeight = height;
              long target = engine.standing().height();
              var subscription = engine.follow(height, this);
              return reached(target).map(subscription);
            });
  }

  /** Completes once this height was read. */
  Future<Void> reached(long height) {
    if (height <= lastHeight) return Future.succeededFuture();
    var promise = waiting.computeIfAbsent(height, _ -> Promise.promise());
    wake();
    return promise.future();
  }

  /** Completes, however it ends, when what was begun to be read is read. */
  Future<Void> idle() {
    return working.transform(_ -> Future.succeededFuture());
  }

  private void wake() {
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              if (entry.getKey() > lastHeight) return false;
              entry.getValue().tryComplete();
              return true;
            });
  }

  @Override
  public Future<?> accept(List<RecordedBlock> blocks) {
    var events = new ArrayList<BoardEvent>();
    var postings = new ArrayList<AttachedPosting>();
    var acts = new ArrayList<ElectionAct>();
    for (var block : blocks) {
      for (var transaction : block.transactions()) {
        if (transaction.result().code() == 0) {
          var operation = VotingReader.operation(transaction.statement());
          event(transaction, operation).ifPresent(events::add);
          AttachedPosting.of(transaction, operation).ifPresent(postings::add);
          ElectionAct.of(transaction, operation).ifPresent(acts::add);
        }
      }
    }
    long height = blocks.getLast().height();
    working =
        store
            .add(events, postings, acts, height)
            .onSuccess(
                _ -> {
                  lastHeight = height;
                  wake();
                })
            // Who listens may miss news while the engine goes away, but nothing is read twice.
            .compose(_ -> engine.ask(box -> box.view().elections()).otherwise(List.of()))
            .onSuccess(elections -> tell(events, elections));
    return working;
  }

  private static Optional<BoardEvent> event(
      RecordedTransaction recorded, VotingOperation operation) {
    var election = operation.election();
    return switch (operation) {
      case VotingOperation.Cast cast ->
          Optional.of(
              BoardEvent.of(
                  election,
                  Purpose.BALLOT,
                  recorded,
                  Optional.of(Tracker.of(cast.ballot().toByteArray()))));
      case VotingOperation.Close _ -> event(election, Purpose.CLOSE, recorded);
      case VotingOperation.PublishTally _ -> event(election, Purpose.TALLY, recorded);
      case VotingOperation.Decrypt _ -> event(election, Purpose.DECRYPTION, recorded);
      case VotingOperation.PublishResult _ -> event(election, Purpose.RESULT, recorded);
      case VotingOperation.AddPart _,
          VotingOperation.SetUp _,
          VotingOperation.Withdraw _,
          VotingOperation.Attached _ ->
          Optional.empty();
    };
  }

  private static Optional<BoardEvent> event(
      ElectionId election, Purpose purpose, RecordedTransaction recorded) {
    return Optional.of(BoardEvent.of(election, purpose, recorded, Optional.empty()));
  }

  private void tell(List<BoardEvent> events, List<ElectionStanding> elections) {
    for (var election : elections) {
      var topic = new Topic.OfElection(election.id());
      for (var event : events) {
        if (event.election().equals(election.id())) {
          event
              .tracker()
              .ifPresent(tracker -> hub.publish(topic, "ballot", news(tracker, election)));
        }
      }
      var stage = ElectionStage.of(election).orElse("");
      if (!stage.isEmpty() && !stage.equals(stages.put(election.id(), stage))) {
        hub.publish(topic, "stage", new JsonObject().put("stage", stage));
      }
    }
  }

  private static JsonObject news(Tracker tracker, ElectionStanding election) {
    return new JsonObject()
        .put("tracker", tracker.toString())
        .put("accepted", election.accepted())
        .put("counted", election.counted());
  }
}
