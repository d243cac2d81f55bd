package io.madang.voting.archive;

import io.madang.voting.record.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Writes an archive by giving the bytes that are to be appended next. It checks nothing: what is
 * written comes from a {@link io.madang.voting.board.Board} that has accepted it.
 */
public final class ArchiveWriter {
  private static final String FIRST_NAME = "BELENIOS";

  private final long timestampSeconds;
  private Optional<String> head;
  private long height;

  private ArchiveWriter(long timestampSeconds, Optional<String> head, long height) {
    this.timestampSeconds = timestampSeconds;
    this.head = head;
    this.height = height;
  }

  /**
   * A new archive; {@link #begin} comes first.
   *
   * @param timestampSeconds when it was begun, since 1970; it stands in every record's header
   */
  public static ArchiveWriter create(long timestampSeconds) {
    return new ArchiveWriter(timestampSeconds, Optional.empty(), 0);
  }

  /**
   * Goes on with an archive.
   *
   * @param head the hash of its last event
   * @param events how many it has
   */
  public static ArchiveWriter resume(long timestampSeconds, String head, long events) {
    return new ArchiveWriter(timestampSeconds, Optional.of(head), events);
  }

  /** The first record. */
  public byte[] begin() {
    var content = firstContent(Long.toString(timestampSeconds), true);
    return record(FIRST_NAME, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The content of the first record; archives of earlier versions have a plain number. */
  static String firstContent(String timestamp, boolean quoted) {
    var quote = quoted ? "\"" : "";
    return "{\"version\":1,\"timestamp\":" + quote + timestamp + quote + "}";
  }

  /** The event that opens the election. */
  public byte[] setup(byte[] election, byte[] trustees, byte[] credentials) {
    var payload =
        new Payloads.Setup(Digest.hex(election), Digest.hex(trustees), Digest.hex(credentials));
    return event(EventType.SETUP, election, trustees, credentials, payload.bytes());
  }

  /** A ballot. */
  public byte[] ballot(byte[] ballot) {
    return event(EventType.BALLOT, ballot);
  }

  /** The end of voting. */
  public byte[] endBallots() {
    return event(EventType.END_BALLOTS);
  }

  /**
   * The encrypted tally.
   *
   * @param ballots how many are counted
   * @param weight the sum of their weights
   */
  public byte[] encryptedTally(byte[] tally, long ballots, long weight) {
    var payload = new Payloads.Tally(ballots, weight, Digest.hex(tally));
    return event(EventType.ENCRYPTED_TALLY, tally, payload.bytes());
  }

  /** A trustee's partial decryption. */
  public byte[] partialDecryption(int owner, byte[] partialDecryption) {
    var payload = new Payloads.Owned(owner, Digest.hex(partialDecryption));
    return event(EventType.PARTIAL_DECRYPTION, partialDecryption, payload.bytes());
  }

  /** The result. */
  public byte[] result(byte[] result) {
    return event(EventType.RESULT, result);
  }

  /** The hash of the last event, 64 hexadecimal digits: it stands for the whole archive so far. */
  public Optional<String> head() {
    return head;
  }

  /** How many events were written. */
  public long events() {
    return height;
  }

  private byte[] event(EventType type, byte[]... data) {
    var records = new ArrayList<byte[]>();
    for (byte[] one : data) {
      records.add(record(Digest.hex(one) + ".data.json", one));
    }
    Optional<String> payload =
        data.length == 0 ? Optional.empty() : Optional.of(Digest.hex(data[data.length - 1]));
    byte[] event = new Event(head, height, type, payload).bytes();
    var hash = Digest.hex(event);
    records.add(record(hash + ".event.json", event));
    head = Optional.of(hash);
    height++;
    var joined = ByteBuffer.allocate(records.stream().mapToInt(one -> one.length).sum());
    records.forEach(joined::put);
    return joined.array();
  }

  private byte[] record(String name, byte[] content) {
    byte[] header = new ArchiveHeader(name, content.length, timestampSeconds).bytes();
    int padded = Math.toIntExact(ArchiveHeader.padded(content.length));
    return ByteBuffer.allocate(header.length + padded).put(header).put(content).array();
  }
}
