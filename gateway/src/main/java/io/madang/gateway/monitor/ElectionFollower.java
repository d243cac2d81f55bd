package io.madang.gateway.monitor;

import io.madang.chain.Base64Url;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.archive.StoredArchive;
import io.madang.gateway.monitor.Alarm.Kind;
import io.madang.gateway.monitor.BoardGateway.BoardSummary;
import io.madang.voting.ElectionId;
import io.madang.voting.archive.ArchiveTrail;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.record.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a copy of each election's archive and compares with it whatever a gateway shows later. One
 * of two versions must be the beginning of the other.
 */
final class ElectionFollower {
  private final TrustedMembers trusted;
  private final Checks checks;
  private final Path folder;

  /** Of the copies, which nobody else writes; read once. */
  private final Map<ElectionId, ArchiveTrail> trails = new HashMap<>();

  /**
   * A follower of elections.
   *
   * @param folder where the copies are
   */
  ElectionFollower(TrustedMembers trusted, Checks checks, Path folder) {
    this.trusted = trusted;
    this.checks = checks;
    this.folder = folder;
  }

  /**
   * Compares one election's board.
   *
   * @param seen how many events this gateway showed before
   * @return how many it shows now
   */
  long follow(BoardGateway gateway, BoardSummary board, long seen)
      throws IOException, GatewayTrouble, AlarmException {
    var copy = folder.resolve(board.id() + ".bel");
    var ours = trail(board.id(), copy);
    if (board.events() < seen) {
      throw alarm(
          Kind.SHRUNK,
          gateway,
          board,
          "It showed %d events and says now that there are %d.".formatted(seen, board.events()),
          evidence(ours, board));
    }
    if (ours.isPresent() && ends(ours.get(), board)) {
      return board.events();
    }
    var fresh = Copies.prepared(copy);
    gateway.archive(board.id(), fresh);
    var theirs =
        switch (read(fresh)) {
          case Reading.Accepted<ArchiveTrail>(var trail) -> trail;
          case Reading.Refused<ArchiveTrail>(var refusal) ->
              throw alarm(
                  Kind.UNSIGNED,
                  gateway,
                  board,
                  "Its archive is not one: " + refusal + ".",
                  evidence(ours, board));
        };
    if (theirs.events() < Math.max(seen, board.events())) {
      throw alarm(
          Kind.SHRUNK,
          gateway,
          board,
          "Its archive has %d events of %d."
              .formatted(theirs.events(), Math.max(seen, board.events())),
          evidence(ours, theirs));
    }
    if (ours.isPresent() && !areOne(ours.get(), theirs, copy, fresh)) {
      throw difference(gateway, board, ours.get(), theirs);
    }
    if (board.events() > 0 && !headAt(theirs, board.events()).equals(board.head())) {
      throw alarm(
          Kind.FORKED,
          gateway,
          board,
          "Its archive has another head after %d events than it says.".formatted(board.events()),
          evidence(Optional.of(theirs), board));
    }
    compareWithReceipt(gateway, board, theirs);
    if (ours.isEmpty() || theirs.events() > ours.get().events()) {
      if (board.finished()) {
        verify(gateway, board, fresh, theirs);
      }
      Copies.replace(copy);
      trails.put(board.id(), theirs);
    } else {
      Files.delete(fresh);
    }
    return theirs.events();
  }

  private static Reading<ArchiveTrail> read(Path file) throws IOException {
    try (var archive = new StoredArchive(file)) {
      return ArchiveTrail.of(archive);
    }
  }

  private Optional<ArchiveTrail> trail(ElectionId id, Path copy) throws IOException {
    var known = trails.get(id);
    if (known == null && Files.exists(copy)) {
      known =
          switch (read(copy)) {
            case Reading.Accepted<ArchiveTrail>(var trail) -> trail;
            case Reading.Refused<ArchiveTrail>(var refusal) ->
                throw new IOException(copy + " is damaged: " + refusal + ".");
          };
      trails.put(id, known);
    }
    return Optional.ofNullable(known);
  }

  private static boolean ends(ArchiveTrail trail, BoardSummary board) {
    return trail.events() >= board.events()
        && board.events() > 0
        && headAt(trail, board.events()).equals(board.head());
  }

  /** Empty when there are not so many events. */
  private static String headAt(ArchiveTrail trail, long events) {
    return events >= 1 && events <= trail.events()
        ? trail.links().get((int) events - 1).head()
        : "";
  }

