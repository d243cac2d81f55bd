package io.madang.gateway.monitor;

import io.madang.chain.Block;
import io.madang.chain.BlockReceipts;
import io.madang.chain.Bytes;
import io.madang.chain.Commit;
import io.madang.chain.CommitSignature;
import io.madang.chain.ConsensusParameters;
import io.madang.chain.Evidence;
import io.madang.chain.Hash;
import io.madang.chain.Header;
import io.madang.chain.Member;
import io.madang.chain.MemberSet;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.TransactionResult;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A chain whose only member signs whatever it is told to, also two blocks of one height. */
final class TwoFacedChain {
  static final String ID = "town-votes";

  private final SigningKey key;
  private final MemberSet members;
  private final List<Block> blocks = new ArrayList<>();
  private final List<List<TransactionResult>> results = new ArrayList<>();
  private Instant time = Instant.parse("2026-11-22T00:00:00Z");

  TwoFacedChain() {
    this(key(1));
  }

  private TwoFacedChain(SigningKey key) {
    this.key = key;
    members = MemberSet.of(List.of(new Member(key.publicKey(), 1)));
  }

  /** The key of this number. */
  static SigningKey key(int number) {
    var seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return SigningKey.ed25519(seed);
  }

  /** A chain with the same blocks so far, which goes its own way from here. */
  TwoFacedChain fork() {
    var other = new TwoFacedChain(key);
    other.blocks.addAll(blocks);
    other.results.addAll(results);
    other.time = time.plusMillis(1);
    return other;
  }

  /** What the member's friends trust. */
  TrustedMembers trusted() {
    return new TrustedMembers(
        ID, List.of(new TrustedMembers.Named("town", new Member(key.publicKey(), 1))));
  }

  TwoFacedChain pass(long millis) {
    time = time.plusMillis(millis);
    return this;
  }

  /** A block of one transaction with this result, and its hash. */
  String transaction(JsonObject result) {
    var statement =
        new StatementSigner(key(2))
            .sign(
                new Statement.Payload(
                    ID,
                    new StatementId("%032x".formatted(blocks.size())),
                    "ballot",
                    time.toEpochMilli(),
                    JsonObject.builder().build()));
    append(
        List.of(Bytes.of(statement.bytes())),
        List.of(new TransactionResult(0, CanonicalJson.bytes(result))));
    return statement.hash().toString();
  }

  /** Empty blocks. */
  TwoFacedChain grow(int count) {
    for (int i = 0; i < count; i++) {
      append(List.of(), List.of());
    }
    return this;
  }

  private void append(List<Bytes> transactions, List<TransactionResult> outcome) {
    time = time.plusMillis(1_000);
    long height = blocks.size() + 1L;
    var lastCommit = height == 1 ? Commit.NONE : commit(height - 1);
    var membersHash = Bytes.of(members.hash());
    var header =
        new Header(
            Header.BLOCK_VERSION,
            1,
            ID,
            height,
            time,
            lastCommit.blockId(),
            Bytes.of(lastCommit.hash()),
            Bytes.of(Block.dataTree(transactions).root()),
            membersHash,
            membersHash,
            Bytes.of(new ConsensusParameters(1_000_000, -1).hash()),
            Bytes.of(Hash.sha256(new byte[] {(byte) height})),
            Bytes.of(TransactionResult.rootOf(results.isEmpty() ? List.of() : results.getLast())),
            Bytes.of(Evidence.rootOf(List.of())),
            members.members().getFirst().address());
    blocks.add(new Block(header, transactions, lastCommit));
    results.add(outcome);
  }

  private Commit commit(long height) {
    var block = blocks.get((int) height - 1);
    return new Commit(
        height,
        0,
        block.id(),
        List.of(CommitSignature.sign(key, ID, height, 0, block.id(), block.header().time())));
  }

  long height() {
    return blocks.size();
  }

  SignedHead head(long height) {
    return new SignedHead(blocks.get((int) height - 1).header(), commit(height));
  }

  /** The receipt of the transaction of a block that has a successor. */
  byte[] receipt(long height) {
    return new BlockReceipts(
            blocks.get((int) height - 1),
            commit(height),
            results.get((int) height - 1),
            blocks.get((int) height).header(),
            commit(height + 1))
        .receipt(0)
        .encode();
  }
}
