package io.madang.voting.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.SampleElection.Plan;
import io.madang.voting.Tracker;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.ballot.CheckedBallot;
import io.madang.voting.group.Group;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.tally.PartialDecryption;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final List<List<Integer>> FIRST = List.of(List.of(1, 0));
  private static final List<List<Integer>> SECOND = List.of(List.of(0, 1));

  private final SampleElection election =
      new SampleElection(
          Plan.of(Group.ed25519(), new Question(List.of("a", "b"), false, 1, 1, "?"))
              .weights(1L, 5L)
              .trustees(1, 2, 3),
          Seeds.random(9));
  private final Board board = election.board();

  private CheckedBallot checked(byte[] ballot) {
    return board.ballotCheck().check(ballot).orStop();
  }

  private static void assertReason(Optional<Refusal> refusal, RefusalReason reason) {
    assertThat(refusal.map(Refusal::reason)).contains(reason);
  }

  private void assertRefused(byte[] ballot, RefusalReason reason) {
    var posting =
        board.post(
            checked(ballot),
            _ -> {
              throw new AssertionError("a refusal asks for nothing");
            });
    assertThat(posting).isInstanceOf(Posting.Refused.class);
    if (posting instanceof Posting.Refused(var refusal)) {
      assertThat(refusal.reason()).isEqualTo(reason);
    }
  }

  @Test
  void counts_the_last_ballot_of_each_voter_with_its_weight() {
    byte[] first = election.cast(0, FIRST);
    byte[] other = election.cast(1, FIRST);
    byte[] last = election.cast(0, SECOND);
    assertThat(board.accepted()).isEqualTo(3);
    assertThat(board.counted()).isEqualTo(2);
    assertThat(board.countedWeight()).isEqualTo(6);
    assertThat(board.countedTrackers())
        .containsExactlyInAnyOrder(Tracker.of(other), Tracker.of(last))
        .doesNotContain(Tracker.of(first))
        .isSorted();
  }

  @Test
  void t2_refuses_a_ballot_that_was_here_for_ever() {
    byte[] first = election.cast(0, FIRST);
    election.cast(0, SECOND);
    assertReason(board.refusalBeforeCheck(first), RefusalReason.REPEATED_BALLOT);
    assertRefused(first, RefusalReason.REPEATED_BALLOT);
    assertThat(board.accepted()).isEqualTo(2);
  }

  @Test
  void v2_refuses_a_new_ballot_around_an_old_ciphertext() {
    byte[] first = makeWithFirstScalarOf(1);
    byte[] second = makeWithFirstScalarOf(2);
    assertThat(checked(first).answers().get(0).get(0))
        .isEqualTo(checked(second).answers().get(0).get(0));
    election.post(first);
    assertRefused(second, RefusalReason.REPEATED_CIPHERTEXT);
  }

  /** A ballot whose first ciphertext has the same randomness whatever the rest has. */
  private byte[] makeWithFirstScalarOf(long seedOfRest) {
    var rest = new Random(seedOfRest);
    var draws = new int[1];
    var maker = new BallotMaker(board.election());
    return maker.make(
        election.credentialOf(0),
        FIRST,
        bytes -> {
          rest.nextBytes(bytes);
          if (draws[0]++ == 0) {
            Arrays.fill(bytes, (byte) 7);
          }
        });
  }

  @Test
  void refuses_every_step_out_of_order_and_stays_as_it_was() {
    byte[] ballot = election.cast(0, FIRST);
    byte[] spare = election.makeBallot(1, FIRST);
    byte[] tally = board.tally().toRecord();
    byte[] nothing = new byte[0];
    assertReason(board.publishTally(tally, 1, 1), RefusalReason.WRONG_ORDER);
    assertReason(board.addPartialDecryption(1, nothing), RefusalReason.WRONG_ORDER);
    assertReason(board.finish(nothing), RefusalReason.WRONG_ORDER);
    assertThat(board.phase()).isEqualTo(Phase.VOTING);

    assertThat(board.close()).isEmpty();
    assertReason(board.close(), RefusalReason.WRONG_ORDER);
    assertReason(board.refusalBeforeCheck(spare), RefusalReason.WRONG_ORDER);
    assertRefused(spare, RefusalReason.WRONG_ORDER);
    assertThat(board.phase()).isEqualTo(Phase.CLOSED);
    assertThat(board.countedTrackers()).containsExactly(Tracker.of(ballot));
  }

  @Test
  void t4_refuses_a_wrong_tally_decryption_or_result() {
    election.cast(0, FIRST);
    byte[] before = board.tally().toRecord();
    election.cast(1, SECOND);
    board.close();
    byte[] tally = board.tally().toRecord();
    assertReason(board.publishTally(before, 2, 6), RefusalReason.WRONG_ENCRYPTED_TALLY);
    assertReason(board.publishTally(tally, 1, 6), RefusalReason.WRONG_TALLY_COUNT);
    assertReason(board.publishTally(tally, 2, 5), RefusalReason.WRONG_TALLY_COUNT);
    assertThat(board.publishTally(tally, 2, 6)).isEmpty();

    byte[] ofFirst = decryption(1);
    assertReason(board.addPartialDecryption(0, ofFirst), RefusalReason.UNKNOWN_TRUSTEE);
    assertReason(board.addPartialDecryption(5, ofFirst), RefusalReason.UNKNOWN_TRUSTEE);
    assertReason(board.addPartialDecryption(2, ofFirst), RefusalReason.WRONG_DECRYPTION_PROOF);
    assertThat(board.addPartialDecryption(1, ofFirst)).isEmpty();
    assertReason(board.addPartialDecryption(1, ofFirst), RefusalReason.REPEATED_TRUSTEE);
    assertThat(board.addPartialDecryption(4, decryption(4))).isEmpty();
    assertThat(board.canFinish()).isFalse();
    assertThat(board.computeResult())
        .isEqualTo(new Reading.Refused<>(Refusal.of(RefusalReason.NOT_ENOUGH_TRUSTEES)));
    assertReason(board.finish(bytes("{\"result\":[[1,5]]}")), RefusalReason.NOT_ENOUGH_TRUSTEES);
    assertThat(board.addPartialDecryption(2, decryption(2))).isEmpty();

    assertReason(board.finish(bytes("{\"result\":[[5,1]]}")), RefusalReason.WRONG_RESULT);
    assertReason(board.finish(bytes("{\"result\":[[1]]}")), RefusalReason.WRONG_COUNT);
    assertReason(board.finish(bytes("{\"result\":[[1,\"5\"]]}")), RefusalReason.NOT_CANONICAL);
    assertThat(board.finish(bytes("{\"result\":[[1,5]]}"))).isEmpty();
    assertThat(board.phase()).isEqualTo(Phase.FINISHED);
  }

  private byte[] decryption(int owner) {
    return PartialDecryption.make(
        board.election(), board.tally(), election.secretOf(owner), election.randomness());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
