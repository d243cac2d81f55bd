package io.madang.voting.ballot;

import io.madang.voting.Election;
import io.madang.voting.group.Candidate;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Digest;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A ballot of the right shape, of which nothing is checked but that it is for this election.
 *
 * @param unsignedHash the hash that its signature must be of
 */
record ParsedBallot(
    Candidate credential,
    List<EncryptedAnswer> answers,
    String signedHash,
    Proof signature,
    String unsignedHash) {
  private static final int MAX_HASH = 43;

  static ParsedBallot read(RecordReader reader, Election election) {
    var group = election.group();
    int start = reader.position();
    reader.literal("{");
    named(reader, reader.field("election_uuid", () -> reader.plain(64)), election.id().text());
    named(
        reader, reader.next("election_hash", () -> reader.plain(MAX_HASH)), election.fingerprint());
    var credential = reader.next("credential", () -> reader.candidate(group));
    var questions = election.questions();
    var answers =
        reader.next(
            "answers",
            () ->
                reader.arrayOf(
                    questions.size(),
                    index -> EncryptedAnswer.read(reader, group, questions.get(index))));
    var unsigned = reader.since(start) + "}";
    var hash = new String[1];
    var signature =
        reader.next(
            "signature",
            () -> {
              reader.literal("{");
              hash[0] = reader.field("hash", () -> reader.plain(MAX_HASH));
              var proof = reader.next("proof", () -> Proof.read(reader, group.scalars()));
              reader.literal("}");
              return proof;
            });
    reader.literal("}");
    return new ParsedBallot(
        credential,
        answers,
        hash[0],
        signature,
        Digest.base64(unsigned.getBytes(StandardCharsets.UTF_8)));
  }

  private static void named(RecordReader reader, String name, String expected) {
    if (!name.equals(expected)) {
      throw reader.refused(RefusalReason.OTHER_ELECTION);
    }
  }
}
