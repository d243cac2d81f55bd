package io.madang.voting.ballot;

import io.madang.voting.Question;
import io.madang.voting.group.Group;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Json;
import io.madang.voting.record.RecordReader;
import java.util.List;

/**
 * One question's part of a ballot as it was sent, of the right shape but not yet checked.
 *
 * @param blankProof empty when the question offers no blank vote
 */
record EncryptedAnswer(
    List<Ciphertext.Unchecked> choices,
    List<List<Proof>> individualProofs,
    List<Proof> overallProof,
    List<Proof> blankProof) {

  /** Reads the JSON form; the question decides how many there are of everything. */
  static EncryptedAnswer read(RecordReader reader, Group group, Question question) {
    int count = question.choices();
    reader.literal("{");
    var choices =
        reader.field(
            "choices", () -> reader.arrayOf(count, _ -> Ciphertext.Unchecked.read(reader, group)));
    var individual =
        reader.next(
            "individual_proofs", () -> reader.arrayOf(count, _ -> proofs(reader, group, 2)));
    var overall =
        reader.next(
            "overall_proof", () -> proofs(reader, group, OverallClaims.overall(question).size()));
    List<Proof> blank = List.of();
    if (question.blank()) {
      blank = reader.next("blank_proof", () -> proofs(reader, group, 2));
    }
    reader.literal("}");
    return new EncryptedAnswer(choices, individual, overall, blank);
  }

  private static List<Proof> proofs(RecordReader reader, Group group, int count) {
    return reader.arrayOf(count, _ -> Proof.read(reader, group.scalars()));
  }

  static String json(
      List<Ciphertext> choices,
      List<List<Proof>> individualProofs,
      List<Proof> overallProof,
      List<Proof> blankProof) {
    return "{\"choices\":"
        + Json.array(choices, Ciphertext::json)
        + ",\"individual_proofs\":"
        + Json.array(individualProofs, proofs -> Json.array(proofs, Proof::json))
        + ",\"overall_proof\":"
        + Json.array(overallProof, Proof::json)
        + (blankProof.isEmpty() ? "" : ",\"blank_proof\":" + Json.array(blankProof, Proof::json))
        + "}";
  }
}
