package io.madang.chain;

import io.madang.chain.crypto.Sha256;
import java.security.MessageDigest;

/** The two hashes of RFC 6962 section 2.1; their prefixes keep a node from passing for a leaf. */
final class MerkleHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = Sha256.start();

  byte[] leaf(byte[] content) {
    sha256.update(LEAF);
    return sha256.digest(content);
  }

  byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }
}
