package io.madang.gateway.voting;

import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Failures;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.voting.ElectionId;
import io.madang.voting.Tracker;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotEnvelope;
import io.madang.voting.chain.VotingRefusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ballots of signed-in voters to the board. Voter and ballot meet here and nowhere else: the
 * ballot goes to the channel without the voter, the voter is noted without the ballot, and nothing
 * is logged that names either.
 */
final class Casting implements Operations.Feature {
  private static final Logger LOG = LoggerFactory.getLogger(Casting.class);

  private final Engine<BallotBox> engine;
  private final BoardStore store;
  private final Participation participation;
  private final Clock clock;

  Casting(Engine<BallotBox> engine, BoardStore store, Participation participation, Clock clock) {
    this.engine = engine;
    this.store = store;
    this.participation = participation;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("castBallot", this::cast);
    operations.on("openBallot", this::open);
  }

  /** The voter who calls about an election; a session opens the door of one election only. */
  private static String voter(Call call, ElectionId election) {
    var voter = call.voter();
    if (!voter.election().equals(election)) throw Problem.of(ProblemType.FORBIDDEN).raised();
    return voter.voter();
  }

  private Future<Reply> cast(Call call) {
    var election = ElectionRoutes.id(call);
    var voter = voter(call, election);
    byte[] ballot = call.raw().getBytes();
    if (!isUtf8(ballot)) {
      // It would reach the channel as another text.
      return VotingProblems.of(VotingRefusal.NOT_CANONICAL).fail();
    }
    var tracker = Tracker.of(ballot);
    return store
        .isOpened(election, tracker)
        .compose(
            opened -> {
              if (opened) return Problem.of(ProblemType.BALLOT_WAS_OPENED).fail();
              return envelope(election, ballot)
                  .map(
                      transaction ->
                          participation
                              .begin(election, voter)
                              .compose(attempt -> submit(attempt, tracker, transaction)))
                  .orElseGet(() -> VotingProblems.of(VotingRefusal.TOO_LONG).fail());
            });
  }

  private static boolean isUtf8(byte[] ballot) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(ballot));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  private Optional<byte[]> envelope(ElectionId election, byte[] ballot) {
    try {
      return Optional.of(
          BallotEnvelope.wrap(engine.standing().chain(), election, ballot, clock.millis()).bytes());
    } catch (IllegalArgumentException doesNotFit) {
      return Optional.empty();
    }
  }

  private Future<Reply> submit(Participation.Attempt attempt, Tracker tracker, byte[] transaction) {
    return engine
        .submit(transaction)
        .transform(
            ended ->
                // Where the answer is lost the ballot may stand: that counts for the voter.
                noted(
                        ended.succeeded() && !(ended.result() instanceof Answer.Final)
                            ? attempt.takeBack()
                            : attempt.stands())
                    .compose(
                        _ ->
                            ended.succeeded()
                                ? Future.succeededFuture(reply(tracker, ended.result()))
                                : Future.failedFuture(ended.cause())));
  }

  private static Reply reply(Tracker tracker, Answer answer) {
    return switch (answer) {
      case Answer.Final done -> reply(tracker, done);
      // It stands on the board for everybody to copy: who sends it again has not voted.
      case Answer.DoneBefore _ -> VotingProblems.of(VotingRefusal.REPEATED_BALLOT);
      case Answer.Refused(var refusal) -> VotingProblems.of(refusal);
      case Answer.Overloaded(var wait) -> Problem.of(ProblemType.OVERLOADED).retryAfter(wait);
      case Answer.Unavailable(var wait) -> Problem.of(ProblemType.UNAVAILABLE).retryAfter(wait);
    };
  }

  /** What became of the ballot does not change any more; the voter must be told so. */
  private static Future<?> noted(Future<?> note) {
    return note.onFailure(
            failure ->
                LOG.atError()
                    .addKeyValue("failure", Failures.describe(failure))
                    .log("that a cast has ended could not be noted"))
        .transform(_ -> Future.succeededFuture());
  }

  private static Reply reply(Tracker tracker, Answer.Final done) {
    return Reply.ok(
        new JsonObject()
            .put("tracker", tracker.toString())
            .put("transaction", done.hash().toString())
            .put("position", done.position().toString())
            .put("time", Json.time(done.timeMillis())));
  }

  private Future<Reply> open(Call call) {
    var election = ElectionRoutes.id(call);
    voter(call, election);
    var tracker =
        Tracker.parse(call.body().getString("tracker"))
            .orElseThrow(
                () ->
                    Problem.malformed(
                            java.util.List.of(new Problem.Fault("#/tracker", "is no tracker")))
                        .raised());
    return store.open(election, tracker).map(_ -> new Reply.Nothing());
  }
}
