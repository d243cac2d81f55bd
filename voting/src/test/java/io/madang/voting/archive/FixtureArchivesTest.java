package io.madang.voting.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.madang.voting.Fixtures;
import io.madang.voting.Tracker;
import io.madang.voting.board.Checks;
import io.madang.voting.board.Phase;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that belenios-tool made. */
class FixtureArchivesTest {
  private static Verdict verify(byte[] archive) {
    return ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent());
  }

  @ParameterizedTest
  @CsvSource({"a-simple-2048,ohoPUBHfoamCd3", "b-threshold-2048,yVsLH1NxE8Wz2H"})
  void accepts_what_belenios_tool_made_and_finds_the_same(String folder, String uuid) {
    var verdict = verify(Fixtures.bytes(folder + "/" + uuid + ".bel"));
    JsonNode expected = Fixtures.json(folder + "/expected.json").get("independent_check");

    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    if (verdict instanceof Verdict.Valid(var head, _, _, var board)) {
      assertThat(head).isEqualTo(expected.get("head").asText());
      assertThat(board.election().fingerprint()).isEqualTo(expected.get("election_hash").asText());
      assertThat(board.phase()).isEqualTo(Phase.FINISHED);
      assertThat(board.accepted()).isEqualTo(expected.get("ballots").asInt());
      assertThat(board.counted()).isEqualTo(expected.get("tallied").asInt());
      assertThat(board.credentials().size()).isEqualTo(expected.get("voters").asInt());
      assertThat(board.decryptedBy().toString().replace(" ", ""))
          .isEqualTo(expected.get("decrypted_by").toString());
      assertThat(new String(board.result().orElseThrow().toRecord(), StandardCharsets.UTF_8))
          .isEqualTo("{\"result\":" + expected.get("result") + "}");
      assertThat(board.computeResult().orStop()).isEqualTo(board.result().orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource({"a-simple-2048,ohoPUBHfoamCd3", "b-threshold-2048,yVsLH1NxE8Wz2H"})
  void writes_the_same_bytes_again(String folder, String uuid) {
    byte[] archive = Fixtures.bytes(folder + "/" + uuid + ".bel");
    var reader = new ArchiveReader(ArchiveSource.of(archive));
    reader.begin();
    var writer = ArchiveWriter.create(reader.timestampSeconds());
    var out = new ByteArrayOutputStream();
    out.writeBytes(writer.begin());
    for (var read = reader.next(); read.isPresent(); read = reader.next()) {
      var data = read.get().data();
      out.writeBytes(
          switch (read.get().event().type()) {
            case SETUP ->
                writer.setup(data.get(0).bytes(), data.get(1).bytes(), data.get(2).bytes());
            case BALLOT -> writer.ballot(data.getFirst().bytes());
            case END_BALLOTS -> writer.endBallots();
            case ENCRYPTED_TALLY -> {
              var payload = Payloads.Tally.read(data.getLast().bytes());
              yield writer.encryptedTally(
                  data.getFirst().bytes(), payload.ballots(), payload.weight());
            }
            case PARTIAL_DECRYPTION ->
                writer.partialDecryption(
                    Payloads.Owned.read(data.getLast().bytes()).owner(), data.getFirst().bytes());
            case RESULT -> writer.result(data.getFirst().bytes());
          });
    }
    assertThat(out.toByteArray()).isEqualTo(archive);
    assertThat(writer.head()).isEqualTo(reader.head());
  }

  @ParameterizedTest
  @CsvSource({"a-simple-2048,ohoPUBHfoamCd3", "b-threshold-2048,yVsLH1NxE8Wz2H"})
  void gives_the_trackers_that_voters_were_given(String folder, String uuid) {
    var reader = new ArchiveReader(ArchiveSource.of(Fixtures.bytes(folder + "/" + uuid + ".bel")));
    reader.begin();
    var trackers = new ArrayList<String>();
    for (var read = reader.next(); read.isPresent(); read = reader.next()) {
      if (read.get().event().type() == EventType.BALLOT) {
        trackers.add(Tracker.of(read.get().payload().bytes()).toString());
      }
    }
    var expected = new ArrayList<String>();
    Fixtures.json(folder + "/expected.json")
        .get("trackers_in_order_of_acceptance")
        .forEach(tracker -> expected.add(tracker.asText()));
    assertThat(trackers).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "c-ed25519-lists,4Re1fouLHMBahE,UNKNOWN_KIND_OF_QUESTION,election.questions[2]",
    "d-mixnet-rfc3526,5i5fAXdZG65DGf,UNKNOWN_GROUP,election.group"
  })
  void refuses_by_name_what_we_do_not_offer(
      String folder, String uuid, RefusalReason reason, String place) {
    assertThat(verify(Fixtures.bytes(folder + "/" + uuid + ".bel")))
        .isEqualTo(new Verdict.Invalid(6, 0, "", new Refusal(reason, place)));
  }

  @Test
  void writes_the_header_of_the_vector() {
    var vector = Fixtures.json("vectors.json").get("tar_header");
    var header =
        new ArchiveHeader(
            vector.get("name").asText(),
            vector.get("size").asLong(),
            vector.get("timestamp").asLong());
    var expected = vector.get("first_160_bytes_hex").asText() + "00".repeat(512 - 160);
    assertThat(HexFormat.of().formatHex(header.bytes())).isEqualTo(expected);
  }
}
