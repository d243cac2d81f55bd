package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.proof.KnowledgeProof;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;

/**
 * A trustee's public key with the proof that somebody knows its secret. Without that proof the last
 * trustee could choose a key that cancels the others out.
 */
public record TrusteeKey(Element publicKey, Proof possession) {
  /** The public key of a secret. */
  public static TrusteeKey of(Group group, Scalar secret, Randomness randomness) {
    var publicKey = group.secretGeneratorPowers().secretPower(secret);
    return new TrusteeKey(
        publicKey, KnowledgeProof.prove(group, secret, statement(group, publicKey), randomness));
  }

  /** Reads {@code "pok":…,"public_key":…}, the fields inside the braces, and checks them. */
  static TrusteeKey readFields(RecordReader reader, Group group) {
    var proof = reader.field("pok", () -> Proof.read(reader, group.scalars()));
    var publicKey = reader.next("public_key", () -> reader.element(group));
    if (!KnowledgeProof.holds(group, proof, publicKey, statement(group, publicKey))) {
      throw reader.refused(RefusalReason.WRONG_PROOF_OF_POSSESSION);
    }
    return new TrusteeKey(publicKey, proof);
  }

  /** Reads a key and checks it. Stops by a refusal. */
  public static TrusteeKey read(RecordReader reader, Group group) {
    reader.literal("{");
    var key = readFields(reader, group);
    reader.literal("}");
    return key;
  }

  private static String statement(Group group, Element publicKey) {
    return "pok|" + group.name() + "|" + publicKey.text() + "|";
  }

  String fields() {
    return "\"pok\":" + possession.json() + ",\"public_key\":\"" + publicKey.text() + "\"";
  }

  /** The JSON form, to be published. */
  public String json() {
    return "{" + fields() + "}";
  }
}
