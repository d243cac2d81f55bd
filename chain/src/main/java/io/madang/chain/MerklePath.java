package io.madang.chain;

import java.util.List;

/**
 * The way from one leaf to the root of a {@link MerkleTree}: the proof that the leaf is there (RFC
 * 9162 section 2.1.3.2; CometBFT calls it a proof and its hashes aunts).
 *
 * <p><b>A root does not say how many leaves it has.</b> For a known total the index is proven, but
 * totals whose tree looks the same along the way cannot be told apart: the third leaf of three has
 * the same path as the second of two. Whoever draws conclusions from an index must have the total
 * from elsewhere, as the ledger does, which keeps it beside the root.
 *
 * @param index the leaf's place, from 0
 * @param total how many leaves the tree has
 * @param aunts the sibling's hash on each level where there is one, from the leaf upward
 */
public record MerklePath(long index, long total, List<Hash> aunts) {
  public MerklePath {
    aunts = List.copyOf(aunts);
  }

  /**
   * Whether this is the path of exactly this leaf to exactly this root. Index, total and the number
   * of aunts must fit each other; a path with one too many or too few is refused.
   */
  public boolean leads(byte[] leaf, Hash root) {
    if (index < 0 || index >= total) {
      return false;
    }
    var hasher = new MerkleHasher();
    byte[] hash = hasher.leaf(leaf);
    long place = index;
    long last = total - 1;
    for (var aunt : aunts) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = hasher.node(aunt.content(), hash);
        // A last node without a sibling goes up as it is until it is a right child.
        while ((place & 1) == 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = hasher.node(hash, aunt.content());
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && Hash.of(hash).equals(root);
  }
}
