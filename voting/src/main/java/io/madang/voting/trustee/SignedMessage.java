package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.proof.KnowledgeProof;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Json;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;

/** A message of the key ceremony with its sender's signature. */
record SignedMessage(String message, Proof signature) {
  private static final int MAX_MESSAGE = 1 << 20;

  static SignedMessage sign(Group group, Scalar key, String message, Randomness randomness) {
    return new SignedMessage(message, signature(group, key, message, randomness));
  }

  static Proof signature(Group group, Scalar key, String message, Randomness randomness) {
    return KnowledgeProof.prove(group, key, statement(message), randomness);
  }

  static SignedMessage read(RecordReader reader, Group group) {
    reader.literal("{");
    var message = reader.field("message", () -> reader.string(MAX_MESSAGE));
    var signature = reader.next("signature", () -> Proof.read(reader, group.scalars()));
    reader.literal("}");
    return new SignedMessage(message, signature);
  }

  /** Stops unless the signature is that of the sender. */
  void requireFrom(RecordReader reader, Group group, Element sender) {
    requireSigned(reader, group, sender, message, signature);
  }

  /** Stops unless the signature of a message is that of the sender. */
  static void requireSigned(
      RecordReader reader, Group group, Element sender, String message, Proof signature) {
    if (!KnowledgeProof.holds(group, signature, sender, statement(message))) {
      throw reader.refused(RefusalReason.WRONG_SIGNATURE_OF_TRUSTEE);
    }
  }

  private static String statement(String message) {
    return "sigmsg|" + message + "|";
  }

  String json() {
    return "{\"message\":" + Json.string(message) + ",\"signature\":" + signature.json() + "}";
  }
}
