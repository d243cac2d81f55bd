package io.madang.chain;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes the receipts of one block's transactions, as soon as the next header is final. */
public final class BlockReceipts {
  private final Block block;
  private final Commit commit;
  private final List<TransactionResult> results;
  private final Header nextHeader;
  private final Commit nextCommit;
  private final MerkleTree transactionTree;
  private final MerkleTree resultTree;

  /**
   * The receipts of a block.
   *
   * @param commit for this block
   * @param results of the block's transactions, in order
   * @param nextHeader the header after the block's
   * @param nextCommit for that header
   * @throws IllegalArgumentException when these do not belong together
   */
  public BlockReceipts(
      Block block,
      Commit commit,
      List<TransactionResult> results,
      Header nextHeader,
      Commit nextCommit) {
    this.block = block;
    this.commit = commit;
    this.results = List.copyOf(results);
    this.nextHeader = nextHeader;
    this.nextCommit = nextCommit;
    this.transactionTree = Block.dataTree(block.transactions());
    this.resultTree = TransactionResult.treeOf(this.results);
    if (!block.header().dataHash().equals(Bytes.of(transactionTree.root()))
        || !nextHeader.lastResultsHash().equals(Bytes.of(resultTree.root()))
        || !nextHeader.lastBlockId().equals(commit.blockId())) {
      throw new IllegalArgumentException(
          "block, results and next header do not belong together at height "
              + block.header().height());
    }
  }

  /**
   * The receipt of one transaction.
   *
   * @throws IndexOutOfBoundsException when there is no such transaction
   */
  public Receipt receipt(int index) {
    var transaction = block.transactions().get(index).content();
    return new Receipt(
        block.header().chain(),
        new String(transaction, StandardCharsets.ISO_8859_1),
        new Receipt.Inclusion(block.header(), commit, transactionTree.path(index)),
        new Receipt.Outcome(
            nextHeader, nextCommit, results.get(index), resultTree.path(index).aunts()));
  }
}
