package io.madang.voting.proof;

import io.madang.voting.group.Candidate;
import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.RecordReader;

/**
 * An exponential ElGamal ciphertext of a number m under a key y: alpha = g<sup>r</sup>, beta =
 * y<sup>r</sup> g<sup>m</sup>. The product of two encrypts the sum.
 */
public record Ciphertext(Element alpha, Element beta) {
  /** What has the form of a ciphertext but may lie outside the group. */
  public record Unchecked(Candidate alpha, Candidate beta) {
    /** Reads the JSON form. */
    public static Unchecked read(RecordReader reader, Group group) {
      reader.literal("{");
      var alpha = reader.field("alpha", () -> reader.candidate(group));
      var beta = reader.next("beta", () -> reader.candidate(group));
      reader.literal("}");
      return new Unchecked(alpha, beta);
    }

    /** As {@link Ciphertext#text()}. */
    public String text() {
      return alpha.text() + "," + beta.text();
    }
  }

  /** The ciphertext of 0 with no randomness: of a question that nobody answered. */
  public static Ciphertext neutral(Group group) {
    return new Ciphertext(group.one(), group.one());
  }

  /** The ciphertext of the sum. */
  public Ciphertext times(Ciphertext other) {
    return new Ciphertext(alpha.times(other.alpha), beta.times(other.beta));
  }

  /** The ciphertext of the difference. */
  public Ciphertext dividedBy(Ciphertext other) {
    return new Ciphertext(alpha.dividedBy(other.alpha), beta.dividedBy(other.beta));
  }

  /** The ciphertext of a public multiple. */
  public Ciphertext power(Scalar factor) {
    return new Ciphertext(alpha.power(factor), beta.power(factor));
  }

  /** Both texts with a comma between, as hashes take them. */
  public String text() {
    return alpha.text() + "," + beta.text();
  }

  /** The JSON form. */
  public String json() {
    return "{\"alpha\":\"" + alpha.text() + "\",\"beta\":\"" + beta.text() + "\"}";
  }
}
