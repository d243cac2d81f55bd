package io.madang.voting.trustee;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.madang.chain.Seeds;
import io.madang.voting.Fixtures;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCeremonyTest {
  private static final Randomness RANDOMNESS = Seeds.random(5)::nextBytes;

  static Stream<Arguments> fixtures() {
    return Stream.of(
        Arguments.of("b-threshold-2048", Group.belenios2048()),
        Arguments.of("c-ed25519-lists", Group.ed25519()));
  }

  static List<JsonNode> lagrange() {
    return Fixtures.vectors("lagrange");
  }

  private static List<String> lines(String file) {
    return Fixtures.text(file).lines().toList();
  }

  /** The members in the order of their certificates. */
  private static List<ThresholdTrustee> trustees(String folder, Group group) {
    var trustees = new ArrayList<ThresholdTrustee>();
    for (int i = 0; i < lines(folder + "/setup/certs.jsons").size(); i++) {
      var seed = Fixtures.text(folder + "/private/" + fileOf(folder, i, ".key"));
      trustees.add(ThresholdTrustee.ofSeed(group, seed).orElseThrow());
    }
    return trustees;
  }

  private static String fileOf(String folder, int index, String suffix) {
    var certificate = lines(folder + "/setup/certs.jsons").get(index);
    return Fixtures.names(folder + "/setup", ".cert").stream()
        .filter(name -> Fixtures.text(folder + "/setup/" + name).equals(certificate))
        .map(name -> name.replace(".cert", suffix))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void routes_and_assembles_belenios_tools_messages_to_the_same_bytes(String folder, Group group) {
    var ceremony = KeyCeremony.begin(group, lines(folder + "/setup/certs.jsons")).orStop();
    var polynomials = lines(folder + "/setup/polynomials.jsons");
    var inputs = ceremony.route(polynomials).orStop();
    var answers = new ArrayList<String>();
    for (int i = 0; i < inputs.size(); i++) {
      assertThat(inputs.get(i))
          .isEqualTo(Fixtures.text(folder + "/setup/" + fileOf(folder, i, ".vinput")));
      answers.add(Fixtures.text(folder + "/setup/" + fileOf(folder, i, ".voutput")));
    }
    assertThat(ceremony.finish(polynomials, answers).orStop())
        .isEqualTo(Fixtures.text(folder + "/setup/threshold.json"));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void opens_belenios_tools_shares_and_decryption_keys(String folder, Group group) {
    var ceremony = KeyCeremony.begin(group, lines(folder + "/setup/certs.jsons")).orStop();
    var polynomials = lines(folder + "/setup/polynomials.jsons");
    var inputs = ceremony.route(polynomials).orStop();
    var trustees = trustees(folder, group);
    for (int i = 0; i < trustees.size(); i++) {
      var file = folder + "/private/" + fileOf(folder, i, ".dkey");
      var key = trustees.get(i).decryptionKey(Fixtures.text(file)).orStop();
      var answer = trustees.get(i).receive(ceremony, i + 1, inputs.get(i), RANDOMNESS).orStop();
      var sealed = ThresholdTrustee.sealedDecryptionKey(group, answer).orStop();
      assertThat(trustees.get(i).decryptionKey(sealed).orStop()).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void reads_and_writes_belenios_tools_trustees(String folder, Group group) {
    byte[] record = Fixtures.text(folder + "/setup/trustees.json").getBytes(StandardCharsets.UTF_8);
    var trustees = Trustees.read(record, group).orStop();
    assertThat(trustees.count()).isEqualTo(4);
    assertThat(trustees.electionKey().text())
        .isEqualTo(Fixtures.json(folder + "/setup/election.json").get("public_key").asText());
    assertThat(trustees.toRecord()).isEqualTo(record);
  }

  @Test
  void opens_the_vector_of_the_key_ceremony() {
    var vector = Fixtures.json("vectors.json").get("pki").get(0);
    var group = Group.belenios2048();
    var seed = vector.get("seed").asText();
    assertThat(group.scalars().ofBytes(Digest.of("sk|" + seed)).decimal())
        .isEqualTo(vector.get("sk").asText());
    assertThat(group.scalars().ofBytes(Digest.of("dk|" + seed)).decimal())
        .isEqualTo(vector.get("dk").asText());
  }

  @ParameterizedTest
  @MethodSource("lagrange")
  void computes_the_vectors_lagrange_coefficients(JsonNode vector) {
    var group = Group.named(vector.get("group").asText()).orElseThrow();
    var indexes = new ArrayList<Integer>();
    vector.get("indexes").forEach(index -> indexes.add(index.asInt()));
    for (int index : indexes) {
      assertThat(ThresholdGroup.lagrange(group, indexes, index).decimal())
          .isEqualTo(vector.get("coefficients").get(Integer.toString(index)).asText());
    }
  }

  /** Threats V5: a key that was chosen to cancel others out has no proof of possession. */
  @Test
  void v5_refuses_a_key_without_proof_of_possession() {
    var group = Group.ed25519();
    var honest = TrusteeKey.of(group, group.scalars().of(11), RANDOMNESS);
    var rushed =
        new TrusteeKey(group.generator().dividedBy(honest.publicKey()), honest.possession());
    assertThat(Trustees.read(Trustees.toRecord(List.of(honest, rushed), List.of()), group))
        .isEqualTo(
            new Reading.Refused<Trustees>(
                new Refusal(RefusalReason.WRONG_PROOF_OF_POSSESSION, "[1]")));
  }

  @Test
  void refuses_what_was_altered_on_the_way() {
    var group = Group.ed25519();
    var members =
        Stream.generate(() -> ThresholdTrustee.random(group, RANDOMNESS)).limit(3).toList();
    var certificates = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      certificates.add(members.get(i).certificate(3, 2, i + 1, RANDOMNESS));
    }
    assertReason(
        KeyCeremony.begin(group, certificates.reversed()), RefusalReason.WRONG_CERTIFICATE);
    assertReason(
        KeyCeremony.begin(group, certificates.subList(0, 2)), RefusalReason.WRONG_THRESHOLD);
    assertReason(
        KeyCeremony.begin(
            group,
            List.of(
                certificates.get(0).replace("index\\\":1", "index\\\":2"),
                certificates.get(1),
                certificates.get(2))),
        RefusalReason.WRONG_SIGNATURE_OF_TRUSTEE);
    var ceremony = KeyCeremony.begin(group, certificates).orStop();
    var polynomials =
        members.stream().map(member -> member.polynomial(ceremony, RANDOMNESS)).toList();
    var inputs = ceremony.route(polynomials).orStop();
    // Another member's mail cannot be opened.
    assertReason(
        members.get(0).receive(ceremony, 1, inputs.get(1), RANDOMNESS),
        RefusalReason.CANNOT_DECRYPT);
    // The mail of this member, taken for another place, does not fit the commitments.
    assertReason(
        members.get(0).receive(ceremony, 2, inputs.get(0), RANDOMNESS), RefusalReason.WRONG_SHARE);
    assertReason(ceremony.route(polynomials.reversed()), RefusalReason.WRONG_SIGNATURE_OF_TRUSTEE);
  }

  private static void assertReason(Reading<?> reading, RefusalReason reason) {
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    if (reading instanceof Reading.Refused<?>(var refusal)) {
      assertThat(refusal.reason()).isEqualTo(reason);
    }
  }
}
