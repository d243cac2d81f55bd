package io.madang.chain;

import io.madang.chain.protobuf.ProtobufWriter;
import java.time.Instant;

/**
 * What a member signs when it votes ({@code tendermint.types.CanonicalVote}).
 *
 * @param type {@link #PRECOMMIT} for the votes in a commit
 * @param blockId {@link BlockId#NONE} for a vote for no block
 * @param time the member's own time, not the block's
 */
public record CanonicalVote(
    int type, long height, int round, BlockId blockId, Instant time, String chain) {
  /** The type of the votes that a commit is made of. */
  public static final int PRECOMMIT = 2;

  /** The bytes under the signature: the encoding with its length before it. */
  public byte[] signBytes() {
    var out = new ProtobufWriter().varint(1, type).fixed64(2, height).fixed64(3, round);
    if (!blockId.equals(BlockId.NONE)) {
      out.message(4, blockId.write());
    }
    return out.message(5, Timestamps.write(time)).string(6, chain).toDelimitedByteArray();
  }
}
