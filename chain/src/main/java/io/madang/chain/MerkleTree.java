package io.madang.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree of RFC 6962 section 2.1 over byte strings: one hash that stands for all of them,
 * and for each a short {@link MerklePath} that proves it is there.
 */
public final class MerkleTree {
  /**
   * The hashes of each level, the leaves' first. Pairing neighbours, with a last single one going
   * up as it is, gives the same tree as RFC 6962's split at the largest power of two.
   */
  private final List<byte[][]> levels;

  private MerkleTree(List<byte[][]> levels) {
    this.levels = levels;
  }

  /** The tree over these leaves, in their order. */
  public static MerkleTree of(List<byte[]> leaves) {
    var hasher = new MerkleHasher();
    var level = new byte[leaves.size()][];
    int at = 0;
    for (var leaf : leaves) {
      level[at++] = hasher.leaf(leaf);
    }
    var levels = new ArrayList<byte[][]>();
    levels.add(level);
    while (level.length > 1) {
      var upper = new byte[(level.length + 1) / 2][];
      for (int i = 0; i < upper.length; i++) {
        upper[i] =
            2 * i + 1 < level.length ? hasher.node(level[2 * i], level[2 * i + 1]) : level[2 * i];
      }
      levels.add(upper);
      level = upper;
    }
    return new MerkleTree(levels);
  }

  /** The root over these leaves. */
  public static Hash rootOf(List<byte[]> leaves) {
    return of(leaves).root();
  }

  /** The hash of a leaf: SHA-256(00 ‖ content). */
  public static Hash leafHash(byte[] content) {
    return Hash.of(new MerkleHasher().leaf(content));
  }

  /** The hash of a node: SHA-256(01 ‖ left ‖ right). */
  public static Hash nodeHash(Hash left, Hash right) {
    return Hash.of(new MerkleHasher().node(left.content(), right.content()));
  }

  /** The root; of no leaves, the SHA-256 of nothing. */
  public Hash root() {
    return size() == 0 ? Hash.sha256(new byte[0]) : Hash.of(levels.getLast()[0]);
  }

  /** How many leaves there are. */
  public int size() {
    return levels.getFirst().length;
  }

  /**
   * The path of a leaf.
   *
   * @throws IndexOutOfBoundsException when there is no such leaf
   */
  public MerklePath path(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(index);
    }
    var aunts = new ArrayList<Hash>();
    int place = index;
    for (var level : levels) {
      int sibling = place ^ 1;
      if (sibling < level.length) {
        aunts.add(Hash.of(level[sibling]));
      }
      place >>= 1;
    }
    return new MerklePath(index, size(), aunts);
  }
}
