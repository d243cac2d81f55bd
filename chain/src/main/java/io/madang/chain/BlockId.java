package io.madang.chain;

import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;

/**
 * Names a block: what members sign.
 *
 * @param hash the header's hash
 * @param parts the parts of the encoded block
 */
public record BlockId(Bytes hash, PartSetHeader parts) {
  /** Names no block: before the first one. */
  public static final BlockId NONE = new BlockId(Bytes.EMPTY, PartSetHeader.NONE);

  ProtobufWriter write() {
    return new ProtobufWriter().bytes(1, hash.content()).message(2, parts.write());
  }

  static BlockId read(ProtobufReader in) {
    Bytes hash = Bytes.EMPTY;
    PartSetHeader parts = PartSetHeader.NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> hash = Bytes.of(in.bytes());
        case 2 -> parts = PartSetHeader.read(in.message());
        default -> throw in.unknown();
      }
    }
    return new BlockId(hash, parts);
  }
}
