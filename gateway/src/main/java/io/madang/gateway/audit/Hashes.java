package io.madang.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** SHA-256, and Merkle trees by the recursive words of RFC 6962 section 2.1. */
final class Hashes {
  private Hashes() {}

  static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static byte[] merkleRoot(List<byte[]> leaves) {
    return switch (leaves.size()) {
      case 0 -> sha256();
      case 1 -> sha256(new byte[] {0}, leaves.getFirst());
      default -> {
        int split = Integer.highestOneBit(leaves.size() - 1);
        yield sha256(
            new byte[] {1},
            merkleRoot(leaves.subList(0, split)),
            merkleRoot(leaves.subList(split, leaves.size())));
      }
    };
  }

  /** A protobuf field of bytes; nothing when empty. */
  static byte[] field(int number, byte[] value) {
    return value.length == 0 ? value : always(number, value);
  }

  /** A protobuf field of bytes, empty or not. */
  static byte[] always(int number, byte[] value) {
    return join(varint((long) number << 3 | 2), varint(value.length), value);
  }

  /** A protobuf field of a number; nothing when 0. */
  static byte[] field(int number, long value) {
    return value == 0 ? new byte[0] : join(varint((long) number << 3), varint(value));
  }

  static byte[] varint(long value) {
    var out = new ByteArrayOutputStream();
    long rest = value;
    while (rest < 0 || rest > 0x7F) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
