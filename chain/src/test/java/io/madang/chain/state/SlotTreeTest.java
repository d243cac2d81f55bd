package io.madang.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.chain.MerkleTree;
import io.madang.chain.Seeds;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SlotTreeTest {
  @Test
  void has_the_root_of_the_merkle_tree_after_any_changes() {
    for (long seed = 0; seed < 300; seed++) {
      var random = Seeds.random(seed);
      var tree = new SlotTree();
      var rows = new ArrayList<byte[]>();
      for (int step = 0; step < 30; step++) {
        int grow = random.nextInt(6);
        for (int i = 0; i < grow; i++) {
          rows.add(new byte[0]);
          tree.set(rows.size() - 1, new byte[0]);
        }
        if (random.nextInt(3) == 0) {
          int size = random.nextInt(rows.size() + 1);
          rows.subList(size, rows.size()).clear();
        }
        for (int i = random.nextInt(5); i > 0 && !rows.isEmpty(); i--) {
          var row = new byte[random.nextInt(80)];
          random.nextBytes(row);
          int slot = random.nextInt(rows.size());
          rows.set(slot, row);
          tree.set(slot, row);
        }
        tree.resize(rows.size());
        assertThat(Hash.of(tree.root())).as("seed %d", seed).isEqualTo(MerkleTree.rootOf(rows));
      }
    }
  }
}
