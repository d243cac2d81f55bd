package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.Client;
import io.madang.gateway.Person;
import io.madang.gateway.Town;
import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From signing in to the reward, through HTTP, with a real board and real coins. */
class VotingDayTest {
  private static final int VOTERS = 4;
  private static final List<List<Integer>> CHOICE = List.of(List.of(0, 1, 0));
  private static final String NOBODY_TOOK_PART =
      "UPDATE ops.participation SET took_part = set_byte(took_part, 0, 0)";

  @TempDir private Path mail;

  private Town town;
  private Preparation election;
  private final List<Credential> credentials = new ArrayList<>();
  private final Map<Integer, Person> accounts = new HashMap<>();
  private BallotMaker maker;

  @BeforeEach
  void begin() {
    town = Town.start(configuration -> configuration.withRates(Town.NO_RATES).withMailFolder(mail));
    var body =
        Preparation.body()
            .put("trustees", new JsonObject().put("count", 1))
            .put("reward", new JsonObject().put("asset", "S-COIN").put("amount", 500));
    election = Preparation.begin(town, body);
    election.setRoll(Preparation.voters(VOTERS)).expect(200);
    election.hand(register()).expect(200);
    election.say(1, "key", Preparation.key()).expect(200);
    open(election.office().get(election.path("/assembled")).expect(200).json());
  }

  @AfterEach
  void end() {
    town.close();
  }

  private String register() {
    var entries = new ArrayList<CredentialList.Entry>();
    for (int i = 0; i < VOTERS; i++) {
      var credential = Credential.random(Preparation.RANDOM);
      credentials.add(credential);
      entries.add(
          new CredentialList.Entry(
              credential.publicCredential(election.election(), Preparation.GROUP), 1));
    }
    return new String(CredentialList.toRecord(entries), StandardCharsets.UTF_8);
  }

  private void open(JsonObject assembled) {
    var hashes = new ArrayList<Hash>();
    for (var kind : RecordKind.values()) {
      byte[] record = assembled.getString(kind.toString()).getBytes(StandardCharsets.UTF_8);
      hashes.add(Hash.sha256(record));
      for (var part : VotingOperations.parts(election.election(), kind, record)) {
        sign("election.part", part);
      }
    }
    long opens = System.currentTimeMillis() + 3_000;
    sign(
        "election.setup",
        VotingOperations.setUp(
            election.election(),
            new VotingOperation.Terms(
                opens, opens + 3_600_000, 1, hashes.get(0), hashes.get(1), hashes.get(2))));
    maker =
        new BallotMaker(
            Preparation.accepted(
                Election.read(assembled.getString("election").getBytes(StandardCharsets.UTF_8))));
    Preparation.eventually(() -> stage().equals("open"));
  }

  private String stage() {
    return town.anyone().get(path("")).expect(200).json().getString("stage");
  }

  private void sign(String purpose, io.madang.chain.json.JsonObject operation) {
    var office = new Office(town, Town.key("election office"));
    var statement = office.sign(purpose, Town.VOTES, operation);
    town.anyone()
        .post("/v1/votes/transactions", new JsonObject().put("transaction", statement))
        .expect(200);
  }

  private String path(String rest) {
    return "/v1/elections/" + election.election() + rest;
  }

  private Client signIn(int voter) {
    var name = "student" + voter;
    town.anyone().post(path("/sign-in/codes"), new JsonObject().put("voter", name)).expect(202);
    Preparation.eventually(() -> !messages(voter, "code").isEmpty());
    var code = messages(voter, "code").getFirst().getString("code");
    var body = new JsonObject().put("voter", name).put("code", code);
    var session = town.anyone().post(path("/sign-in"), body).expect(201).json();
    return town.holder(session.getString("token"));
  }

