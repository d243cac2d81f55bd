package io.madang.chain;

import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded of a transaction's outcome, and enters {@code lastResultsHash} of the next
 * header.
 *
 * <p>Encoded as {@code tendermint.abci.ExecTxResult} reduced to what is hashed; there is no gas
 * here.
 *
 * @param code 0 when it took effect
 * @param data canonical JSON, empty when refused
 */
public record TransactionResult(int code, byte[] data) {
  public TransactionResult {
    if (code < 0) {
      throw new IllegalArgumentException("a negative code: " + code);
    }
  }

  /** The root over a block's results, in the order of its transactions. */
  public static Hash rootOf(List<TransactionResult> results) {
    return treeOf(results).root();
  }

  /** The tree over a block's results, for paths. */
  public static MerkleTree treeOf(List<TransactionResult> results) {
    return MerkleTree.of(results.stream().map(TransactionResult::encode).toList());
  }

  /** The result of these bytes; empty when they are not the canonical encoding of one. */
  public static Optional<TransactionResult> decode(byte[] encoded) {
    return Wire.read(encoded, TransactionResult::read, TransactionResult::write);
  }

  /** The protobuf encoding, which is the leaf in the tree of results. */
  public byte[] encode() {
    return write().toByteArray();
  }

  private ProtobufWriter write() {
    return new ProtobufWriter().varint(1, code).bytes(2, data);
  }

  private static TransactionResult read(ProtobufReader in) {
    int code = 0;
    var data = new byte[0];
    while (in.next()) {
      switch (in.field()) {
        case 1 -> code = in.size();
        case 2 -> data = in.bytes();
        default -> throw in.unknown();
      }
    }
    return new TransactionResult(code, data);
  }

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
