package io.madang.chain;

import io.madang.chain.crypto.Sha256;
import io.madang.chain.protobuf.MalformedProtobufException;
import io.madang.chain.protobuf.ProtobufReader;
import io.madang.chain.protobuf.ProtobufWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block ({@code tendermint.types.Block}): transactions in their order, under a header.
 *
 * @param transactions the bytes of each, as its signer made them
 * @param evidence of members' wrongdoing, nearly always none
 * @param lastCommit the signatures for the block before; {@link Commit#NONE} in the first
 */
public record Block(
    Header header, List<Bytes> transactions, List<Evidence> evidence, Commit lastCommit) {
  public Block {
    transactions = List.copyOf(transactions);
    evidence = List.copyOf(evidence);
  }

  /** A block without evidence. */
  public Block(Header header, List<Bytes> transactions, Commit lastCommit) {
    this(header, transactions, List.of(), lastCommit);
  }

  /** The block of these bytes; empty when they are not the canonical encoding of one. */
  public static Optional<Block> decode(byte[] encoded) {
    return Wire.read(encoded, Block::read, Block::write);
  }

  /** The protobuf encoding. */
  public byte[] encode() {
    return write().toByteArray();
  }

  /**
   * The tree over transactions whose root a header carries as {@code dataHash}. Its leaves are the
   * transactions' SHA-256 hashes, so that a path needs no more than the hash.
   */
  public static MerkleTree dataTree(List<Bytes> transactions) {
    return MerkleTree.of(
        transactions.stream().map(transaction -> Sha256.digest(transaction.content())).toList());
  }

  /** What members sign for this block. */
  public BlockId id() {
    return new BlockId(Bytes.of(header.hash()), PartSetHeader.of(encode()));
  }

  /** Whether the header's hashes over what the block itself holds are right. */
  public boolean isConsistent() {
    return header.dataHash().equals(Bytes.of(dataTree(transactions).root()))
        && header.evidenceHash().equals(Bytes.of(Evidence.rootOf(evidence)))
        && header.lastCommitHash().equals(Bytes.of(lastCommit.hash()))
        && header.lastBlockId().equals(lastCommit.blockId());
  }

  private ProtobufWriter write() {
    var data = new ProtobufWriter();
    for (var transaction : transactions) {
      data.element(1, transaction.content());
    }
    var proofs = new ProtobufWriter();
    for (var one : evidence) {
      proofs.message(1, one.write());
    }
    return new ProtobufWriter()
        .message(1, header.write())
        .message(2, data)
        .message(3, proofs)
        .message(4, lastCommit.write());
  }

  private static Block read(ProtobufReader in) {
    @Nullable Header header = null;
    List<Bytes> transactions = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    @Nullable Commit lastCommit = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> header = Header.read(in.message());
        case 2 -> readElements(in.message(), data -> transactions.add(Bytes.of(data.bytes())));
        case 3 -> readElements(in.message(), one -> evidence.add(Evidence.read(one.message())));
        case 4 -> lastCommit = Commit.read(in.message());
        default -> throw in.unknown();
      }
    }
    if (header == null || lastCommit == null) {
      throw new MalformedProtobufException("a block has a header and a last commit");
    }
    return new Block(header, transactions, evidence, lastCommit);
  }

  private interface Element {
    void read(ProtobufReader in);
  }

  private static void readElements(ProtobufReader list, Element element) {
    while (list.next()) {
      if (list.field() != 1) {
        throw list.unknown();
      }
      element.read(list);
    }
  }
}
