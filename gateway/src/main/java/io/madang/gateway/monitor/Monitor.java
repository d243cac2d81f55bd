package io.madang.gateway.monitor;

import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.monitor.Alarm.Kind;
import io.madang.voting.board.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the boards of one or more gateways, round by round, and keeps what they showed in a
 * folder. May be stopped at any moment, and goes on where it was.
 */
final class Monitor implements AutoCloseable {
  private static final String CHAIN = "chain";
  private static final String ELECTION = "election/";
  private static final String ATTACHED = "attached/";
  private static final JsonObject NO_EVIDENCE = JsonObject.builder().build();

  private final List<BoardGateway> gateways;
  private final Duration stall;
  private final HeadArchive heads;
  private final Seen seen;
  private final HeadFollower headFollower;
  private final ElectionFollower elections;
  private final AttachedFollower attached;

  private Monitor(
      List<BoardGateway> gateways,
      TrustedMembers trusted,
      Duration stall,
      Checks checks,
      Path folder)
      throws IOException {
    this.gateways = List.copyOf(gateways);
    this.stall = stall;
    var copies = Files.createDirectories(folder.resolve("elections"));
    var hashes = Files.createDirectories(folder.resolve("attached"));
    heads = HeadArchive.open(folder.resolve("heads.jsonl"));
    seen = Seen.open(folder.resolve("seen.json"));
    headFollower = new HeadFollower(trusted, heads);
    elections = new ElectionFollower(trusted, checks, copies);
    attached = new AttachedFollower(trusted, hashes);
  }

  /**
   * A monitor that goes on where an earlier one in this folder was.
   *
   * @param stall how long a gateway may have trouble before that is an alarm
   */
  static Monitor open(
      List<BoardGateway> gateways,
      TrustedMembers trusted,
      Duration stall,
      Checks checks,
      Path folder)
      throws IOException {
    return new Monitor(gateways, trusted, stall, checks, folder);
  }

  /** What a round showed. */
  record Round(long height, int boards, List<String> troubles, List<Alarm> alarms) {}

  /** Looks at every gateway once. */
  Round look(Instant now) throws IOException {
    var alarms = new ArrayList<Alarm>();
    var troubles = new ArrayList<String>();
    int boards = 0;
    long known = heads.last();
    for (var gateway : gateways) {
      try {
        boards += look(gateway, now);
        requireCaughtUp(gateway, known);
        seen.wellAgain(gateway);
      } catch (AlarmException raised) {
        alarms.add(raised.alarm());
      } catch (GatewayTrouble trouble) {
        troubles.add(gateway.name() + ": " + trouble.getMessage());
        stalled(gateway, trouble, now, alarms);
      }
    }
    seen.save();
    return new Round(heads.last(), boards, troubles, alarms);
  }

  private int look(BoardGateway gateway, Instant now)
      throws IOException, GatewayTrouble, AlarmException {
    seen.set(gateway, CHAIN, headFollower.follow(gateway, seen.get(gateway, CHAIN)));
    var missing = new ArrayList<>(seen.subjects(gateway, ELECTION));
    missing.addAll(seen.subjects(gateway, ATTACHED));
    int boards = 0;
    for (var board : gateway.elections()) {
      var subject = ELECTION + board.id();
      missing.remove(subject);
      seen.set(gateway, subject, elections.follow(gateway, board, seen.get(gateway, subject)));
      boards++;
      if (board.open() && now.isAfter(Instant.ofEpochMilli(board.closesMillis()).plus(stall))) {
        throw new AlarmException(
            Kind.STALLED,
            gateway,
            board.id().text(),
            "It should have closed at %s and is open."
                .formatted(Instant.ofEpochMilli(board.closesMillis())),
            NO_EVIDENCE);
      }
    }
    for (var board : gateway.attached()) {
      var subject = ATTACHED + board.id();
      missing.remove(subject);
      seen.set(gateway, subject, attached.follow(gateway, board, seen.get(gateway, subject)));
      boards++;
    }
    if (!missing.isEmpty()) {
      throw new AlarmException(
          Kind.SHRUNK,
          gateway,
          missing.getFirst().substring(missing.getFirst().indexOf('/') + 1),
          "It showed this election and knows it no more.",
          NO_EVIDENCE);
    }
    return boards;
  }

  private void stalled(BoardGateway gateway, Exception trouble, Instant now, List<Alarm> alarms) {
    seen.trouble(gateway, now.toEpochMilli());
    var since = Instant.ofEpochMilli(seen.troubledSinceMillis(gateway).orElseThrow());
    if (!now.isBefore(since.plus(stall))) {
      alarms.add(
          new Alarm(
              Kind.STALLED,
              gateway.name(),
              CHAIN,
              "Since %s: %s".formatted(since, trouble.getMessage()),
              NO_EVIDENCE));
    }
  }

  /** A gateway that lacks what another showed a round ago has stopped, or keeps it back. */
  private void requireCaughtUp(BoardGateway gateway, long known) throws GatewayTrouble {
    long behind = known - seen.get(gateway, CHAIN);
    if (behind > 0) {
      throw new GatewayTrouble("It is %d blocks behind.".formatted(behind));
    }
  }

  @Override
  public void close() throws IOException {
    heads.close();
  }
}