  /** Whether one is the beginning of the other, to the byte. */
  private static boolean areOne(ArchiveTrail ours, ArchiveTrail theirs, Path copy, Path fresh)
      throws IOException {
    try (var before = new StoredArchive(copy);
        var now = new StoredArchive(fresh)) {
      return ours.events() <= theirs.events()
          ? ArchiveVerifier.isExtension(before, now)
          : ArchiveVerifier.isExtension(now, before);
    }
  }

  private AlarmException difference(
      BoardGateway gateway, BoardSummary board, ArchiveTrail ours, ArchiveTrail theirs) {
    var difference = BoardDifference.between(ours.ballots(), theirs.ballots());
    return alarm(difference.kind(), gateway, board, difference.sentence(), evidence(ours, theirs));
  }

  /** The members have signed the head that the newest ballot led to: the archive must have it. */
  private void compareWithReceipt(BoardGateway gateway, BoardSummary board, ArchiveTrail theirs)
      throws GatewayTrouble, AlarmException {
    var bytes = gateway.newestReceipt(board);
    if (bytes.isEmpty()) {
      return;
    }
    var result = signedResult(gateway, board, bytes.get());
    if (!(result.members().get("election") instanceof JsonText(var election))
        || !(result.members().get("events") instanceof JsonNumber(long events))
        || !(result.members().get("head") instanceof JsonText(var head))
        || !election.equals(board.id().text())) {
      throw alarm(
          Kind.UNSIGNED,
          gateway,
          board,
          "The receipt of its newest ballot is of something else.",
          JsonObject.builder().put("receipt", Base64Url.encode(bytes.get())).build());
    }
    if (events <= theirs.events() && !headAt(theirs, events).equals(head)) {
      throw alarm(
          Kind.FORKED,
          gateway,
          board,
          "The members signed another head after %d events than its archive has.".formatted(events),
          JsonObject.builder()
              .put("now", headAt(theirs, events))
              .put("receipt", Base64Url.encode(bytes.get()))
              .put("signed", head)
              .build());
    }
  }

  private JsonObject signedResult(BoardGateway gateway, BoardSummary board, byte[] receipt)
      throws AlarmException {
    return switch (SignedResult.of(receipt, trusted)) {
      case SignedResult.Signed(var result) -> result;
      case SignedResult.Unsigned(var fault) ->
          throw alarm(
              Kind.UNSIGNED,
              gateway,
              board,
              "The receipt of its newest ballot proves nothing: " + fault,
              JsonObject.builder().put("receipt", Base64Url.encode(receipt)).build());
    };
  }

  /** Checks every proof and count of a finished election, once. */
  private void verify(BoardGateway gateway, BoardSummary board, Path fresh, ArchiveTrail theirs)
      throws IOException, AlarmException {
    try (var archive = new StoredArchive(fresh)) {
      if (ArchiveVerifier.verify(archive, checks, Progress.silent())
          instanceof Verdict.Invalid invalid) {
        throw alarm(
            Kind.WRONG, gateway, board, invalid.sentence(), evidence(Optional.of(theirs), board));
      }
    }
  }

  private static AlarmException alarm(
      Kind kind, BoardGateway gateway, BoardSummary board, String sentence, JsonObject evidence) {
    return new AlarmException(kind, gateway, board.id().text(), sentence, evidence);
  }

  private static JsonObject evidence(Optional<ArchiveTrail> ours, BoardSummary board) {
    var evidence =
        JsonObject.builder()
            .put(
                "now",
                JsonObject.builder()
                    .put("events", board.events())
                    .put("head", board.head())
                    .build());
    ours.ifPresent(trail -> evidence.put("shown", shown(trail)));
    return evidence.build();
  }

  private static JsonObject evidence(Optional<ArchiveTrail> ours, ArchiveTrail theirs) {
    var evidence = JsonObject.builder().put("now", shown(theirs));
    ours.ifPresent(trail -> evidence.put("shown", shown(trail)));
    return evidence.build();
  }

  private static JsonObject evidence(ArchiveTrail ours, ArchiveTrail theirs) {
    return evidence(Optional.of(ours), theirs);
  }

  private static JsonObject shown(ArchiveTrail trail) {
    return JsonObject.builder()
        .put("events", trail.events())
        .put("head", headAt(trail, trail.events()))
        .build();
  }
}
