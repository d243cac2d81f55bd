package io.madang.voting.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.madang.chain.Seeds;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.SampleElection.Plan;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * belenios-tool 3.3 on archives that ours made. Its {@code verify} does not wait for what it finds
 * of ballots, so each of them is shown to {@code verify-ballot} as well.
 */
class BeleniosTool3Test {
  private static final Question LUNCH = new Question(List.of("비빔밥", "냉면"), true, 1, 1, "점심?");
  private static final Question ANY = new Question(List.of("A", "B", "C"), false, 0, 2, "any");

  @TempDir Path folder;

  private BeleniosTool tool;

  /** The groups that both know. */
  enum Known {
    BELENIOS_2048,
    ED25519;

    Group group() {
      return this == ED25519 ? Group.ed25519() : Group.belenios2048();
    }
  }

  @BeforeEach
  void find() {
    var found = BeleniosTool.version3(folder);
    assumeTrue(found.isPresent(), "belenios-tool 3.3 was not fetched (voting/fetch-belenios-3)");
    tool = found.orElseThrow();
  }

  private SampleElection voted(Plan plan) {
    var election = new SampleElection(plan, Seeds.random(33));
    election.cast(0, List.of(List.of(0, 1, 0), List.of(1, 0, 1)));
    election.cast(1, List.of(List.of(1, 0, 0), List.of(0, 0, 0)));
    election.cast(0, List.of(List.of(0, 0, 1), List.of(0, 1, 0)));
    return election;
  }

  private void write(SampleElection election, byte[] archive) {
    tool.write(election.board().election().id() + ".bel", archive);
  }

  private BeleniosTool.Outcome verifyBallot(byte[] ballot) {
    tool.write("ballot.json", ballot);
    return tool.run(new byte[0], "election", "verify-ballot", "--ballot", "ballot.json");
  }

  @ParameterizedTest
  @EnumSource(Known.class)
  void accepts_a_finished_election_with_revote_blank_weights_and_threshold(Known known) {
    var election =
        voted(Plan.of(known.group(), LUNCH, ANY).weights(1L, 2_000_000_000L).trustees(0, 2, 3));
    election.close();
    election.decryptAndPublish();
    write(election, election.archive());
    var outcome = tool.verify();
    assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
    assertThat(outcome.messages()).contains("all checks passed");
  }

  @ParameterizedTest
  @EnumSource(Known.class)
  void accepts_each_ballot_and_refuses_it_altered(Known known) {
    var election = new SampleElection(Plan.of(known.group(), LUNCH, ANY), Seeds.random(34));
    write(election, election.archive());
    for (var vote :
        List.of(
            List.of(List.of(0, 1, 0), List.of(1, 0, 1)),
            List.of(List.of(1, 0, 0), List.of(0, 0, 0)))) {
      byte[] ballot = election.makeBallot(0, vote);
      var right = verifyBallot(ballot);
      assertThat(right.exitCode()).as(right.messages()).isZero();
      var text = new String(ballot, StandardCharsets.UTF_8);
      int digit = text.indexOf("\"response\":\"") + "\"response\":\"".length();
      var altered =
          text.substring(0, digit)
              + (char) ('1' + (text.charAt(digit) - '0') % 9)
              + text.substring(digit + 1);
      assertThat(verifyBallot(altered.getBytes(StandardCharsets.UTF_8)).exitCode()).isNotZero();
    }
  }

  @Test
  void refuses_a_tally_that_is_not_that_of_the_ballots_as_ours_does() {
    var election = voted(Plan.of(Group.ed25519(), LUNCH, ANY));
    election.close();
    election.decryptAndPublish();
    var parts = AlteredArchivesTest.parts(election.archive());
    // The same election without its last ballot: the tally that follows is of another number.
    var lost = new ArrayList<>(parts);
    lost.remove(3);
    byte[] archive = AlteredArchivesTest.rebuilt(lost);
    write(election, archive);
    assertThat(tool.verify().exitCode()).isNotZero();
    assertThat(
            ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent()))
        .isInstanceOf(Verdict.Invalid.class);
  }
}
