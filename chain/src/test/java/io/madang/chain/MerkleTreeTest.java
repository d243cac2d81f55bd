package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MerkleTreeTest {
  @Test
  void has_the_root_of_rfc_6962_for_every_size() {
    for (int size = 0; size < 70; size++) {
      assertThat(MerkleTree.rootOf(leaves(size))).isEqualTo(rootByDefinition(leaves(size)));
    }
  }

  @Test
  void leads_from_every_leaf_to_the_root() {
    for (int size = 1; size < 70; size++) {
      var leaves = leaves(size);
      var tree = MerkleTree.of(leaves);
      for (int i = 0; i < size; i++) {
        assertThat(tree.path(i).leads(leaves.get(i), tree.root())).isTrue();
      }
    }
  }

  @Test
  void refuses_a_path_for_another_place_or_size() {
    for (int size = 1; size < 20; size++) {
      var leaves = leaves(size);
      var tree = MerkleTree.of(leaves);
      for (int i = 0; i < size; i++) {
        var aunts = tree.path(i).aunts();
        for (int index = -1; index < size + 2; index++) {
          assertThat(new MerklePath(index, size, aunts).leads(leaves.get(i), tree.root()))
              .isEqualTo(index == i);
        }
        assertThat(new MerklePath(i, 0, aunts).leads(leaves.get(i), tree.root())).isFalse();
        assertThat(new MerklePath(i, -1, aunts).leads(leaves.get(i), tree.root())).isFalse();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void refuses_a_path_with_any_change(long seed) {
    var random = Seeds.random(seed);
    int size = random.nextInt(1, 300);
    var leaves = leaves(size);
    var tree = MerkleTree.of(leaves);
    int index = random.nextInt(size);
    var path = tree.path(index);
    var leaf = leaves.get(index);

    var longer = new ArrayList<>(path.aunts());
    longer.add(random.nextInt(longer.size() + 1), tree.root());
    assertThat(new MerklePath(index, size, longer).leads(leaf, tree.root())).isFalse();
    for (int i = 0; i < path.aunts().size(); i++) {
      var shorter = new ArrayList<>(path.aunts());
      shorter.remove(i);
      assertThat(new MerklePath(index, size, shorter).leads(leaf, tree.root())).isFalse();
      var altered = new ArrayList<>(path.aunts());
      altered.set(i, flip(altered.get(i), random.nextInt(256)));
      assertThat(new MerklePath(index, size, altered).leads(leaf, tree.root())).isFalse();
    }
    assertThat(path.leads(new byte[] {9}, tree.root())).isFalse();
    assertThat(path.leads(leaf, flip(tree.root(), random.nextInt(256)))).isFalse();
  }

  private static Hash flip(Hash hash, int bit) {
    var bytes = hash.bytes();
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    return Hash.of(bytes);
  }

  private static List<byte[]> leaves(int count) {
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      leaves.add(new byte[] {(byte) i, (byte) (i >> 8)});
    }
    return leaves;
  }

  /** RFC 6962 section 2.1, word for word: split at the largest power of two smaller than n. */
  private static Hash rootByDefinition(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return Hash.sha256(new byte[0]);
    }
    if (leaves.size() == 1) {
      return MerkleTree.leafHash(leaves.getFirst());
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return MerkleTree.nodeHash(
        rootByDefinition(leaves.subList(0, split)),
        rootByDefinition(leaves.subList(split, leaves.size())));
  }
}
