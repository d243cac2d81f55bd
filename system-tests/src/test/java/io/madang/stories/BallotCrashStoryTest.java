package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import io.madang.voting.Election;
import io.madang.voting.Tracker;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Randomness;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed with kill -9 while voters vote, again and again. */
class BallotCrashStoryTest {
  private static final int KILLS = Integer.getInteger("madang.ballot-kills", 3);
  private static final int VOTERS = 2;
  private static final int BALLOTS_BEFORE_A_KILL = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;
  private static final List<List<Integer>> CHOICE = List.of(List.of(0, 1, 0, 0), List.of(1, 0, 1));

  @TempDir Path folder;

  /** Voters who cast one ballot each while the first kill comes, by name. */
  private static final List<String> LATE = List.of("voter03", "voter04", "voter05", "voter06");

  private final List<String> received = Collections.synchronizedList(new ArrayList<>());

  @Test
  void every_ballot_with_a_receipt_is_on_the_board_once_after_kill_9() throws Exception {
    var data = folder.resolve("data");
    var demo = DemoProcess.start(data);
    try {
      var election = DemoVoters.awaitOpenElection(demo.address());
      var late = new ArrayList<LateVoter>();
      for (var voter : LATE) {
        late.add(lateVoter(demo.address(), election, voter));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        var before = received.size();
        var enough = new CountDownLatch(BALLOTS_BEFORE_A_KILL);
        var threads = new ArrayList<Thread>();
        for (int voter = 1; voter <= VOTERS; voter++) {
          threads.add(vote(demo.address(), election, "voter%02d".formatted(voter), enough));
        }
        if (kill == 0) {
          late.forEach(voter -> threads.add(voter.castsSoon(enough)));
        }
        assertThat(enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        demo.kill();
        for (var thread : threads) {
          thread.join();
        }
        assertThat(received.size()).isGreaterThanOrEqualTo(before + BALLOTS_BEFORE_A_KILL);
        demo = DemoProcess.start(data);
        var board = assertBoard(new GatewayClient(demo.address()), election);
        for (var voter : late) {
          voter.assertMarked(new GatewayClient(demo.address()), board);
        }
      }
    } finally {
      demo.close();
    }
  }

  /** A voter who changes her mind until the gateway is gone. */
  private Thread vote(URI address, String election, String voter, CountDownLatch enough) {
    return Thread.ofPlatform()
        .start(
            () -> {
              var anyone = new GatewayClient(address);
              var session = anyone.with(DemoVoters.token(anyone, election, voter));
              var credential = DemoVoters.credential(anyone, election, voter);
              var record = anyone.bytes("/v1/elections/" + election + "/records/election");
              var maker = new BallotMaker(Election.read(record).orStop());
              try {
                while (true) {
                  byte[] ballot = maker.make(credential, CHOICE, RANDOMNESS);
                  var cast = session.postBytes("/v1/elections/" + election + "/ballots", ballot);
                  received.add(cast.getString("tracker"));
                  enough.countDown();
                }
              } catch (UncheckedIOException | RefusedException gone) {
                // Killed, or about to be: this ballot has no receipt.
              }
            });
  }

  /** Signed in, with a ballot that was not cast yet. */
  private record LateVoter(
      GatewayClient session, String token, String election, byte[] ballot, int after) {
    Thread castsSoon(CountDownLatch enough) {
      return Thread.ofPlatform()
          .start(
              () -> {
                try {
                  // Spread over the last moments before the kill.
                  while (enough.getCount() > after) {
                    Thread.onSpinWait();
                  }
                  session.postBytes("/v1/elections/" + election + "/ballots", ballot);
                } catch (UncheckedIOException | RefusedException gone) {
                  // Killed before, within or after the cast.
                }
              });
    }

    /** Whoever has a ballot on the board is on the list of those who took part. */
    void assertMarked(GatewayClient anyone, List<String> board) {
      if (board.contains(Tracker.of(ballot).toString())) {
        var me = anyone.with(token).get("/v1/elections/" + election + "/me");
        assertThat(me.getBoolean("tookPart")).isTrue();
      }
    }
  }

  private static LateVoter lateVoter(URI address, String election, String voter) {
    var anyone = new GatewayClient(address);
    var token = DemoVoters.token(anyone, election, voter);
    var credential = DemoVoters.credential(anyone, election, voter);
    var record = anyone.bytes("/v1/elections/" + election + "/records/election");
    byte[] ballot =
        new BallotMaker(Election.read(record).orStop()).make(credential, CHOICE, RANDOMNESS);
    return new LateVoter(
        anyone.with(token), token, election, ballot, LATE.indexOf(voter) % LATE.size());
  }

  private List<String> assertBoard(GatewayClient anyone, String election) {
    var board = new ArrayList<String>();
    var page = "?limit=100";
    while (!page.isEmpty()) {
      var answer = anyone.get("/v1/elections/" + election + "/ballots" + page);
      answer
          .getJsonArray("items")
          .forEach(ballot -> board.add(((JsonObject) ballot).getString("tracker")));
      page = answer.containsKey("next") ? "?limit=100&cursor=" + answer.getString("next") : "";
    }
    assertThat(board).doesNotHaveDuplicates().containsAll(received);
    var archive = anyone.bytes("/v1/elections/" + election + "/archive");
    assertThat(
            ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent()))
        .isInstanceOf(Verdict.Valid.class);
    return board;
  }
}
