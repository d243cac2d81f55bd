package io.madang.payment.settlement;

import io.madang.chain.Hash;
import io.madang.chain.MerkleTree;
import io.madang.ledger.Settlement;
import java.util.Arrays;

/**
 * The Merkle root (RFC 6962 section 2.1) over leaves that come one after the other, remembering
 * only the roots of the whole subtrees so far: at most one for each bit of the count.
 */
final class PostingTree {
  private Hash[] subtrees = new Hash[4];
  private int depth;
  private long count;

  void add(byte[] leaf) {
    var hash = MerkleTree.leafHash(leaf);
    // As a binary counter carries: two whole subtrees of one size become one of the next.
    for (long carry = count; (carry & 1) == 1; carry >>= 1) {
      hash = MerkleTree.nodeHash(subtrees[--depth], hash);
    }
    if (depth == subtrees.length) {
      subtrees = Arrays.copyOf(subtrees, depth * 2);
    }
    subtrees[depth++] = hash;
    count++;
  }

  long count() {
    return count;
  }

  Hash root() {
    if (depth == 0) {
      return Settlement.NO_POSTINGS;
    }
    var root = subtrees[depth - 1];
    for (int i = depth - 2; i >= 0; i--) {
      root = MerkleTree.nodeHash(subtrees[i], root);
    }
    return root;
  }
}
