package io.madang.chain;

import io.madang.chain.ReceiptVerification.Details;
import io.madang.chain.ReceiptVerification.Invalid;
import io.madang.chain.ReceiptVerification.Reason;
import io.madang.chain.ReceiptVerification.Valid;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import java.util.List;

/**
 * A proof, complete in itself, that a transaction is on a chain and what it came to ({@code
 * docs/formats.md}, section 6). Whoever knows the chain's members can check it without asking
 * anyone.
 *
 * <p>A receipt that was read is well-formed; {@link #verify} says whether it proves anything.
 *
 * @param chain the chain's id
 * @param transaction the statement as it came, a JWS
 * @param inclusion that the transaction is in a block
 * @param outcome what the transaction came to
 */
public record Receipt(String chain, String transaction, Inclusion inclusion, Outcome outcome) {
  /**
   * Longest text, in bytes: a transaction of the longest kind and the signatures of many members.
   */
  public static final int MAX_BYTES = 256 * 1024;

  static final String FORMAT = "madang-receipt";
  static final long VERSION = 1;

  /**
   * That a transaction is in a block.
   *
   * @param path from the transaction's hash to the header's {@code dataHash}
   */
  public record Inclusion(Header header, Commit commit, MerklePath path) {}

  /**
   * What a transaction came to. The header is the one after the block's, which holds the results.
   *
   * @param aunts of the path from the result to the header's {@code lastResultsHash}; its place is
   *     that of the transaction
   */
  public record Outcome(Header header, Commit commit, TransactionResult result, List<Hash> aunts) {
    public Outcome {
      aunts = List.copyOf(aunts);
    }
  }

  /** Reads a receipt from its canonical JSON; never throws. */
  public static ReceiptReading read(byte[] canonicalJson) {
    return ReceiptReader.read(canonicalJson);
  }

  /** The canonical JSON. */
  public byte[] encode() {
    return CanonicalJson.bytes(
        JsonObject.builder()
            .put("chain", chain)
            .put("format", FORMAT)
            .put(
                "inclusion",
                JsonObject.builder()
                    .put("commit", Base64Url.encode(inclusion.commit.encode()))
                    .put("header", Base64Url.encode(inclusion.header.encode()))
                    .put("index", inclusion.path.index())
                    .put("path", path(inclusion.path.aunts()))
                    .put("total", inclusion.path.total())
                    .build())
            .put(
                "outcome",
                JsonObject.builder()
                    .put("code", outcome.result.code())
                    .put("commit", Base64Url.encode(outcome.commit.encode()))
                    .put("data", Base64Url.encode(outcome.result.data()))
                    .put("header", Base64Url.encode(outcome.header.encode()))
                    .put("path", path(outcome.aunts))
                    .build())
            .put("transaction", transaction)
            .put("version", VERSION)
            .build());
  }

  private static JsonArray path(List<Hash> aunts) {
    return new JsonArray(
        aunts.stream()
            .<JsonValue>map(aunt -> new JsonText(Base64Url.encode(aunt.content())))
            .toList());
  }

  /**
   * Whether this proves what it says, to someone who trusts that more than two thirds of these
   * members' power is honest. Every signature and hash in it is checked, needed or not.
   */
  public ReceiptVerification verify(TrustedMembers trusted) {
    if (!chain.equals(trusted.chain())
        || !inclusion.header.chain().equals(chain)
        || !outcome.header.chain().equals(chain)) {
      return new Invalid(Reason.CHAIN, "The receipt is of another chain.");
    }
    return switch (StatementReader.read(transaction)) {
      case StatementReading.Refused refused -> new Invalid(Reason.TRANSACTION, refused.detail());
      case StatementReading.Read(var statement) -> verify(statement, trusted.members());
    };
  }

  private ReceiptVerification verify(Statement statement, MemberSet members) {
    if (!statement.payload().chain().equals(chain)) {
      return new Invalid(Reason.CHAIN, "The transaction is meant for another chain.");
    }
    // A single signature needs no random factors, and a stranger's key is not worth keeping.
    var verifier = new SignatureVerifier(Receipt::noRandomness, 0);
    if (!verifier.verifies(statement)) {
      return new Invalid(Reason.SIGNATURE, "The transaction's signature is wrong.");
    }
    if (outcome.header.height() - 1 != inclusion.header.height()
        || !outcome.header.lastBlockId().equals(inclusion.commit.blockId())) {
      return new Invalid(Reason.SUCCESSION, "The outcome's header does not follow the block's.");
    }
    if (CommitCheck.check(members, inclusion.header, inclusion.commit)
        instanceof CommitCheck.Result.Invalid(_, var detail)) {
      return new Invalid(Reason.INCLUSION_COMMIT, detail);
    }
    if (CommitCheck.check(members, outcome.header, outcome.commit)
        instanceof CommitCheck.Result.Invalid(_, var detail)) {
      return new Invalid(Reason.OUTCOME_COMMIT, detail);
    }
    var path = inclusion.path;
    if (!leads(path, statement.hash().bytes(), inclusion.header.dataHash())) {
      return new Invalid(Reason.INCLUSION_PATH, "The block does not hold the transaction.");
    }
    // The same place in the tree of results is the result of this transaction and of no other.
    var resultPath = new MerklePath(path.index(), path.total(), outcome.aunts);
    if (!leads(resultPath, outcome.result.encode(), outcome.header.lastResultsHash())) {
      return new Invalid(Reason.OUTCOME_PATH, "The outcome is not this transaction's.");
    }
    var payload = statement.payload();
    return new Valid(
        new Details(
            statement.signer(),
            payload.id(),
            payload.purpose(),
            payload.operation(),
            statement.hash(),
            inclusion.header.height(),
            inclusion.header.time(),
            outcome.result));
  }

  private static boolean leads(MerklePath path, byte[] leaf, Bytes root) {
    return root.length() == Hash.LENGTH && path.leads(leaf, Hash.of(root.content()));
  }

  private static void noRandomness(byte[] factors) {
    throw new IllegalStateException("a single signature is verified without random factors");
  }
}
