package io.madang.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.group.Group;
import io.madang.voting.record.Reading;
import io.madang.voting.trustee.Trustees;

class ElectionRecordsFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void any_bytes_are_read_or_refused_by_name(byte[] record) {
    var group = Group.ed25519();
    assertThat(Election.read(record)).isInstanceOf(Reading.class);
    assertThat(CredentialList.read(record, group)).isInstanceOf(Reading.class);
    if (Trustees.read(record, group) instanceof Reading.Accepted<Trustees>(var trustees)) {
      assertThat(trustees.toRecord()).isEqualTo(record);
    }
    assertThat(
            ArchiveVerifier.verify(ArchiveSource.of(record), Checks.inOrder(), Progress.silent()))
        .isInstanceOf(Verdict.class);
  }
}
