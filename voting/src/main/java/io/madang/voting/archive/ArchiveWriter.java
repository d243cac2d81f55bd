package io.madang.voting.archive;

import io.madang.chain.Bytes;
import io.madang.voting.record.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    return joined(setup(election, trustees, List.of(Bytes.of(credentials))));
  }

  /**
   * The event that opens an election of many voters.
   *
   * @param credentials the record in pieces, which are not joined
   * @return what is to be appended, piece after piece
   */
  public List<Bytes> setup(byte[] election, byte[] trustees, List<Bytes> credentials) {
    var payload =
        new Payloads.Setup(Digest.hex(election), Digest.hex(trustees), Digest.hex(credentials))
            .bytes();
    long length = credentials.stream().mapToLong(Bytes::length).sum();
    var name = dataName(Digest.hex(credentials));
    var pieces = new ArrayList<Bytes>();
    pieces.add(Bytes.of(data(election)));
    pieces.add(Bytes.of(data(trustees)));
    pieces.add(Bytes.of(new ArchiveHeader(name, length, timestampSeconds).bytes()));
    pieces.addAll(credentials);
    pieces.add(Bytes.of(new byte[Math.toIntExact(ArchiveHeader.padded(length) - length)]));
    pieces.add(Bytes.of(data(payload)));
    pieces.add(Bytes.of(event(EventType.SETUP, Optional.of(Digest.hex(payload)))));
    return pieces;
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
    var records = new ArrayList<Bytes>();
    for (byte[] one : data) {
      records.add(Bytes.of(data(one)));
    }
    Optional<String> payload =
        data.length == 0 ? Optional.empty() : Optional.of(Digest.hex(data[data.length - 1]));
    records.add(Bytes.of(event(type, payload)));
    return joined(records);
  }

  /** The record of the event itself, which follows those of its data. */
  private byte[] event(EventType type, Optional<String> payload) {
    byte[] event = new Event(head, height, type, payload).bytes();
    var hash = Digest.hex(event);
    head = Optional.of(hash);
    height++;
    return record(hash + ".event.json", event);
  }

  private byte[] data(byte[] content) {
    return record(dataName(Digest.hex(content)), content);
  }

  private static String dataName(String hash) {
    return hash + ".data.json";
  }

  private static byte[] joined(List<Bytes> pieces) {
    var joined = ByteBuffer.allocate(pieces.stream().mapToInt(Bytes::length).sum());
    pieces.forEach(piece -> joined.put(piece.toByteArray()));
    return joined.array();
  }

  private byte[] record(String name, byte[] content) {
    byte[] header = new ArchiveHeader(name, content.length, timestampSeconds).bytes();
    int padded = Math.toIntExact(ArchiveHeader.padded(content.length));
    return ByteBuffer.allocate(header.length + padded).put(header).put(content).array();
  }
}
