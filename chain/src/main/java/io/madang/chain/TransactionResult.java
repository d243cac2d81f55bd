package io.madang.chain;

import java.util.Arrays;

/**
 * What is recorded of a transaction's outcome, and enters {@code last_results_hash} of the next
 * header.
 *
 * @param code 0 when it took effect
 * @param data canonical JSON, empty when refused
 */
public record TransactionResult(int code, byte[] data) {
  @Override
  public boolean equals(Object other) {
    return other instanceof TransactionResult result
        && code == result.code
        && Arrays.equals(data, result.data);
  }

  @Override
  public int hashCode() {
    return 31 * code + Arrays.hashCode(data);
  }
}
