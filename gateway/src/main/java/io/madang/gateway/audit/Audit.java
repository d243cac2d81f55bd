package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.require;

import io.madang.gateway.audit.AuditedBooks.Total;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Audits an export (formats, section 6): every block's hashes, its link to the block before, its
 * members' signatures, every transaction's signature, every result and every balance.
 *
 * <p>Not audited: the state hash, which only a replay of the ledger can compute; so of the genesis'
 * application state only what the books need. Nor the limits of accounts.
 */
public final class Audit {
  private static final String FORMAT = "madang-export";
  private static final int PART_BYTES = 64 * 1024;
  private static final long BLOCK_VERSION = 11;
  private static final long COMMIT_FLAG = 2;
  private static final long PRECOMMIT = 2;

  /** What an audit finds. */
  public sealed interface Result {
    /**
     * Everything is right.
     *
     * @param height of the last block
     * @param assets each asset's books at the end, by code
     * @param ballots how many each election has accepted
     */
    record Right(
        String chain,
        long height,
        long transactions,
        SortedMap<String, Books> assets,
        SortedMap<String, Long> ballots)
        implements Result {}

    /**
     * Something is wrong; nothing after it was looked at.
     *
     * @param height the block, 0 for what stands before the first
     */
    record Wrong(long height, String detail) implements Result {}
  }

  /**
   * An asset's books in minor units: what was issued less what was redeemed is what accounts have
   * and what is held.
   */
  public record Books(long issued, long redeemed, long available, long held) {}

  private record Member(byte[] key, long power) {
    byte[] address() {
      return Arrays.copyOf(Hashes.sha256(key), 20);
    }
  }

  private final String chain;
  private final List<Member> members;
  private final AuditedState state;
  private long height;
  private long transactions;
  private Moment time;
  private byte[] lastBlockId = {};
  private byte[] lastCommit = {};
  private List<byte[]> lastResults = List.of();

  /** A protobuf timestamp. */
  private record Moment(long seconds, long nanos) implements Comparable<Moment> {
    static Moment of(byte[] timestamp) {
      var fields = Fields.of(timestamp);
      return new Moment(fields.number(1), fields.number(2));
    }

    long millis() {
      return seconds * 1_000 + nanos / 1_000_000;
    }

    @Override
    public int compareTo(Moment other) {
      return Comparator.comparingLong(Moment::seconds)
          .thenComparingLong(Moment::nanos)
          .compare(this, other);
    }
  }

  private Audit(JsonObject head) {
    require(FORMAT.equals(head.getString("format")), "this is no export");
    this.chain = head.getString("chain");
    var genesis = head.getJsonObject("genesis");
    require(
        genesis.getJsonObject("members").equals(head.getJsonObject("members")),
        "the members are not the genesis' members");
    this.members = members(head.getJsonObject("members"));
    long millis = genesis.getLong("timeMillis");
    this.time = new Moment(millis / 1_000, millis % 1_000 * 1_000_000);
    var appState = genesis.getJsonObject("app_state");
    this.state =
        appState.containsKey("administrators")
            ? new AuditedBoard(chain, appState)
            : new AuditedBooks(chain, appState);
  }

  /**
   * Audits a whole export.
   *
   * @throws IOException when the file cannot be read
   */
  public static Result audit(Path export) throws IOException {
    return audit(export, Long.MAX_VALUE);
  }

