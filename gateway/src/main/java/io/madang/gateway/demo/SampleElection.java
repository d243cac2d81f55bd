package io.madang.gateway.demo;

import io.madang.chain.Hash;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import io.madang.voting.Credential;
import io.madang.voting.Election;
import io.madang.voting.ElectionId;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Randomness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * An election for the demo, with its administrator and its voters, who go through the public API as
 * everybody does. Its registrar and trustees are programs of their own.
 */
final class SampleElection {
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration UNTIL_OPENING = Duration.ofSeconds(2);

  private final GatewayClient anyone;
  private final AdministratorClient office;
  private final ElectionId id;
  private final Map<Integer, Process> trustees;
  private final Map<String, Credential> credentials = new TreeMap<>();
  private final Map<String, GatewayClient> sessions = new TreeMap<>();
  private final BallotMaker maker;

  private SampleElection(
      GatewayClient anyone,
      AdministratorClient office,
      Election election,
      Map<Integer, Process> trustees) {
    this.anyone = anyone;
    this.office = office;
    this.id = election.id();
    this.trustees = trustees;
    this.maker = new BallotMaker(election);
  }

  /** Names of the sample voters in the order of the roll. */
  static List<String> voters(int count) {
    var voters = new ArrayList<String>();
    for (int i = 1; i <= count; i++) {
      voters.add("voter%02d".formatted(i));
    }
    return voters;
  }

  /**
   * Prepares an election and lets it open at once.
   *
   * @param draft what the administrator writes, but for the times
   * @param closes when the voting ends
   * @param programs are started for the registrar and the trustees
   * @param decrypting the numbers of the trustees that will decrypt the tally
   */
  static SampleElection open(
      GatewayClient anyone,
      AdministratorClient office,
      JsonObject draft,
      List<String> voters,
      Instant closes,
      RolePrograms programs,
      Set<Integer> decrypting) {
    var written =
        draft.copy().put("opensAt", Instant.now().toString()).put("closesAt", closes.toString());
    var made = office.gateway().post("/v1/election-drafts", written);
    var id = new ElectionId(made.getString("id"));
    var path = "/v1/election-drafts/" + id;
    office.gateway().put(path + "/roll", roll(voters));
    var links = made.getJsonObject("links");
    var tokens = links.getJsonArray("trustees");
    var trustees = new TreeMap<Integer, Process>();
    for (int number = 1; number <= tokens.size(); number++) {
      var token = tokens.getString(number - 1);
      trustees.put(number, programs.trustee(id, number, token, decrypting.contains(number)));
    }
    var registrar = programs.registrar(id, links.getString("registrar"));
    var working = new ArrayList<>(trustees.values());
    working.add(registrar);
    var records = awaitAssembled(office, path, working);
    announce(office, id, records, closes, draft.getInteger("leastBallots"));
    // The letters follow the announcement: they carry the election's fingerprint.
    RolePrograms.await(registrar);
    var election = Election.read(utf8(records.getString("election"))).orStop();
    var held = new SampleElection(anyone, office, election, trustees);
    held.awaitStage("open");
    return held;
  }

  private static JsonObject roll(List<String> voters) {
    var list = new JsonArray();
    for (var voter : voters) {
      list.add(new JsonObject().put("voter", voter).put("contact", SampleVoter.contact(voter)));
    }
    return new JsonObject().put("voters", list);
  }

  /** Waits until the gateway has every trustee's part and the credentials. */
  private static JsonObject awaitAssembled(
      AdministratorClient office, String path, Collection<Process> working) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return office.gateway().get(path + "/assembled");
      } catch (RefusedException notYet) {
        for (var program : working) {
          if (!program.isAlive() && program.exitValue() != 0) {
            RolePrograms.await(program);
          }
        }
        if (System.nanoTime() > giveUp) {
          throw notYet;
        }
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static void announce(
      AdministratorClient office,
      ElectionId id,
      JsonObject records,
      Instant closes,
      long leastBallots) {
    var hashes = new ArrayList<Hash>();
    for (var kind : List.of(RecordKind.ELECTION, RecordKind.TRUSTEES, RecordKind.CREDENTIALS)) {
      byte[] record = utf8(records.getString(kind.toString()));
      hashes.add(Hash.sha256(record));
      VotingOperations.parts(id, kind, record).forEach(part -> office.send(Purpose.PART, part));
    }
    // On a machine that is busy a moment from now may be over before the block is cut.
    for (var ahead = UNTIL_OPENING; ; ahead = ahead.multipliedBy(4)) {
      try {
        var terms =
            new VotingOperation.Terms(
                Instant.now().plus(ahead).toEpochMilli(),
                closes.toEpochMilli(),
                leastBallots,
                hashes.get(0),
                hashes.get(1),
                hashes.get(2));
        office.send(Purpose.SETUP, VotingOperations.setUp(id, terms));
        return;
      } catch (RefusedException late) {
        if (!late.type().endsWith("times-out-of-range") || ahead.compareTo(PATIENCE) > 0) {
          throw late;
        }
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  ElectionId id() {
    return id;
  }

  /**
   * A voter signs in and casts a ballot.
   *
   * @param choices for each question a 0 or 1 for each choice; blank, where it is offered, first
   * @return tracker, transaction, position and time
   */
  JsonObject cast(String voter, List<List<Integer>> choices) {
    var session = sessions.computeIfAbsent(voter, name -> SampleVoter.signIn(anyone, id, name));
    var credential =
        credentials.computeIfAbsent(voter, name -> SampleVoter.credential(anyone, id, name));
    byte[] ballot = maker.make(credential, choices, RANDOMNESS);
    return session.postBytes(path("/ballots"), ballot);
  }

  String path(String rest) {
    return "/v1/elections/" + id + rest;
  }

  JsonObject standing() {
    return anyone.get(path(""));
  }

  byte[] archive() {
    return anyone.bytes(path("/archive"));
  }

  private void awaitStage(String stage) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!standing().getString("stage").equals(stage)) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("the election does not become " + stage);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /** Ends the voting and publishes the encrypted tally. */
  void closeAndTally() {
    office.send(Purpose.CLOSE, VotingOperations.of(id));
    var ballots = standing().getJsonObject("ballots");
    office.send(
        Purpose.TALLY,
        VotingOperations.publishTally(
            id,
            anyone.bytes(path("/tally")),
            ballots.getLong("counted"),
            ballots.getLong("weightCounted")));
  }

  /** Waits until every trustee that is to decrypt has done so. */
  void awaitDecryption() {
    trustees.values().forEach(RolePrograms::await);
  }

  void publishResult() {
    office.send(
        Purpose.RESULT, VotingOperations.publishResult(id, anyone.bytes(path("/computed-result"))));
  }
}
