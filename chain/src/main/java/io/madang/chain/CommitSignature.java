package io.madang.chain;

import io.madang.chain.protobuf.MalformedProtobufException;
import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.time.Instant;

/**
 * One member's part in a {@link Commit} ({@code tendermint.types.CommitSig}).
 *
 * @param address the member's, empty when absent
 * @param time when the member signed, by its own clock; year 1 when absent
 * @param signature 64 bytes of Ed25519, empty when absent
 */
public record CommitSignature(Flag flag, Bytes address, Instant time, Bytes signature) {
  /** What the member voted for. */
  public enum Flag {
    /** No vote was received. */
    ABSENT(1),
    /** For the block. */
    COMMIT(2),
    /** For no block. */
    NIL(3);

    private final int number;

    Flag(int number) {
      this.number = number;
    }

    static Flag of(int number) {
      return switch (number) {
        case 1 -> ABSENT;
        case 2 -> COMMIT;
        case 3 -> NIL;
        default -> throw new MalformedProtobufException("block id flag " + number);
      };
    }
  }

  /** The place of a member whose vote was not received. */
  public static final CommitSignature ABSENT =
      new CommitSignature(Flag.ABSENT, Bytes.EMPTY, Timestamps.GO_ZERO, Bytes.EMPTY);

  /** A member's vote for a block. */
  public static CommitSignature sign(
      SigningKey member, String chain, long height, int round, BlockId blockId, Instant time) {
    var vote = new CanonicalVote(CanonicalVote.PRECOMMIT, height, round, blockId, time, chain);
    return new CommitSignature(
        Flag.COMMIT,
        Member.address(member.publicKey()),
        time,
        Bytes.of(member.sign(vote.signBytes())));
  }

  ProtobufWriter write() {
    return new ProtobufWriter()
        .varint(1, flag.number)
        .bytes(2, address.content())
        .message(3, Timestamps.write(time))
        .bytes(4, signature.content());
  }

  static CommitSignature read(ProtobufReader in) {
    int flag = 0;
    Bytes address = Bytes.EMPTY;
    Instant time = Timestamps.GO_ZERO;
    Bytes signature = Bytes.EMPTY;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> flag = in.size();
        case 2 -> address = Bytes.of(in.bytes());
        case 3 -> time = Timestamps.read(in.message());
        case 4 -> signature = Bytes.of(in.bytes());
        default -> throw in.unknown();
      }
    }
    return new CommitSignature(Flag.of(flag), address, time, signature);
  }
}
