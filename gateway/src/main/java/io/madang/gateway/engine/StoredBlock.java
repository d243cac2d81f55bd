package io.madang.gateway.engine;

import io.madang.chain.Hash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A block as it lies in the database.
 *
 * @param height from 1
 * @param timeMillis the time in its header
 * @param hash the hash of its header
 * @param block the protobuf {@code Block}
 * @param results the protobuf result of each transaction, in order
 * @param commit the protobuf {@code Commit} that was signed for it
 * @param stateHash the state hash after it
 */
record StoredBlock(
    long height,
    long timeMillis,
    Hash hash,
    byte[] block,
    List<byte[]> results,
    byte[] commit,
    Hash stateHash) {

  /** SHA-256 over everything else that is stored of the block, each part after its length. */
  Hash checksum() {
    var digest = sha256();
    digest.update(ByteBuffer.allocate(16).putLong(height).putLong(timeMillis).array());
    update(digest, hash.bytes());
    update(digest, block);
    update(digest, length(results.size()));
    results.forEach(result -> update(digest, result));
    update(digest, commit);
    update(digest, stateHash.bytes());
    return Hash.of(digest.digest());
  }

  private static void update(MessageDigest digest, byte[] part) {
    digest.update(length(part.length));
    digest.update(part);
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(4).putInt(length).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform must have SHA-256 (java.security.MessageDigest).
      throw new AssertionError(impossible);
    }
  }
}
