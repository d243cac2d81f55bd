package io.madang.voting.proof;

import io.madang.voting.group.Scalar;
import io.madang.voting.group.ScalarField;
import io.madang.voting.record.RecordReader;

/** One challenge with its response. */
public record Proof(Scalar challenge, Scalar response) {
  /** Reads the JSON form. */
  public static Proof read(RecordReader reader, ScalarField scalars) {
    reader.literal("{");
    var challenge = reader.field("challenge", () -> reader.scalar(scalars));
    var response = reader.next("response", () -> reader.scalar(scalars));
    reader.literal("}");
    return new Proof(challenge, response);
  }

  /** The JSON form. */
  public String json() {
    return "{\"challenge\":\""
        + challenge.decimal()
        + "\",\"response\":\""
        + response.decimal()
        + "\"}";
  }
}
