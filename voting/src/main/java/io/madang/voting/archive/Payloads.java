package io.madang.voting.archive;

import io.madang.voting.record.RecordReader;
import io.madang.voting.record.Weights;
import java.nio.charset.StandardCharsets;

/** The payload records that name other records by their hashes. */
final class Payloads {
  private static final int MAX_BYTES = 1_000;
  private static final int HASH_LENGTH = 64;
  private static final int MAX_OWNER = 1_000_000;

  private Payloads() {}

  /** Of a setup. */
  record Setup(String election, String trustees, String credentials) {
    static Setup read(byte[] bytes) {
      return RecordReader.read(
          bytes,
          MAX_BYTES,
          reader -> {
            reader.literal("{");
            var election = reader.field("election", () -> reader.plain(HASH_LENGTH));
            var trustees = reader.next("trustees", () -> reader.plain(HASH_LENGTH));
            var credentials = reader.next("credentials", () -> reader.plain(HASH_LENGTH));
            reader.literal("}");
            return new Setup(election, trustees, credentials);
          });
    }

    byte[] bytes() {
      return utf8(
          "{\"election\":\""
              + election
              + "\",\"trustees\":\""
              + trustees
              + "\",\"credentials\":\""
              + credentials
              + "\"}");
    }
  }

  /** Of an encrypted tally: how many ballots, of what weight together. */
  record Tally(long ballots, long weight, String encryptedTally) {
    static Tally read(byte[] bytes) {
      return RecordReader.read(
          bytes,
          MAX_BYTES,
          reader -> {
            reader.literal("{");
            long ballots = reader.field("num_tallied", () -> reader.number(0, Weights.MAX));
            long weight = reader.next("total_weight", () -> reader.weight(0, Weights.MAX));
            var tally = reader.next("encrypted_tally", () -> reader.plain(HASH_LENGTH));
            reader.literal("}");
            return new Tally(ballots, weight, tally);
          });
    }

    byte[] bytes() {
      return utf8(
          "{\"num_tallied\":"
              + ballots
              + ",\"total_weight\":"
              + Weights.json(weight)
              + ",\"encrypted_tally\":\""
              + encryptedTally
              + "\"}");
    }
  }

  /** Of a partial decryption: whose it is. */
  record Owned(int owner, String payload) {
    static Owned read(byte[] bytes) {
      return RecordReader.read(
          bytes,
          MAX_BYTES,
          reader -> {
            reader.literal("{");
            int owner = reader.field("owner", () -> (int) reader.number(0, MAX_OWNER));
            var payload = reader.next("payload", () -> reader.plain(HASH_LENGTH));
            reader.literal("}");
            return new Owned(owner, payload);
          });
    }

    byte[] bytes() {
      return utf8("{\"owner\":" + owner + ",\"payload\":\"" + payload + "\"}");
    }
  }

  private static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
