package io.madang.chain;

import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A small chain that members really sign: ten blocks of a few transactions each. */
final class TestChain {
  static final String ID = "madang-test";
  private static final int HEIGHTS = 10;

  private final List<SigningKey> keys = new ArrayList<>();
  private final MemberSet members;
  private final List<Block> blocks = new ArrayList<>();
  private final List<List<TransactionResult>> results = new ArrayList<>();

  TestChain(int memberCount) {
    this(memberCount, 0);
  }

  /** A chain whose members have the keys from this number on. */
  TestChain(int memberCount, int firstKey) {
    var members = new ArrayList<Member>();
    for (int i = 0; i < memberCount; i++) {
      var key = TestKeys.ed25519(firstKey + i);
      keys.add(key);
      members.add(new Member(key.publicKey(), 1));
    }
    this.members = MemberSet.of(members);
    keys.sort(Comparator.comparing(key -> Member.address(key.publicKey())));
    for (int height = 1; height <= HEIGHTS; height++) {
      append(height);
    }
  }

  private void append(int height) {
    var transactions = new ArrayList<Bytes>();
    var results = new ArrayList<TransactionResult>();
    for (int i = 0; i < height; i++) {
      transactions.add(Bytes.of(statement(height, i).bytes()));
      results.add(
          new TransactionResult(
              0, CanonicalJson.bytes(JsonObject.builder().put("number", i).build())));
    }
    var lastCommit = height == 1 ? Commit.NONE : commit(height - 1);
    var lastResults = height == 1 ? List.<TransactionResult>of() : this.results.getLast();
    var membersHash = Bytes.of(members.hash());
    var header =
        new Header(
            Header.BLOCK_VERSION,
            1,
            ID,
            height,
            Instant.ofEpochSecond(1_700_000_000L + height, 5),
            lastCommit.blockId(),
            Bytes.of(lastCommit.hash()),
            Bytes.of(Block.dataTree(transactions).root()),
            membersHash,
            membersHash,
            Bytes.of(new ConsensusParameters(1_000_000, -1).hash()),
            Bytes.of(Hash.sha256(new byte[] {(byte) height})),
            Bytes.of(TransactionResult.rootOf(lastResults)),
            Bytes.of(Evidence.rootOf(List.of())),
            members.members().getFirst().address());
    blocks.add(new Block(header, transactions, lastCommit));
    this.results.add(results);
  }

  private static Statement statement(int height, int index) {
    return new StatementSigner(index % 2 == 0 ? TestKeys.ed25519(50 + index) : TestKeys.p256(index))
        .sign(
            new Statement.Payload(
                ID,
                new StatementId("%016x%016x".formatted(height, index)),
                "transfer",
                1_700_000_900_000L,
                JsonObject.builder().put("amount", 1500L + index).build()));
  }

  MemberSet members() {
    return members;
  }

  Block block(int height) {
    return blocks.get(height - 1);
  }

  Header header(int height) {
    return block(height).header();
  }

  List<TransactionResult> results(int height) {
    return results.get(height - 1);
  }

  /** The commit that all members signed. */
  Commit commit(int height) {
    return commitBy(height, List.of(0, 1, 2, 3).subList(0, keys.size()));
  }

  /** The commit that the members in these places signed. */
  Commit commitBy(int height, List<Integer> signers) {
    var signatures = new ArrayList<CommitSignature>();
    var id = block(height).id();
    for (int i = 0; i < keys.size(); i++) {
      signatures.add(
          signers.contains(i)
              ? CommitSignature.sign(
                  keys.get(i), ID, height, 0, id, header(height).time().plusMillis(300 + i))
              : CommitSignature.ABSENT);
    }
    return new Commit(height, 0, id, signatures);
  }
}
