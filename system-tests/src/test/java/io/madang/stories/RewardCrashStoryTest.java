package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import io.madang.gateway.client.WalletClient;
import io.madang.gateway.setup.AdministratorKeyFile;
import io.madang.gateway.setup.DataFolder;
import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.ElectionId;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.RecordKind;
import io.madang.voting.chain.VotingOperation;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.trustee.TrusteeKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed with kill -9 while it pays the rewards of an election. */
class RewardCrashStoryTest {
  private static final int VOTERS = 36;
  private static final int WALLETS = 3;
  private static final int KILLS = 2;
  private static final long REWARD = 500;
  private static final String ASSET = "S-COIN";
  private static final Group GROUP = Group.ed25519();
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;
  private static final Duration UNTIL_OPENING = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void nobody_is_paid_twice_and_everybody_is_paid_after_kill_9() throws Exception {
    var data = folder.resolve("data");
    var demo = DemoProcess.start(data);
    try {
      var wallets = new ArrayList<WalletClient>();
      for (int i = 0; i < WALLETS; i++) {
        wallets.add(WalletClient.open(new GatewayClient(demo.address())));
      }
      var election = hold(demo.address(), office(demo.address(), data), wallets);
      var office = office(demo.address(), data);
      fund(demo.address(), payer(office, election));

      for (int kill = 0; kill < KILLS; kill++) {
        // It answers when all transfers are written down, and has begun to send them.
        pay(office(demo.address(), data), election);
        demo.kill();
        demo = DemoProcess.start(data);
      }
      var last = office(demo.address(), data);
      var done = await(() -> pay(last, election), paid -> paid.getString("state").equals("paid"));
      assertThat(done.getInteger("recipients")).isEqualTo(VOTERS);
      assertThat(done.getInteger("paid")).isEqualTo(VOTERS);
      for (var wallet : wallets) {
        assertThat(wallet.at(new GatewayClient(demo.address())).available(ASSET))
            .isEqualTo(REWARD * VOTERS / WALLETS);
      }
    } finally {
      demo.close();
    }
  }

  private static AdministratorClient office(URI address, Path data) throws Exception {
    var key = AdministratorKeyFile.read(DataFolder.open(data).administratorFile());
    return AdministratorClient.signIn(new GatewayClient(address), key);
  }

  private static JsonObject pay(AdministratorClient office, ElectionId election) {
    return office.gateway().post("/v1/elections/" + election + "/rewards", new JsonObject());
  }

  /** The account that the gateway pays from; it says so while there is too little in it. */
  private static String payer(AdministratorClient office, ElectionId election) {
    try {
      return pay(office, election).getString("account");
    } catch (RefusedException notFunded) {
      return notFunded.problem().getString("account");
    }
  }

  private static void fund(URI address, String account) {
    var giver = WalletClient.open(new GatewayClient(address));
    giver.charge(ASSET, REWARD * VOTERS);
    giver.pay(account, ASSET, REWARD * VOTERS, "rewards");
  }

  private static JsonObject await(Supplier<JsonObject> look, Predicate<JsonObject> enough) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      var seen = look.get();
      if (enough.test(seen)) {
        return seen;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("it does not come");
  }

