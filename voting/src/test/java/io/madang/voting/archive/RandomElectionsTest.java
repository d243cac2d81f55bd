package io.madang.voting.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.voting.SampleElection;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Threats T4: elections of every kind are valid, and say what the plain count says. */
class RandomElectionsTest {
  static Stream<Arguments> groups_and_seeds() {
    return Stream.of(Group.belenios2048(), Group.ed25519())
        .flatMap(group -> Seeds.many().mapToObj(seed -> Arguments.of(group, seed)));
  }

  @ParameterizedTest
  @MethodSource("groups_and_seeds")
  void t4_a_random_election_is_valid_and_its_result_is_the_plain_count(Group group, long seed) {
    var random = Seeds.random(seed);
    var election = new SampleElection(SampleElection.Plan.random(group, random), random);
    election.castRandomly();
    election.close();
    election.decryptAndPublish();

    var verdict =
        ArchiveVerifier.verify(
            ArchiveSource.of(election.archive()), Checks.inOrder(), Progress.silent());
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    if (verdict instanceof Verdict.Valid(var head, _, _, var board)) {
      assertThat(board.result().orElseThrow().counts()).isEqualTo(election.plainCounts());
      assertThat(head).isEqualTo(election.writer().head().orElseThrow());
    }
  }
}
