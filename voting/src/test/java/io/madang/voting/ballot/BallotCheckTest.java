package io.madang.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Seeds;
import io.madang.voting.Credential;
import io.madang.voting.Fixtures;
import io.madang.voting.Question;
import io.madang.voting.SampleElection;
import io.madang.voting.SampleElection.Plan;
import io.madang.voting.group.Group;
import io.madang.voting.proof.KnowledgeProof;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BallotCheckTest {
  private final SampleElection election =
      new SampleElection(
          Plan.of(
              Group.ed25519(),
              new Question(List.of("a", "b"), false, 1, 1, "one"),
              new Question(List.of("c", "d"), true, 1, 2, "blank")),
          Seeds.random(4));
  private final BallotCheck check = election.board().ballotCheck();
  private final byte[] ballot = election.makeBallot(0, List.of(List.of(0, 1), List.of(1, 0, 0)));
  private final String text = new String(ballot, StandardCharsets.UTF_8);

  private Refusal refusal(String altered) {
    var reading = check.check(altered.getBytes(StandardCharsets.UTF_8));
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused<CheckedBallot>) reading).refusal();
  }

  @Test
  void accepts_its_own_ballot_of_every_allowed_choice() {
    for (var first : List.of(List.of(1, 0), List.of(0, 1))) {
      for (var second :
          List.of(List.of(1, 0, 0), List.of(0, 1, 0), List.of(0, 0, 1), List.of(0, 1, 1))) {
        assertThat(check.check(election.makeBallot(1, List.of(first, second))))
            .isInstanceOf(Reading.Accepted.class);
      }
    }
  }

  @Test
  void makes_no_ballot_of_a_choice_that_is_not_allowed() {
    for (var second :
        List.of(List.of(0, 0, 0), List.of(1, 1, 0), List.of(0, 2, 0), List.of(0, 1))) {
      assertThatThrownBy(() -> election.makeBallot(0, List.of(List.of(1, 0), second)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The text around a ballot has one form, down to the last byte. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"election_uuid\"|{ \"election_uuid\"",
        "}}$|}}\n",
        "}}$|}} ",
        "\"election_uuid\"|\"election_Uuid\"",
        "\"answers\":|\"answers\" :",
        "\"challenge\":\"|\"challenge\":\"0",
        "\"challenge\":\"|\"challenge\":\"+",
        "\"response\":\"|\"response\":\"-"
      })
  void refuses_another_form_of_the_same_ballot(String change) {
    var parts = change.split("\\|", 2);
    assertThat(
            refusal(text.replaceFirst(parts[0].replace("{", "\\{"), parts[1].replace("\\", "\\\\")))
                .reason())
        .isIn(RefusalReason.NOT_CANONICAL, RefusalReason.OUT_OF_RANGE);
  }

  @Test
  void refuses_a_challenge_that_is_the_same_modulo_the_order() {
    var matcher = Pattern.compile("\"challenge\":\"([0-9]+)\"").matcher(text);
    assertThat(matcher.find()).isTrue();
    var larger = new BigInteger(matcher.group(1)).add(Group.ed25519().scalars().order());
    assertThat(refusal(text.replaceFirst(matcher.group(1), larger.toString())))
        .isEqualTo(
            new Refusal(
                RefusalReason.OUT_OF_RANGE, "answers[0].individual_proofs[0][0].challenge"));
  }

  @Test
  void names_the_cheapest_fault_first() {
    var id = election.board().election().id().text();
    var phi = election.board().election().fingerprint();
    var stranger =
        Credential.random(Seeds.random(77)::nextBytes)
            .publicCredential(election.board().election().id(), Group.ed25519())
            .text();
    var own = text.replaceFirst(".*\"credential\":\"([0-9a-f]{64}).*", "$1");
    assertThat(refusal(text.replace(id, "1" + id.substring(1))).reason())
        .isEqualTo(RefusalReason.OTHER_ELECTION);
    assertThat(refusal(text.replace(phi, "A".repeat(43))).reason())
        .isEqualTo(RefusalReason.OTHER_ELECTION);
    assertThat(refusal(text.replace(own, stranger)))
        .isEqualTo(new Refusal(RefusalReason.UNKNOWN_CREDENTIAL, "credential"));
    assertThat(refusal(text.replaceFirst("\"response\":\"[0-9]{3}", "\"response\":\"123")).reason())
        .isEqualTo(RefusalReason.WRONG_SIGNED_HASH);
    assertThat(
            refusal(text.replaceFirst("(?s)(.*)\"response\":\"[0-9]{3}", "$1\"response\":\"123"))
                .reason())
        .isEqualTo(RefusalReason.WRONG_SIGNATURE);
  }

  /** Threats V2: another voter's answers under one's own credential and signature. */
  @Test
  void v2_refuses_a_copied_ballot_that_is_signed_again() {
    assertThat(refusal(signedAgain(text, 1)))
        .isEqualTo(
            new Refusal(RefusalReason.WRONG_INDIVIDUAL_PROOF, "answers[0].individual_proofs[0]"));
  }

  @ParameterizedTest
  @CsvSource({
    "individual_proofs,WRONG_INDIVIDUAL_PROOF",
    "overall_proof,WRONG_OVERALL_PROOF",
    "blank_proof,WRONG_BLANK_PROOF"
  })
  void names_the_proof_that_is_wrong(String field, RefusalReason reason) {
    var altered =
        text.replaceFirst(
            "(\"" + field + "\":[\\[{\"a-z:0-9]*\",\"response\":\")[0-9]{3}", "$1123");
    assertThat(altered).isNotEqualTo(text);
    assertThat(refusal(signedAgain(altered, 0)).reason()).isEqualTo(reason);
  }

  /** Threats V4: a ciphertext plus a point of small order. */
  @Test
  void v4_refuses_a_point_outside_the_subgroup() {
    var altered =
        text.replaceFirst(
            "\"alpha\":\"[0-9a-f]{64}",
            "\"alpha\":\"9999999999999999999999999999999999999999999999999999999999999995");
    assertThat(refusal(signedAgain(altered, 0)))
        .isEqualTo(new Refusal(RefusalReason.NOT_IN_THE_GROUP, "answers[0].choices[0].alpha"));
  }

  /** The ballot's answers under the credential of a voter, with a right signature. */
  private String signedAgain(String ballotText, int voter) {
    var group = Group.ed25519();
    var credential = election.credentialOf(voter);
    var id = election.board().election().id();
    var unsigned =
        ballotText
                .substring(0, ballotText.indexOf(",\"signature\":{\"hash\""))
                .replaceFirst(
                    "\"credential\":\"[0-9a-f]{64}",
                    "\"credential\":\"" + credential.publicCredential(id, group).text())
            + "}";
    var hash = Digest.base64(unsigned.getBytes(StandardCharsets.UTF_8));
    var proof =
        KnowledgeProof.prove(
            group,
            credential.exponent(id, group),
            Statements.signature(hash),
            election.randomness());
    return unsigned.substring(0, unsigned.length() - 1)
        + ",\"signature\":{\"hash\":\""
        + hash
        + "\",\"proof\":"
        + proof.json()
        + "}}";
  }

  /** Vectors: the exact text that goes into the first choice's challenge. */
  @ParameterizedTest
  @ValueSource(strings = {"worked_c-ed25519-lists", "worked_a-simple-2048"})
  void hashes_the_vectors_text_to_the_vectors_challenge(String name) {
    var vector = Fixtures.json("vectors.json").get(name);
    var group = name.contains("ed25519") ? Group.ed25519() : Group.belenios2048();
    var input = vector.get("first_choice_interval_proof_hash_input").asText();
    assertThat(group.scalars().ofBytes(Digest.of(input)).decimal())
        .isEqualTo(vector.get("sum_of_challenges").asText());
    assertThat(input).startsWith("prove|" + vector.get("S0").asText() + "|");
  }

  @Test
  void never_throws_whatever_arrives() {
    var random = Seeds.random(12);
    for (int i = 0; i < 2_000; i++) {
      byte[] altered = ballot.clone();
      for (int changes = 0; changes <= random.nextInt(3); changes++) {
        altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
      }
      if (!Arrays.equals(altered, ballot)) {
        assertThat(check.check(altered)).isInstanceOf(Reading.Refused.class);
      }
    }
    assertThat(check.check(new byte[0])).isInstanceOf(Reading.Refused.class);
    assertThat(check.check(new byte[BallotCheck.MAX_BYTES + 1]))
        .isEqualTo(new Reading.Refused<>(Refusal.of(RefusalReason.TOO_LONG)));
  }
}
