package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.voting.Question;
import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.record.RecordReader;
import io.madang.voting.tally.EncryptedTally;

/** Reads ciphertexts back from state, where only what was checked before is stored. */
final class Ciphertexts {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_QUESTIONS = 100;

  private Ciphertexts() {}

  /** The counterpart of {@link EncryptedTally#toRecord}. */
  static EncryptedTally read(Bytes record, Group group) {
    return RecordReader.read(
        record.toByteArray(),
        MAX_BYTES,
        reader ->
            new EncryptedTally(
                reader.array(
                    MAX_QUESTIONS,
                    _ -> reader.array(Question.MAX_ANSWERS + 1, _ -> one(reader, group)))));
  }

  private static Ciphertext one(RecordReader reader, Group group) {
    reader.literal("{");
    Element alpha = reader.field("alpha", () -> reader.element(group));
    Element beta = reader.next("beta", () -> reader.element(group));
    reader.literal("}");
    return new Ciphertext(alpha, beta);
  }
}
