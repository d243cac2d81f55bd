package io.madang.voting.tally;

import io.madang.voting.Election;
import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.proof.EqualityProof;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One trustee's part in decrypting a tally: alpha to the power of the trustee's key for each
 * ciphertext, each with a proof.
 */
public final class PartialDecryption {
  private static final int MAX_BYTES = 32 << 20;

  private PartialDecryption() {}

  /**
   * Makes a partial decryption; it runs on the trustee's own device.
   *
   * @param key a single trustee's secret, or a threshold member's decryption key
   */
  public static byte[] make(
      Election election, EncryptedTally tally, Scalar key, Randomness randomness) {
    var group = election.group();
    var statement = statement(election, group.secretGeneratorPowers().secretPower(key));
    var factors = new ArrayList<String>();
    var proofs = new ArrayList<String>();
    for (var row : tally.answers()) {
      factors.add(Json.array(row, sum -> Json.string(sum.alpha().secretPower(key).text())));
      proofs.add(
          Json.array(
              row,
              sum -> EqualityProof.prove(group, sum.alpha(), key, statement, randomness).json()));
    }
    var record =
        "{\"decryption_factors\":"
            + Json.array(factors, row -> row)
            + ",\"decryption_proofs\":"
            + Json.array(proofs, row -> row)
            + "}";
    return record.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a partial decryption and checks every proof. Never throws.
   *
   * @param verificationKey the trustee's
   * @return the factors, in the tally's shape
   */
  public static Reading<List<List<Element>>> read(
      byte[] bytes, Election election, EncryptedTally tally, Element verificationKey) {
    return Reading.of(
        () ->
            RecordReader.read(
                bytes, MAX_BYTES, reader -> read(reader, election, tally, verificationKey)));
  }

  private static List<List<Element>> read(
      RecordReader reader, Election election, EncryptedTally tally, Element verificationKey) {
    var group = election.group();
    reader.literal("{");
    var factors =
        reader.field(
            "decryption_factors", () -> shaped(reader, tally, () -> reader.element(group)));
    var proofs =
        reader.next(
            "decryption_proofs",
            () -> shaped(reader, tally, () -> Proof.read(reader, group.scalars())));
    reader.literal("}");
    var statement = statement(election, verificationKey);
    for (int question = 0; question < factors.size(); question++) {
      for (int choice = 0; choice < factors.get(question).size(); choice++) {
        if (!holds(
            group,
            proofs.get(question).get(choice),
            tally.answers().get(question).get(choice),
            verificationKey,
            factors.get(question).get(choice),
            statement)) {
          throw new RefusedException(
              RefusalReason.WRONG_DECRYPTION_PROOF,
              "decryption_proofs[" + question + "][" + choice + "]");
        }
      }
    }
    return factors;
  }

  private static <T> List<List<T>> shaped(
      RecordReader reader, EncryptedTally tally, Supplier<T> item) {
    var rows = tally.answers();
    return reader.arrayOf(
        rows.size(), index -> reader.arrayOf(rows.get(index).size(), _ -> item.get()));
  }

  private static boolean holds(
      Group group,
      Proof proof,
      Ciphertext sum,
      Element verificationKey,
      Element factor,
      String statement) {
    return EqualityProof.holds(group, proof, sum.alpha(), verificationKey, factor, statement);
  }

  private static String statement(Election election, Element verificationKey) {
    return "decrypt|" + election.fingerprint() + "|" + verificationKey.text() + "|";
  }
}