  /**
   * Audits an export up to a height; the books are those after that block.
   *
   * @throws IOException when the file cannot be read
   */
  public static Result audit(Path export, long until) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(export), StandardCharsets.UTF_8))) {
      return audit(lines, until);
    }
  }

  private static Result audit(BufferedReader lines, long until) throws IOException {
    long at = 0;
    try {
      var head = lines.readLine();
      require(head != null, "the export is empty");
      var audit = new Audit(new JsonObject(head));
      while (audit.height < until) {
        var line = lines.readLine();
        if (line == null) break;
        at = audit.height + 1;
        audit.block(new JsonObject(line));
      }
      var assets = new TreeMap<String, Books>();
      if (audit.state instanceof AuditedBooks books) {
        books.totals().forEach((code, total) -> assets.put(code, books(total)));
      }
      var ballots =
          audit.state instanceof AuditedBoard board
              ? board.accepted()
              : new TreeMap<String, Long>();
      return new Result.Right(audit.chain, audit.height, audit.transactions, assets, ballots);
    } catch (AuditException wrong) {
      return new Result.Wrong(at, String.valueOf(wrong.getMessage()));
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException
        | ArithmeticException malformed) {
      // A JSON member is missing or of another type, base64 is wrong, or a sum is too large.
      return new Result.Wrong(at, "the export is malformed: " + malformed);
    }
  }

  private static Books books(Total total) {
    return new Books(total.issued(), total.redeemed(), total.available(), total.held());
  }

  private List<Member> members(JsonObject file) {
    require(chain.equals(file.getString("chain")), "the members are another chain's");
    var read = new ArrayList<Member>();
    for (var each : file.getJsonArray("members")) {
      var member = (JsonObject) each;
      read.add(new Member(Words.decode(member.getString("key")), member.getLong("power")));
    }
    read.sort(
        Comparator.comparingLong(Member::power)
            .reversed()
            .thenComparing(Member::address, Arrays::compareUnsigned));
    return read;
  }

  private void block(JsonObject line) {
    height++;
    require(line.getLong("height") == height, "the height is not the next one");
    var bytes = Words.decode(line.getString("block"));
    var block = Fields.of(bytes);
    var data = Fields.of(block.bytes(2)).list(1);
    var header = Fields.of(block.bytes(1));
    require(block.bytes(3).length == 0, "there is evidence in the block");
    header(header, block, data);
    var headerHash = Hashes.merkleRoot(headerLeaves(header));
    commit(Words.decode(line.getString("commit")), headerHash, bytes);
    results(header, data, line);
  }

  private void header(Fields header, Fields block, List<byte[]> data) {
    require(Fields.of(header.bytes(1)).number(1) == BLOCK_VERSION, "another block version");
    require(chain.equals(header.text(2)), "the header is another chain's");
    require(header.number(3) == height, "the header has another height");
    var now = Moment.of(header.bytes(4));
    require(now.compareTo(time) > 0, "the time does not go on");
    time = now;
    var previous = block.bytes(4);
    if (height == 1) {
      require(Fields.of(previous).list(4).isEmpty(), "the first block follows on something");
    } else {
      require(Arrays.equals(header.bytes(5), lastBlockId), "the header follows another block");
      require(Arrays.equals(previous, lastCommit), "the last commit is another one");
    }
    hash(header.bytes(6), Fields.of(previous).list(4), "last commit");
    hash(header.bytes(7), data.stream().map(Hashes::sha256).toList(), "transactions");
    var membersHashed =
        members.stream()
            .map(
                member ->
                    Hashes.join(
                        Hashes.always(1, Hashes.field(1, member.key())),
                        Hashes.field(2, member.power())))
            .toList();
    hash(header.bytes(8), membersHashed, "members");
    hash(header.bytes(9), membersHashed, "next members");
    hash(header.bytes(12), lastResults, "last results");
    hash(header.bytes(13), List.of(), "evidence");
  }

  private static void hash(byte[] named, List<byte[]> leaves, String what) {
    require(
        Arrays.equals(named, Hashes.merkleRoot(leaves)),
        "the header's hash of the " + what + " is wrong");
  }

  private static List<byte[]> headerLeaves(Fields header) {
    var leaves = new ArrayList<byte[]>();
    leaves.add(header.bytes(1));
    leaves.add(Hashes.field(1, header.bytes(2)));
    leaves.add(Hashes.field(1, header.number(3)));
    leaves.add(header.bytes(4));
    leaves.add(header.bytes(5));
    for (int field = 6; field <= 14; field++) {
      leaves.add(Hashes.field(1, header.bytes(field)));
    }
    return leaves;
  }

  private void commit(byte[] bytes, byte[] headerHash, byte[] block) {
    var commit = Fields.of(bytes);
    require(commit.number(1) == height, "the commit is for another height");
    var blockId = commit.bytes(3);
    var id = Fields.of(blockId);
    require(Arrays.equals(id.bytes(1), headerHash), "the commit is for another header");
    var parts = parts(block);
    var partSet = Fields.of(id.bytes(2));
    require(
        partSet.number(1) == parts.size()
            && Arrays.equals(partSet.bytes(2), Hashes.merkleRoot(parts)),
        "the commit is for other bytes of the block");
    var signatures = commit.list(4);
    require(signatures.size() == members.size(), "there is not a signature for each member");
    long power = 0;
    long total = 0;
    for (int i = 0; i < members.size(); i++) {
      var member = members.get(i);
      var signature = Fields.of(signatures.get(i));
      total = Math.addExact(total, member.power());
      if (signature.number(1) == COMMIT_FLAG) {
        require(
            Arrays.equals(signature.bytes(2), member.address())
                && Signatures.isMembers(
                    member.key(),
                    signBytes(commit.number(2), blockId, signature.bytes(3)),
                    signature.bytes(4)),
            "a member's signature is wrong");
        power += member.power();
      }
    }
    require(power > total * 2 / 3, "not enough members signed");
    lastBlockId = blockId;
    lastCommit = bytes;
  }

  private static List<byte[]> parts(byte[] block) {
    var parts = new ArrayList<byte[]>();
    for (int from = 0; from < block.length; from += PART_BYTES) {
      parts.add(Arrays.copyOfRange(block, from, Math.min(block.length, from + PART_BYTES)));
    }
    return parts;
  }

  /** The canonical vote under a signature, with its length before it. */
  private byte[] signBytes(long round, byte[] blockId, byte[] timestamp) {
    var vote =
        Hashes.join(
            Hashes.field(1, PRECOMMIT),
            fixed64(2, height),
            fixed64(3, round),
            Hashes.always(4, blockId),
            Hashes.always(5, timestamp),
            Hashes.field(6, chain.getBytes(StandardCharsets.UTF_8)));
    return Hashes.join(Hashes.varint(vote.length), vote);
  }

  private static byte[] fixed64(int field, long value) {
    if (value == 0) {
      return new byte[0];
    }
    var number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return Hashes.join(Hashes.varint((long) field << 3 | 1), number.array());
  }

  private void results(Fields header, List<byte[]> data, JsonObject line) {
    var results =
        line.getJsonArray("results").stream().map(one -> Words.decode((String) one)).toList();
    require(results.size() == data.size(), "there is not a result for each transaction");
    long timeMillis = Moment.of(header.bytes(4)).millis();
    state.pass(timeMillis);
    for (int i = 0; i < data.size(); i++) {
      var result = Fields.of(results.get(i));
      // The members agree on failures too, in a consortium; they change nothing.
      if (result.number(1) == 0) {
        var position = height + "." + i;
        try {
          state.execute(
              position,
              timeMillis,
              new String(data.get(i), StandardCharsets.US_ASCII),
              result.bytes(2));
        } catch (AuditException wrong) {
          throw new AuditException("transaction " + position + ": " + wrong.getMessage());
        }
        transactions++;
      }
    }
    lastResults = results;
  }
}
