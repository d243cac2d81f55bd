package io.madang.chain;

import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a block travels between CometBFT's nodes: cut into parts of {@value #PART_BYTES} bytes.
 *
 * @param total how many parts
 * @param hash Merkle root over the parts
 */
public record PartSetHeader(int total, Bytes hash) {
  /** Length of every part but the last. */
  public static final int PART_BYTES = 64 * 1024;

  /** No parts: of a block id that names no block. */
  public static final PartSetHeader NONE = new PartSetHeader(0, Bytes.EMPTY);

  /** The parts of an encoded block. */
  public static PartSetHeader of(byte[] encodedBlock) {
    List<byte[]> parts = new ArrayList<>();
    for (int from = 0; from < encodedBlock.length; from += PART_BYTES) {
      parts.add(
          Arrays.copyOfRange(encodedBlock, from, Math.min(from + PART_BYTES, encodedBlock.length)));
    }
    return new PartSetHeader(parts.size(), Bytes.of(MerkleTree.rootOf(parts)));
  }

  ProtobufWriter write() {
    return new ProtobufWriter().varint(1, total).bytes(2, hash.content());
  }

  static PartSetHeader read(ProtobufReader in) {
    int total = 0;
    Bytes hash = Bytes.EMPTY;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> total = in.size();
        case 2 -> hash = Bytes.of(in.bytes());
        default -> throw in.unknown();
      }
    }
    return new PartSetHeader(total, hash);
  }
}
