package io.madang.chain;

import io.madang.chain.protobuf.ProtobufWriter;

/**
 * The consensus parameters that a header vouches for ({@code tendermint.types.HashedParams}).
 *
 * @param maxBlockBytes longest encoded block
 * @param maxBlockGas most gas in a block; -1 for no bound
 */
public record ConsensusParameters(long maxBlockBytes, long maxBlockGas) {

  /** What headers carry as {@code consensusHash}. */
  public Hash hash() {
    return Hash.sha256(
        new ProtobufWriter().varint(1, maxBlockBytes).varint(2, maxBlockGas).toByteArray());
  }
}
