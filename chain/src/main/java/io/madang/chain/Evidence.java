package io.madang.chain;

import io.madang.chain.protobuf.MalformedProtobufException;
import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.List;

/**
 * A proof that a member did wrong ({@code tendermint.types.Evidence}), kept as it came: full nodes
 * judge it, here it is only carried and hashed.
 *
 * @param kind 1 for two votes at once, 2 for an attack on light clients
 * @param content the encoded proof
 */
public record Evidence(int kind, Bytes content) {
  private static final int KINDS = 2;

  public Evidence {
    if (kind < 1 || kind > KINDS) {
      throw new IllegalArgumentException("evidence of kind " + kind);
    }
  }

  /** What headers carry as {@code evidenceHash}. */
  public static Hash rootOf(List<Evidence> evidence) {
    return MerkleTree.rootOf(evidence.stream().map(one -> one.content.content()).toList());
  }

  ProtobufWriter write() {
    return new ProtobufWriter().element(kind, content.content());
  }

  static Evidence read(ProtobufReader in) {
    if (!in.next()) {
      throw new MalformedProtobufException("empty evidence");
    }
    var evidence = new Evidence(in.field(), Bytes.of(in.bytes()));
    if (in.next()) {
      throw in.unknown();
    }
    return evidence;
  }
}