  private List<JsonObject> messages(int voter, String kind) {
    return town.anyone().get("/v1/demo/mailbox").expect(200).json().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("to").equals("student" + voter + "@campus.example"))
        .filter(message -> message.getString("kind").equals(kind))
        .toList();
  }

  private Client.Answer cast(Client voter, int credential) {
    byte[] ballot = maker.make(credentials.get(credential), CHOICE, Preparation.RANDOM);
    return voter.send(
        voter
            .request(path("/ballots"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(ballot)));
  }

  private Person rewarded(int voter) {
    return accounts.computeIfAbsent(voter, _ -> town.newPerson("voter" + voter, 0));
  }

  private void wantReward(Client voter, int number) {
    var account = rewarded(number).account().toString();
    var told = voter.put(path("/me"), new JsonObject().put("rewardAccount", account));
    assertThat(told.expect(200).json().getJsonObject("reward"))
        .isEqualTo(new JsonObject().put("asset", "S-COIN").put("amount", 500));
  }

  private Client.Answer pay() {
    return election.office().post(path("/rewards"), new JsonObject());
  }

  private JsonObject rewards() {
    return election.office().get(path("/rewards")).expect(200).json();
  }

  private void fund(long amount) {
    var giver = town.newPerson("giver", amount);
    var account = pay().expect(409, "rewards-not-funded").json().getString("account");
    giver.pay(io.madang.ledger.AccountId.parse(account), amount, "").expect(200);
  }

  private void close() {
    sign("election.close", VotingOperations.of(election.election()));
  }

  @Test
  void casts_for_voters_who_have_signed_in_and_tells_them() {
    cast(town.anyone(), 0).expect(401, "unauthorized");
    var voter = signIn(0);
    cast(voter, 0).expect(200);
    assertThat(voter.get(path("/me")).expect(200).json().getBoolean("tookPart")).isTrue();
    Preparation.eventually(() -> messages(0, "notice").size() == 1);
    // Neither the tracker nor the choice is in the message.
    assertThat(messages(0, "notice").getFirst().getString("text")).contains("A ballot was cast");
    assertThat(messages(1, "notice")).isEmpty();
    var other = signIn(1);
    assertThat(other.get(path("/me")).expect(200).json().getBoolean("tookPart")).isFalse();
    // What is on the channel is not changed here any more.
    election.setRoll(Preparation.voters(5)).expect(409, "election-signed");
    election.hand(election.credentials(4)).expect(409, "election-signed");
    assertThat(election.draft().getString("state")).isEqualTo("signed");
  }

  @Test
  void a_refused_ballot_leaves_the_voter_as_before() {
    var voter = signIn(0);
    spoil(voter).expect(422);
    assertThat(tookPart(voter)).isFalse();
    cast(voter, 0).expect(200);
    spoil(voter).expect(422);
    assertThat(tookPart(voter)).isTrue();
    Preparation.eventually(() -> messages(0, "notice").size() == 1);
  }

  @Test
  void casts_of_one_voter_at_once_do_not_take_back_each_others_mark() throws Exception {
    var voter = signIn(0);
    for (int round = 0; round < 5; round++) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var spoilt = threads.submit(() -> spoil(voter));
        var cast = threads.submit(() -> cast(voter, 0));
        var spoiltToo = threads.submit(() -> spoil(voter));
        cast.get().expect(200);
        spoilt.get().expect(422);
        spoiltToo.get().expect(422);
      }
      assertThat(tookPart(voter)).isTrue();
      Town.await(town.pool().query(NOBODY_TOOK_PART).execute());
    }
  }

  @Test
  void takes_no_ballot_whose_voter_cannot_be_marked_first() {
    var voter = signIn(0);
    var refusing =
        """
        CREATE FUNCTION ops.refuse() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN RAISE 'no mark today'; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON ops.participation
          FOR EACH ROW EXECUTE FUNCTION ops.refuse();
        """;
    Town.await(town.pool().query(refusing).execute());
    assertThat(cast(voter, 0).response().statusCode()).isEqualTo(500);
    assertThat(accepted()).isZero();
    Town.await(town.pool().query("DROP TRIGGER refuse ON ops.participation").execute());
    cast(voter, 0).expect(200);
    assertThat(accepted()).isEqualTo(1);
    assertThat(tookPart(voter)).isTrue();
  }

  private int accepted() {
    return town.anyone()
        .get(path(""))
        .expect(200)
        .json()
        .getJsonObject("ballots")
        .getInteger("accepted");
  }

  private boolean tookPart(Client voter) {
    return voter.get(path("/me")).expect(200).json().getBoolean("tookPart");
  }

  /** Sends what is no ballot. */
  private Client.Answer spoil(Client voter) {
    return voter.send(
        voter
            .request(path("/ballots"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}")));
  }

  @Test
  void pays_everybody_who_took_part_the_same_and_once() {
    for (int i = 0; i < 3; i++) {
      var voter = signIn(i);
      cast(voter, i).expect(200);
      if (i != 2) wantReward(voter, i);
    }
    wantReward(signIn(3), 3);
    pay().expect(409, "election-not-closed");
    close();
    pay().expect(409, "rewards-not-funded");
    assertThat(rewards().getString("state")).isEqualTo("waiting");
    fund(10_000);
    var begun = pay().expect(200).json();
    assertThat(begun.getInteger("recipients")).isEqualTo(2);
    // Killed in the middle, and once more with the last note of it lost.
    town.restart();
    awaitPaid();
    Town.await(town.pool().query("UPDATE ops.reward SET state = 'signed'").execute());
    town.restart();
    awaitPaid();
    pay().expect(200);
    assertThat(rewards().getString("state")).isEqualTo("paid");
    accounts.values().forEach(Person::login);
    assertThat(rewarded(0).balance()).isEqualTo(500);
    assertThat(rewarded(1).balance()).isEqualTo(500);
    assertThat(balances(3)).isZero();
  }

  private long balances(int voter) {
    return rewarded(voter)
        .client()
        .get("/v1/me")
        .expect(200)
        .json()
        .getJsonArray("balances")
        .stream()
        .map(JsonObject.class::cast)
        .mapToLong(balance -> balance.getLong("available"))
        .sum();
  }

  private void awaitPaid() {
    Preparation.eventually(() -> pay().expect(200).json().getString("state").equals("paid"));
    assertThat(pay().json().getInteger("paid")).isEqualTo(2);
    assertThat(pay().json().getInteger("refused")).isZero();
  }

  @Test
  void wipes_what_would_tell_an_order_after_the_close() {
    for (int i = 0; i < VOTERS; i++) {
      var voter = signIn(i);
      wantReward(voter, i);
      cast(voter, i).expect(200);
    }
    // No row of the roll was touched by a cast: all are of the transaction that stored the list.
    assertThat(column("SELECT DISTINCT xmin::text AS value FROM ops.roll")).hasSize(1);
    close();
    Preparation.eventually(
        () -> column("SELECT tidied::text AS value FROM ops.election_draft").contains("true"));
    assertThat(column("SELECT DISTINCT xmin::text AS value FROM ops.reward_account")).hasSize(1);
    assertThat(column("SELECT place::text AS value FROM ops.reward_account")).hasSize(VOTERS);
    assertThat(column("SELECT voter::text AS value FROM ops.sign_in")).isEmpty();
  }

  private List<String> column(String query) {
    var values = new ArrayList<String>();
    Town.await(town.pool().query(query).execute())
        .forEach(row -> values.add(row.getString("value")));
    return values;
  }

  @Test
  void keeps_nothing_in_its_database_that_leads_from_a_voter_to_a_ballot() {
    var voter = signIn(0);
    var cast = cast(voter, 0).expect(200).json();
    var tables =
        column(
            "SELECT table_schema || '.' || table_name AS value FROM information_schema.tables"
                + " WHERE table_schema = 'ops'");
    var everything = new JsonArray();
    for (var table : tables) {
      // What is read from the board is everybody's to see, and holds no voter.
      if (table.contains("board") || table.contains("ballot")) continue;
      column("SELECT t::text AS value FROM " + table + " t").forEach(everything::add);
    }
    assertThat(everything.encode())
        .doesNotContain(
            cast.getString("tracker"),
            cast.getString("transaction"),
            cast.getString("transaction").toLowerCase(java.util.Locale.ROOT),
            credentials.getFirst().secretText(),
            "127.0.0.1",
            "student0");
  }
}
