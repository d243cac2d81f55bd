package io.madang.voting.chain;

import io.madang.chain.Bytes;
import io.madang.voting.archive.ArchiveWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the transactions of one election that took effect, in the order of the chain, into the
 * bytes of its archive. Whoever has the blocks makes the same archive, and its head is the one that
 * the state names.
 */
public final class BoardArchive {
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final byte[] NOTHING = {};

  private final ArchiveWriter writer;
  private boolean ended;

  private BoardArchive(ArchiveWriter writer) {
    this.writer = writer;
  }

  /**
   * An archive and what it begins with.
   *
   * @param pieces to be written one after the other
   */
  public record Begun(BoardArchive archive, List<Bytes> pieces) {
    public Begun {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * Begins the archive of an election that has opened.
   *
   * @param opensMillis from the terms; it is the time in the archive
   * @param credentials the record in pieces: of many voters it is long
   */
  public static Begun begin(
      long opensMillis, byte[] election, byte[] trustees, List<Bytes> credentials) {
    var writer = ArchiveWriter.create(opensMillis / MILLIS_PER_SECOND);
    var pieces = new ArrayList<Bytes>();
    pieces.add(Bytes.of(writer.begin()));
    pieces.addAll(writer.setup(election, trustees, credentials));
    return new Begun(new BoardArchive(writer), pieces);
  }

  /** The bytes that follow for a transaction that took effect; none before the opening. */
  public byte[] append(VotingOperation operation) {
    return switch (operation) {
      case VotingOperation.AddPart _, VotingOperation.SetUp _, VotingOperation.Withdraw _ ->
          NOTHING;
      case VotingOperation.Attached _ -> NOTHING; // It has no archive: its ballots are elsewhere.
      case VotingOperation.Cast cast -> writer.ballot(cast.ballot().toByteArray());
      case VotingOperation.Close _ -> endBallots();
      case VotingOperation.PublishTally tally ->
          joined(
              endBallots(),
              writer.encryptedTally(tally.tally().toByteArray(), tally.ballots(), tally.weight()));
      case VotingOperation.Decrypt decrypt ->
          writer.partialDecryption(decrypt.owner(), decrypt.decryption().toByteArray());
      case VotingOperation.PublishResult result -> writer.result(result.result().toByteArray());
    };
  }

  /**
   * The bytes that end the voting, if they were not written yet. An election that closes by time
   * has no transaction for it; what follows the close writes them too.
   */
  public byte[] endBallots() {
    if (ended) {
      return NOTHING;
    }
    ended = true;
    return writer.endBallots();
  }

  /** The head after what was written. */
  public Head head() {
    return new Head(writer.head().orElseThrow(), writer.events());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
