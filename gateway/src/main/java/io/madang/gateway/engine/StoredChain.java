package io.madang.gateway.engine;

import io.madang.chain.Block;
import io.madang.chain.Bytes;
import io.madang.chain.Commit;
import io.madang.chain.CommitCheck;
import io.madang.chain.Hash;
import io.madang.chain.MemberSet;
import io.madang.chain.TransactionResult;
import io.madang.gateway.engine.BlockMaker.Tip;
import io.madang.gateway.engine.ChainStore.StoredStanding;
import java.time.Instant;
import java.util.List;

/**
 * Checks a stored chain against itself: each block's bytes against its checksum, its header against
 * its content and the block before, its signature, and the index of its transactions.
 */
final class StoredChain {
  private static final long BLOCKS_AT_ONCE = 100;

  private final ChainStore store;
  private final Genesis genesis;
  private final MemberSet members;

  StoredChain(ChainStore store, Genesis genesis) {
    this.store = store;
    this.genesis = genesis;
    this.members = genesis.members().members();
  }

  /** The stored genesis. */
  static Genesis readGenesis(byte[] document) {
    try {
      return Genesis.read(document);
    } catch (IllegalArgumentException unreadable) {
      throw new CorruptChainException(0, "the genesis cannot be read: " + unreadable.getMessage());
    }
  }

  /** Where the chain stands, which must be where its blocks end. */
  StoredStanding checkedStanding() throws StoreException {
    var standing =
        store
            .standing()
            .orElseThrow(() -> new CorruptChainException(0, "the stored standing is missing"));
    long greatest = store.greatestHeight();
    if (standing.height() != greatest) {
      throw new CorruptChainException(
          Math.max(0, Math.min(standing.height(), greatest)),
          "the stored standing is at height %d, the blocks end at %d"
              .formatted(standing.height(), greatest));
    }
    return standing;
  }

  /** What the next block builds on, after the last blocks were checked. */
  Tip check(StoredStanding standing, StartCheck check) throws StoreException {
    long last = standing.height();
    long first = Math.max(1, last - Math.min(check.blocks(), last) + 1);
    // Where the hash chain is taken up: the genesis, or the block before the first one checked.
    var tip =
        first == 1
            ? Tip.beginning(genesis, last == 0 ? standing.stateHash() : firstStateHash())
            : tip(stored(first - 1, first - 1).getFirst(), Long.MIN_VALUE);
    for (long height = first; height <= last; height += BLOCKS_AT_ONCE) {
      long end = Math.min(last, height + BLOCKS_AT_ONCE - 1);
      for (var block : stored(height, end)) {
        tip = follow(tip, block);
      }
    }
    if (!tip.stateHash().equals(standing.stateHash())) {
      throw new CorruptChainException(
          last, "the stored standing has another state hash than the last block");
    }
    return tip;
  }

  /** The genesis' state hash, which only the first header tells. */
  private Hash firstStateHash() throws StoreException {
    var appHash = BlockReader.block(stored(1, 1).getFirst()).header().appHash();
    return hash(1, appHash);
  }

  private List<StoredBlock> stored(long from, long to) throws StoreException {
    var blocks = store.blocks(from, to);
    for (int i = 0; i <= to - from; i++) {
      if (i >= blocks.size() || blocks.get(i).height() != from + i) {
        throw new CorruptChainException(from + i, "the block is missing");
      }
    }
    return blocks;
  }

  /** What a block leaves for the next one, once it was found right. */
  private Tip follow(Tip before, StoredBlock stored) throws StoreException {
    long height = stored.height();
    var tip = tip(stored, before.timeMillis());
    var block = BlockReader.block(stored);
    var header = block.header();
    require(height, header.chain().equals(genesis.chain()), "the header is another chain's");
    require(
        height,
        header.lastBlockId().equals(before.blockId())
            && (height == 1 || block.lastCommit().equals(before.commit())),
        "the header does not follow the block before");
    require(
        height,
        header.appHash().equals(Bytes.of(before.stateHash())),
        "the header has another state hash than the block before left");
    require(
        height,
        header.lastResultsHash().equals(Bytes.of(before.resultsHash())),
        "the header has another hash of the results before");
    require(
        height,
        header.validatorsHash().equals(Bytes.of(members.hash()))
            && header.nextValidatorsHash().equals(Bytes.of(members.hash()))
            && header.consensusHash().equals(Bytes.of(BlockMaker.PARAMETERS.hash())),
        "the header names other members or parameters");
    require(
        height,
        store.knows(height, BlockReader.transactionHashes(stored)),
        "the index does not know where the block's transactions are");
    return tip;
  }

  private Tip tip(StoredBlock stored, long timeBefore) {
    long height = stored.height();
    var block = BlockReader.block(stored);
    var header = block.header();
    require(height, header.height() == height, "the header has another height");
    require(
        height,
        header.time().equals(Instant.ofEpochMilli(stored.timeMillis()))
            && stored.timeMillis() > timeBefore,
        "the time does not go on");
    require(height, header.hash().equals(stored.hash()), "the header has another hash");
    require(height, block.isConsistent(), "the header does not match the block's content");
    var results = BlockReader.results(stored);
    require(
        height,
        results.size() == block.transactions().size(),
        "there are not as many results as transactions");
    var commit =
        Commit.decode(stored.commit())
            .orElseThrow(() -> new CorruptChainException(height, "the stored bytes are no commit"));
    require(
        height,
        commit.blockId().equals(block.id()) && isSigned(block, commit),
        "the members' signature is wrong");
    return new Tip(
        height,
        stored.timeMillis(),
        commit.blockId(),
        commit,
        stored.stateHash(),
        TransactionResult.rootOf(results),
        results.isEmpty() && header.appHash().equals(Bytes.of(stored.stateHash())));
  }

  private boolean isSigned(Block block, Commit commit) {
    return CommitCheck.check(members, block.header(), commit) instanceof CommitCheck.Result.Final;
  }

  private static Hash hash(long height, Bytes bytes) {
    require(height, bytes.length() == Hash.LENGTH, "a hash has not 32 bytes");
    return Hash.of(bytes.toByteArray());
  }

  private static void require(long height, boolean holds, String otherwise) {
    if (!holds) {
      throw new CorruptChainException(height, otherwise);
    }
  }
}
