package io.madang.voting.chain;

import io.madang.chain.Base64Url;
import io.madang.chain.Hash;
import io.madang.chain.json.JsonObject;
import io.madang.voting.ElectionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the {@code operation} members of statements, the counterpart of what the channel reads. */
public final class VotingOperations {
  /** Longest part of a record, in bytes, so that a statement holds it. */
  public static final int MAX_PART_BYTES = 32 * 1024;

  /** Most hashes in one {@code attached.ballots}, so that a statement holds them. */
  public static final int MAX_HASHES = 1_000;

  private VotingOperations() {}

  /** For {@code election.part}: a whole record, cut into operations to be sent in this order. */
  public static List<JsonObject> parts(ElectionId election, RecordKind kind, byte[] record) {
    var operations = new ArrayList<JsonObject>();
    for (int from = 0; from < record.length; from += MAX_PART_BYTES) {
      int to = Math.min(record.length, from + MAX_PART_BYTES);
      operations.add(
          about(election)
              .put("content", Base64Url.encode(Arrays.copyOfRange(record, from, to)))
              .put("index", operations.size())
              .put("record", kind.toString())
              .build());
    }
    return operations;
  }

  /** For {@code election.setup}. */
  public static JsonObject setUp(ElectionId election, VotingOperation.Terms terms) {
    return about(election)
        .put("closesMillis", terms.closesMillis())
        .put("credentialsHash", text(terms.credentialsHash()))
        .put("electionHash", text(terms.electionHash()))
        .put("leastBallots", terms.leastBallots())
        .put("opensMillis", terms.opensMillis())
        .put("trusteesHash", text(terms.trusteesHash()))
        .build();
  }

  /** For {@code election.withdraw}, {@code election.close} and {@code attached.close}. */
  public static JsonObject of(ElectionId election) {
    return about(election).build();
  }

  /** For {@code ballot}; {@link BallotEnvelope} makes the whole transaction. */
  static JsonObject cast(ElectionId election, byte[] ballot) {
    return about(election).put("ballot", utf8(ballot)).build();
  }

  /** For {@code election.tally}. */
  public static JsonObject publishTally(
      ElectionId election, byte[] tally, long ballots, long weight) {
    return about(election)
        .put("ballots", ballots)
        .put("tally", utf8(tally))
        .put("weight", weight)
        .build();
  }

  /** For {@code election.decryption}. */
  public static JsonObject decrypt(ElectionId election, int owner, byte[] decryption) {
    return about(election).put("decryption", utf8(decryption)).put("owner", owner).build();
  }

  /** For {@code election.result}. */
  public static JsonObject publishResult(ElectionId election, byte[] result) {
    return about(election).put("result", utf8(result)).build();
  }

  /** For {@code attached.open}. */
  public static JsonObject openAttached(ElectionId election, VotingOperation.AttachedTerms terms) {
    return about(election)
        .put("closesMillis", terms.closesMillis())
        .put("key", terms.key().toString())
        .put(
            "title",
            JsonObject.builder()
                .put("en", terms.titleEnglish())
                .put("ko", terms.titleKorean())
                .build())
        .build();
  }

  /**
   * For {@code attached.ballots}.
   *
   * @param hashes 1 to {@link #MAX_HASHES}
   */
  public static JsonObject postHashes(ElectionId election, List<Hash> hashes) {
    return about(election)
        .put("hashes", hashes.stream().map(VotingOperations::text).toList())
        .build();
  }

  /** For {@code attached.result}. */
  public static JsonObject publishAttached(
      ElectionId election, VotingOperation.AttachedResult result) {
    return about(election).put("hash", text(result.hash())).put("result", result.text()).build();
  }

  private static JsonObject.Builder about(ElectionId election) {
    return JsonObject.builder().put("election", election.text());
  }

  static String text(Hash hash) {
    return Base64Url.encode(hash.bytes());
  }

  private static String utf8(byte[] record) {
    return new String(record, StandardCharsets.UTF_8);
  }
}
