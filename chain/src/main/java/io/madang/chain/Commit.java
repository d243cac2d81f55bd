package io.madang.chain;

import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The members' signatures for a block ({@code tendermint.types.Commit}). {@link CommitCheck} says
 * whether they make it final.
 *
 * @param signatures one for each member, in the order of the {@link MemberSet}
 */
public record Commit(long height, int round, BlockId blockId, List<CommitSignature> signatures) {
  /** What the first block carries in place of a commit for the block before. */
  public static final Commit NONE = new Commit(0, 0, BlockId.NONE, List.of());

  public Commit {
    signatures = List.copyOf(signatures);
  }

  /** The commit of these bytes; empty when they are not the canonical encoding of one. */
  public static Optional<Commit> decode(byte[] encoded) {
    return Wire.read(encoded, Commit::read, Commit::write);
  }

  /** The protobuf encoding. */
  public byte[] encode() {
    return write().toByteArray();
  }

  /** What the next header carries as {@code lastCommitHash}. */
  public Hash hash() {
    return MerkleTree.rootOf(
        signatures.stream().map(signature -> signature.write().toByteArray()).toList());
  }

  /** The bytes that the member at this place signed, which is no absent one. */
  byte[] signBytes(String chain, CommitSignature signature) {
    var signed = signature.flag() == CommitSignature.Flag.COMMIT ? blockId : BlockId.NONE;
    return new CanonicalVote(
            CanonicalVote.PRECOMMIT, height, round, signed, signature.time(), chain)
        .signBytes();
  }

  ProtobufWriter write() {
    var out = new ProtobufWriter().varint(1, height).varint(2, round).message(3, blockId.write());
    for (var signature : signatures) {
      out.message(4, signature.write());
    }
    return out;
  }

  static Commit read(ProtobufReader in) {
    long height = 0;
    int round = 0;
    BlockId blockId = BlockId.NONE;
    List<CommitSignature> signatures = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> height = in.int64();
        case 2 -> round = in.size();
        case 3 -> blockId = BlockId.read(in.message());
        case 4 -> signatures.add(CommitSignature.read(in.message()));
        default -> throw in.unknown();
      }
    }
    return new Commit(height, round, blockId, signatures);
  }
}
