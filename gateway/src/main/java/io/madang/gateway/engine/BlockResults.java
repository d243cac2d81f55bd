package io.madang.gateway.engine;

import io.madang.chain.Header;
import io.madang.chain.TransactionResult;
import java.util.List;

/**
 * What came of a block's transactions. The next header commits to the results; this one's commits
 * to those of the block before.
 *
 * @param results in the order of the transactions
 */
public record BlockResults(Header header, List<TransactionResult> results) {
  public BlockResults {
    results = List.copyOf(results);
  }
}
