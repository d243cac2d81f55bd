package io.madang.voting.archive;

import io.madang.voting.Tracker;
import io.madang.voting.ballot.CheckedBallot;
import io.madang.voting.board.Board;
import io.madang.voting.board.Checks;
import io.madang.voting.board.Posting;
import io.madang.voting.record.Reading;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an archive, of an election that goes on or of a finished one: everything that anybody
 * can check without trusting who made it. It reads the archive once from front to back, and again
 * only the ballots that were replaced; memory grows with the voters by some hundred bytes each, not
 * with the ballots' size.
 *
 * <p>What it cannot know: whether an earlier copy had more. {@link #isExtension} compares with one.
 */
public final class ArchiveVerifier {
  /** Ballots that are checked together: enough work for many processors, little memory. */
  private static final int BATCH = 256;

  private static final int COMPARED_AT_ONCE = 1 << 20;

  private final ArchiveSource source;
  private final Checks checks;
  private final Progress progress;
  private final ArchiveReader reader;

  private final List<Pending> pending = new ArrayList<>();
  private final Map<Tracker, Place> lastBallots = new HashMap<>();
  private @Nullable Board board;
  private String subject = "";

  private ArchiveVerifier(ArchiveSource source, Checks checks, Progress progress) {
    this.source = source;
    this.checks = checks;
    this.progress = progress;
    reader = new ArchiveReader(source);
  }

  /** A ballot that waits for its batch. */
  private record Pending(byte[] bytes, long position, long record, long height) {}

  /** Where a ballot stands in the archive. */
  private record Place(long position, int length) {}

  /**
   * Verifies an archive. Never throws for anything in it.
   *
   * @param checks runs the ballots' checks, perhaps on several threads
   */
  public static Verdict verify(ArchiveSource source, Checks checks, Progress progress) {
    return new ArchiveVerifier(source, checks, progress).verdict();
  }

  /** Whether a later archive begins with an earlier one: nothing that was published is gone. */
  public static boolean isExtension(ArchiveSource earlier, ArchiveSource later) {
    if (later.length() < earlier.length()) {
      return false;
    }
    for (long position = 0; position < earlier.length(); position += COMPARED_AT_ONCE) {
      int length = (int) Math.min(COMPARED_AT_ONCE, earlier.length() - position);
      if (!Arrays.equals(earlier.read(position, length), later.read(position, length))) {
        return false;
      }
    }
    return true;
  }

  private Verdict verdict() {
    Verdict atFault = read();
    // What was read before the fault is checked first, so the first fault is the one that is named.
    return flush().orElse(atFault);
  }

  private Verdict read() {
    try {
      reader.begin();
      while (true) {
        subject = "";
        var next = reader.next();
        if (next.isEmpty()) {
          return atTheEnd();
        }
        var invalid = follow(next.get());
        if (invalid.isPresent()) {
          return invalid.get();
        }
      }
    } catch (RefusedException refused) {
      return invalid(refused.refusal());
    }
  }

  private Verdict atTheEnd() {
    var flushed = flush();
    if (flushed.isPresent()) {
      return flushed.get();
    }
    if (board == null) {
      return invalid(Refusal.of(RefusalReason.TRUNCATED));
    }
    var head = reader.head().orElseThrow();
    return new Verdict.Valid(head, reader.events(), reader.timestampSeconds(), board);
  }

  /** The fault of the event that is being read, or was read last. */
  private Verdict.Invalid invalid(Refusal refusal) {
    return new Verdict.Invalid(reader.records(), reader.events(), subject, refusal);
  }

  /** Does what an event says. Empty when it may. */
  private Optional<Verdict> follow(ArchiveReader.ReadEvent read) {
    var type = read.event().type();
    if (type == EventType.BALLOT && board != null) {
      pending.add(
          new Pending(
              read.payload().bytes(),
              read.payload().position(),
              reader.records() - 1,
              read.event().height()));
      return pending.size() == BATCH ? flush() : Optional.empty();
    }
    var flushed = flush();
    if (flushed.isPresent()) {
      return flushed;
    }
    return refusal(type, read.data())
        .map(
            refusal ->
                new Verdict.Invalid(reader.records(), read.event().height(), subject, refusal));
  }

  private Optional<Refusal> refusal(EventType type, List<ArchiveReader.Content> data) {
    if (type == EventType.SETUP) {
      return board == null ? open(data) : Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    var open = board;
    if (open == null) {
      return Optional.of(Refusal.of(RefusalReason.WRONG_ORDER));
    }
    return switch (type) {
      case SETUP, BALLOT -> throw new IllegalStateException("handled before");
      case END_BALLOTS -> open.close();
      case ENCRYPTED_TALLY -> {
        var payload = Payloads.Tally.read(data.getLast().bytes());
        requireNamed(payload.encryptedTally(), data.getFirst());
        yield open.publishTally(data.getFirst().bytes(), payload.ballots(), payload.weight());
      }
      case PARTIAL_DECRYPTION -> {
        var payload = Payloads.Owned.read(data.getLast().bytes());
        requireNamed(payload.payload(), data.getFirst());
        subject = "trustee " + payload.owner();
        yield open.addPartialDecryption(payload.owner(), data.getFirst().bytes());
      }
      case RESULT -> open.finish(data.getFirst().bytes());
    };
  }

  private Optional<Refusal> open(List<ArchiveReader.Content> data) {
    var payload = Payloads.Setup.read(data.getLast().bytes());
    requireNamed(payload.election(), data.get(0));
    requireNamed(payload.trustees(), data.get(1));
    requireNamed(payload.credentials(), data.get(2));
    return switch (Board.open(
        data.get(0).bytes(), data.get(1).bytes(), data.get(2).bytes(), checks)) {
      case Reading.Accepted<Board>(var opened) -> {
        board = opened;
        yield Optional.empty();
      }
      case Reading.Refused<Board>(var refusal) -> Optional.of(refusal);
    };
  }

  private static void requireNamed(String hash, ArchiveReader.Content content) {
    if (!hash.equals(content.hash())) {
      throw new RefusedException(RefusalReason.MISPLACED_RECORD, "");
    }
  }

  /** Checks and posts the ballots that wait. Empty when all are right. */
  private Optional<Verdict> flush() {
    var open = board;
    if (open == null || pending.isEmpty()) {
      return Optional.empty();
    }
    var batch = List.copyOf(pending);
    pending.clear();
    var answers =
        checks.run(
            batch.stream()
                .<Supplier<Reading<CheckedBallot>>>map(
                    ballot -> () -> open.ballotCheck().check(ballot.bytes()))
                .toList());
    for (int i = 0; i < batch.size(); i++) {
      var refusal = post(open, batch.get(i), answers.get(i));
      if (refusal.isPresent()) {
        var ballot = batch.get(i);
        return Optional.of(
            new Verdict.Invalid(
                ballot.record(),
                ballot.height(),
                "ballot " + Tracker.of(ballot.bytes()),
                refusal.get()));
      }
    }
    progress.reached(open.accepted(), reader.position(), source.length());
    return Optional.empty();
  }

  private Optional<Refusal> post(Board open, Pending ballot, Reading<CheckedBallot> answer) {
    return switch (answer) {
      case Reading.Refused<CheckedBallot>(var refusal) -> Optional.of(refusal);
      case Reading.Accepted<CheckedBallot>(var checked) ->
          switch (open.post(checked, this::earlier)) {
            case Posting.Refused(var refusal) -> Optional.of(refusal);
            case Posting.Posted(var tracker, var replaced) -> {
              replaced.ifPresent(lastBallots::remove);
              lastBallots.put(tracker, new Place(ballot.position(), ballot.bytes().length));
              yield Optional.empty();
            }
          };
    };
  }

  private byte[] earlier(Tracker tracker) {
    var place = Objects.requireNonNull(lastBallots.get(tracker));
    return source.read(place.position(), place.length());
  }
}
