package io.madang.gateway.engine;

import io.madang.chain.Block;
import io.madang.chain.BlockId;
import io.madang.chain.Bytes;
import io.madang.chain.Commit;
import io.madang.chain.CommitSignature;
import io.madang.chain.ConsensusParameters;
import io.madang.chain.Evidence;
import io.madang.chain.Hash;
import io.madang.chain.Header;
import io.madang.chain.SigningKey;
import io.madang.chain.TransactionResult;
import java.time.Instant;
import java.util.List;

/** Makes blocks and signs them for the chain's only member. */
final class BlockMaker {
  /** The version of the application's rules, named in every header. */
  private static final long APPLICATION_VERSION = 1;

  private static final int ROUND = 0;

  /** A block has at most 1 MiB; there is no gas. */
  static final ConsensusParameters PARAMETERS = new ConsensusParameters(1024 * 1024, -1);

  /**
   * What the next block builds on.
   *
   * @param height of the last block, 0 before the first
   * @param timeMillis of the last block
   * @param blockId of the last block
   * @param commit for the last block
   * @param stateHash after the last block
   * @param resultsHash over the last block's results
   * @param proven whether the block after it adds nothing that a receipt needs: it had no
   *     transactions and changed nothing
   */
  record Tip(
      long height,
      long timeMillis,
      BlockId blockId,
      Commit commit,
      Hash stateHash,
      Hash resultsHash,
      boolean proven) {

    /** Where a chain begins. */
    static Tip beginning(Genesis genesis, Hash stateHash) {
      return new Tip(
          0,
          genesis.timeMillis(),
          BlockId.NONE,
          Commit.NONE,
          stateHash,
          TransactionResult.rootOf(List.of()),
          true);
    }
  }

  private final String chain;
  private final SigningKey memberKey;
  private final Bytes membersHash;
  private final Bytes consensusHash;
  private final Bytes noEvidence;
  private final Bytes proposer;

  /**
   * A maker of blocks.
   *
   * @throws IllegalArgumentException when the key is not that of the genesis document's one member
   */
  BlockMaker(Genesis genesis, SigningKey memberKey) {
    var members = genesis.members().members();
    if (members.members().size() != 1
        || !members.members().getFirst().key().equals(memberKey.publicKey())) {
      throw new IllegalArgumentException(
          "The member key " + memberKey.publicKey() + " is not the one member's of this chain");
    }
    this.chain = genesis.chain();
    this.memberKey = memberKey;
    this.membersHash = Bytes.of(members.hash());
    this.consensusHash = Bytes.of(PARAMETERS.hash());
    this.noEvidence = Bytes.of(Evidence.rootOf(List.of()));
    this.proposer = members.members().getFirst().address();
  }

  /** The next block. */
  Block make(Tip tip, long timeMillis, List<Bytes> transactions) {
    var header =
        new Header(
            Header.BLOCK_VERSION,
            APPLICATION_VERSION,
            chain,
            tip.height() + 1,
            Instant.ofEpochMilli(timeMillis),
            tip.blockId(),
            Bytes.of(tip.commit().hash()),
            Bytes.of(Block.dataTree(transactions).root()),
            membersHash,
            membersHash,
            consensusHash,
            Bytes.of(tip.stateHash()),
            Bytes.of(tip.resultsHash()),
            noEvidence,
            proposer);
    return new Block(header, transactions, tip.commit());
  }

  /** The member's signature for a block. */
  Commit sign(long height, BlockId blockId, long timeMillis) {
    var signature =
        CommitSignature.sign(
            memberKey, chain, height, ROUND, blockId, Instant.ofEpochMilli(timeMillis));
    return new Commit(height, ROUND, blockId, List.of(signature));
  }
}