  /** An election in which everybody votes and names one of the wallets; closed at the end. */
  private static ElectionId hold(
      URI address, AdministratorClient office, List<WalletClient> wallets) {
    var anyone = new GatewayClient(address);
    var draft = office.gateway().post("/v1/election-drafts", draft());
    var id = new ElectionId(draft.getString("id"));
    var path = "/v1/election-drafts/" + id;
    var roll = new JsonArray();
    for (int i = 0; i < VOTERS; i++) {
      roll.add(new JsonObject().put("voter", voter(i)).put("contact", contact(i)));
    }
    office.gateway().put(path + "/roll", new JsonObject().put("voters", roll));
    var links = draft.getJsonObject("links");
    var key = TrusteeKey.of(GROUP, GROUP.scalars().random(RANDOMNESS), RANDOMNESS).json();
    anyone
        .with(links.getJsonArray("trustees").getString(0))
        .post(path + "/trustee/messages", new JsonObject().put("step", "key").put("message", key));
    var credentials = new ArrayList<Credential>();
    var entries = new ArrayList<CredentialList.Entry>();
    for (int i = 0; i < VOTERS; i++) {
      credentials.add(Credential.random(RANDOMNESS));
      entries.add(new CredentialList.Entry(credentials.get(i).publicCredential(id, GROUP), 1));
    }
    anyone
        .with(links.getString("registrar"))
        .putBytes(path + "/credentials", CredentialList.toRecord(entries));
    var records = office.gateway().get(path + "/assembled");
    announce(office, id, records);
    await(
        () -> anyone.get("/v1/elections/" + id),
        standing -> standing.getString("stage").equals("open"));
    var maker = new BallotMaker(Election.read(utf8(records.getString("election"))).orStop());
    for (int i = 0; i < VOTERS; i++) {
      var session = signIn(anyone, id, i);
      session.postBytes(
          "/v1/elections/" + id + "/ballots",
          maker.make(credentials.get(i), List.of(List.of(1, 0)), RANDOMNESS));
      session.put(
          "/v1/elections/" + id + "/me",
          new JsonObject().put("rewardAccount", wallets.get(i % WALLETS).account()));
    }
    office.send(Purpose.CLOSE, VotingOperations.of(id));
    return id;
  }

  private static JsonObject draft() {
    var now = Instant.now();
    return new JsonObject()
        .put("name", "보상 선거")
        .put("description", "")
        .put(
            "questions",
            JsonArray.of(
                new JsonObject().put("question", "?").put("answers", JsonArray.of("예", "아니요"))))
        .put("group", GROUP.name())
        .put("trustees", new JsonObject().put("count", 1))
        .put("opensAt", now.toString())
        .put("closesAt", now.plus(Duration.ofHours(2)).toString())
        .put("leastBallots", 1)
        .put("reward", new JsonObject().put("asset", ASSET).put("amount", REWARD));
  }

  private static void announce(AdministratorClient office, ElectionId id, JsonObject records) {
    var hashes = new ArrayList<Hash>();
    for (var kind : RecordKind.values()) {
      byte[] record = utf8(records.getString(kind.toString()));
      hashes.add(Hash.sha256(record));
      VotingOperations.parts(id, kind, record).forEach(part -> office.send(Purpose.PART, part));
    }
    var opens = Instant.now().plus(UNTIL_OPENING);
    var terms =
        new VotingOperation.Terms(
            opens.toEpochMilli(),
            opens.plus(Duration.ofHours(1)).toEpochMilli(),
            1,
            hashes.get(0),
            hashes.get(1),
            hashes.get(2));
    office.send(Purpose.SETUP, VotingOperations.setUp(id, terms));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String voter(int number) {
    return "winner" + number;
  }

  private static String contact(int number) {
    return voter(number) + "@campus.example";
  }

  private static GatewayClient signIn(GatewayClient anyone, ElectionId election, int number) {
    var path = "/v1/elections/" + election + "/sign-in";
    anyone.post(path + "/codes", new JsonObject().put("voter", voter(number)));
    var code = await(() -> code(anyone, election, number), message -> message.containsKey("code"));
    var session =
        anyone.post(
            path, new JsonObject().put("voter", voter(number)).put("code", code.getString("code")));
    return anyone.with(session.getString("token"));
  }

  private static JsonObject code(GatewayClient anyone, ElectionId election, int number) {
    return anyone.get("/v1/demo/mailbox").getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("election").equals(election.text()))
        .filter(message -> message.getString("to").equals(contact(number)))
        .filter(message -> message.getString("kind").equals("code"))
        .findFirst()
        .orElseGet(JsonObject::new);
  }
}
