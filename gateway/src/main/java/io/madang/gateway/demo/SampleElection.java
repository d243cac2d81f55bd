package io.madang.gateway.demo;

import io.madang.chain.Hash;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.election.MailFolder;
import io.madang.voting.Credential;
import io.madang.voting.Election;
import io.madang.voting.ElectionId;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * An election with all its people, for the demo: each keeps its own secrets and goes through the
 * public API as everybody does.
 */
final class SampleElection {
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration UNTIL_OPENING = Duration.ofSeconds(2);

  private final GatewayClient anyone;
  private final AdministratorClient office;
  private final ElectionId id;
  private final List<SampleTrustee> trustees;
  private final Map<String, Credential> credentials;
  private final Map<String, GatewayClient> sessions = new TreeMap<>();
  private final BallotMaker maker;

  private SampleElection(
      GatewayClient anyone,
      AdministratorClient office,
      Election election,
      List<SampleTrustee> trustees,
      Map<String, Credential> credentials) {
    this.anyone = anyone;
    this.office = office;
    this.id = election.id();
    this.trustees = trustees;
    this.credentials = credentials;
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
   * @param mailbox where voters find their credentials
   */
  static SampleElection open(
      GatewayClient anyone,
      AdministratorClient office,
      JsonObject draft,
      List<String> voters,
      Instant closes,
      MailFolder mailbox) {
    var written =
        draft.copy().put("opensAt", Instant.now().toString()).put("closesAt", closes.toString());
    var made = office.gateway().post("/v1/election-drafts", written);
    var id = new ElectionId(made.getString("id"));
    var path = "/v1/election-drafts/" + id;
    office.gateway().put(path + "/roll", roll(voters));
    var group = Group.named(draft.getString("group")).orElseThrow();
    var links = made.getJsonObject("links");
    var trustees =
        links.getJsonArray("trustees").stream()
            .map(link -> new SampleTrustee(anyone, (String) link, id, group))
            .toList();
    holdCeremony(trustees);
    var registrar = new SampleRegistrar(anyone, links.getString("registrar"), id, group);
    var credentials = registrar.work();
    var records = office.gateway().get(path + "/assembled");
    announce(office, id, records, closes, draft.getInteger("leastBallots"));
    var election = Election.read(utf8(records.getString("election"))).orStop();
    registrar.sendLetters(mailbox, credentials, election.fingerprint());
    var held = new SampleElection(anyone, office, election, trustees, credentials);
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

  private static void holdCeremony(List<SampleTrustee> trustees) {
    boolean worked = true;
    while (worked) {
      worked = false;
      for (var trustee : trustees) {
        worked |= trustee.work();
      }
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
    var terms =
        new VotingOperation.Terms(
            Instant.now().plus(UNTIL_OPENING).toEpochMilli(),
            closes.toEpochMilli(),
            leastBallots,
            hashes.get(0),
            hashes.get(1),
            hashes.get(2));
    office.send(Purpose.SETUP, VotingOperations.setUp(id, terms));
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
    var credential = Objects.requireNonNull(credentials.get(voter));
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

  /** One trustee decrypts; they are numbered from 1. */
  void decrypt(int trustee) {
    trustees.get(trustee - 1).decrypt(archive());
  }

  void publishResult() {
    office.send(
        Purpose.RESULT, VotingOperations.publishResult(id, anyone.bytes(path("/computed-result"))));
  }
}
