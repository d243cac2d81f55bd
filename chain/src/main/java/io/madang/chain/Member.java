package io.madang.chain;

import io.madang.chain.PublicKey.Algorithm;
import io.madang.chain.crypto.Sha256;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.Arrays;

/**
 * A member of a chain: an institution whose signature counts for a block (CometBFT: validator).
 *
 * @param key Ed25519
 * @param power the weight of its vote, from 1
 */
public record Member(PublicKey key, long power) {
  /** Length of an address in bytes. */
  public static final int ADDRESS_LENGTH = 20;

  public Member {
    if (key.algorithm() != Algorithm.ED25519) {
      throw new IllegalArgumentException("a member signs with Ed25519, not " + key.algorithm());
    }
    if (power < 1) {
      throw new IllegalArgumentException("a member's power is at least 1, not " + power);
    }
  }

  /** The first 20 bytes of the key's SHA-256. */
  public Bytes address() {
    return address(key);
  }

  static Bytes address(PublicKey key) {
    return Bytes.of(Arrays.copyOf(Sha256.digest(key.bytes()), ADDRESS_LENGTH));
  }

  /** The member as it enters the set's hash ({@code tendermint.types.SimpleValidator}). */
  ProtobufWriter write() {
    return new ProtobufWriter()
        .message(1, new ProtobufWriter().bytes(1, key.bytes()))
        .varint(2, power);
  }
}
