package io.madang.chain;

import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The header of a block, as CometBFT v0.38 has it ({@code tendermint.types.Header}). Its hash names
 * the block; every hash in it is a Merkle root that leads to one part of the block or of the state.
 *
 * @param blockVersion version of the block format, {@value #BLOCK_VERSION}
 * @param appVersion version of the application's rules
 * @param height from 1
 * @param time block time
 * @param lastBlockId the block before
 * @param lastCommitHash over the signatures for the block before
 * @param dataHash over the transactions' hashes
 * @param validatorsHash over the members that sign this block
 * @param nextValidatorsHash over the members that sign the next one
 * @param consensusHash of the consensus parameters
 * @param appHash the application's state hash after the block before
 * @param lastResultsHash over the results of the block before
 * @param evidenceHash over the evidence of wrongdoing in this block
 * @param proposerAddress who proposed this block
 */
public record Header(
    long blockVersion,
    long appVersion,
    String chain,
    long height,
    Instant time,
    BlockId lastBlockId,
    Bytes lastCommitHash,
    Bytes dataHash,
    Bytes validatorsHash,
    Bytes nextValidatorsHash,
    Bytes consensusHash,
    Bytes appHash,
    Bytes lastResultsHash,
    Bytes evidenceHash,
    Bytes proposerAddress) {
  /** The block format of CometBFT v0.38. */
  public static final long BLOCK_VERSION = 11;

  /** The header of these bytes; empty when they are not the canonical encoding of one. */
  public static Optional<Header> decode(byte[] encoded) {
    return Wire.read(encoded, Header::read, Header::write);
  }

  /** The protobuf encoding. */
  public byte[] encode() {
    return write().toByteArray();
  }

  /** The header's hash: Merkle root over its fourteen fields, each encoded by itself. */
  public Hash hash() {
    List<byte[]> fields = new ArrayList<>(14);
    fields.add(version().toByteArray());
    fields.add(new ProtobufWriter().string(1, chain).toByteArray());
    fields.add(new ProtobufWriter().varint(1, height).toByteArray());
    fields.add(Timestamps.write(time).toByteArray());
    fields.add(lastBlockId.write().toByteArray());
    for (var hash : hashes()) {
      fields.add(new ProtobufWriter().bytes(1, hash.content()).toByteArray());
    }
    return MerkleTree.rootOf(fields);
  }

  /** The last nine fields, which the encoding and the hash take in this order. */
  private List<Bytes> hashes() {
    return List.of(
        lastCommitHash,
        dataHash,
        validatorsHash,
        nextValidatorsHash,
        consensusHash,
        appHash,
        lastResultsHash,
        evidenceHash,
        proposerAddress);
  }

  private ProtobufWriter version() {
    return new ProtobufWriter().varint(1, blockVersion).varint(2, appVersion);
  }

  ProtobufWriter write() {
    var out =
        new ProtobufWriter()
            .message(1, version())
            .string(2, chain)
            .varint(3, height)
            .message(4, Timestamps.write(time))
            .message(5, lastBlockId.write());
    int field = 6;
    for (var hash : hashes()) {
      out.bytes(field++, hash.content());
    }
    return out;
  }

  static Header read(ProtobufReader in) {
    var version = new long[2];
    var chain = "";
    long height = 0;
    Instant time = Timestamps.GO_ZERO;
    BlockId lastBlockId = BlockId.NONE;
    var hashes = new Bytes[9];
    Arrays.fill(hashes, Bytes.EMPTY);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> readVersion(in.message(), version);
        case 2 -> chain = in.string();
        case 3 -> height = in.int64();
        case 4 -> time = Timestamps.read(in.message());
        case 5 -> lastBlockId = BlockId.read(in.message());
        case 6, 7, 8, 9, 10, 11, 12, 13, 14 -> hashes[in.field() - 6] = Bytes.of(in.bytes());
        default -> throw in.unknown();
      }
    }
    return new Header(
        version[0],
        version[1],
        chain,
        height,
        time,
        lastBlockId,
        hashes[0],
        hashes[1],
        hashes[2],
        hashes[3],
        hashes[4],
        hashes[5],
        hashes[6],
        hashes[7],
        hashes[8]);
  }

  private static void readVersion(ProtobufReader in, long[] version) {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> version[0] = in.int64();
        case 2 -> version[1] = in.int64();
        default -> throw in.unknown();
      }
    }
  }
}
