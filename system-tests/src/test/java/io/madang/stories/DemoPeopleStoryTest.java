package io.madang.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.setup.AdministratorKeyFile;
import io.madang.gateway.setup.DataFolder;
import io.madang.voting.Election;
import io.madang.voting.ElectionId;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Randomness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrar and trustees of the demo are programs of their own, and come back when it is time. */
class DemoPeopleStoryTest {
  private static final int MORE_VOTERS = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;
  private static final List<List<Integer>> CHOICE = List.of(List.of(0, 1, 0, 0), List.of(1, 0, 1));

  @TempDir Path folder;

  @Test
  void trustees_return_after_a_restart_and_decrypt_what_the_gateway_has_no_key_for()
      throws Exception {
    var data = folder.resolve("data");
    var demo = DemoProcess.start(data);
    try {
      var id = DemoVoters.awaitOpenElection(demo.address());
      for (int voter = 1; voter <= MORE_VOTERS; voter++) {
        vote(new GatewayClient(demo.address()), id, "voter%02d".formatted(voter));
      }
      await(new GatewayClient(demo.address()), id, DemoPeopleStoryTest::hasEnoughBallots);
      assertNoSecretIsIn(data, id);

      demo.close();
      demo = DemoProcess.start(data);
      closeAndTally(demo.address(), data, id);
      var anyone = new GatewayClient(demo.address());
      await(anyone, id, election -> election.getJsonArray("decryptedBy").size() >= 2);
      assertThat(anyone.bytes("/v1/elections/" + id + "/computed-result")).isNotEmpty();
    } finally {
      demo.close();
    }
  }

  private static void vote(GatewayClient anyone, String id, String voter) {
    var record = anyone.bytes("/v1/elections/" + id + "/records/election");
    var credential = DemoVoters.credential(anyone, id, voter);
    anyone
        .with(DemoVoters.token(anyone, id, voter))
        .postBytes(
            "/v1/elections/" + id + "/ballots",
            new BallotMaker(Election.read(record).orStop()).make(credential, CHOICE, RANDOMNESS));
  }

  private static void closeAndTally(URI address, Path data, String id) throws IOException {
    var key = AdministratorKeyFile.read(DataFolder.open(data).administratorFile());
    var office = AdministratorClient.signIn(new GatewayClient(address), key);
    var election = new ElectionId(id);
    office.send(Purpose.CLOSE, VotingOperations.of(election));
    var ballots = office.gateway().get("/v1/elections/" + id).getJsonObject("ballots");
    office.send(
        Purpose.TALLY,
        VotingOperations.publishTally(
            election,
            office.gateway().bytes("/v1/elections/" + id + "/tally"),
            ballots.getLong("counted"),
            ballots.getLong("weightCounted")));
  }

  /** Three sample voters cast by themselves. */
  private static boolean hasEnoughBallots(JsonObject election) {
    return election.getJsonObject("ballots").getInteger("counted") >= MORE_VOTERS + 3;
  }

  private static void await(GatewayClient anyone, String id, Predicate<JsonObject> enough) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.test(anyone.get("/v1/elections/" + id))) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /** What the roles keep is beside the gateway's folder, and in no file of it. */
  private void assertNoSecretIsIn(Path data, String id) throws IOException {
    var secrets = new ArrayList<String>();
    for (int number = 1; number <= 3; number++) {
      var file =
          folder
              .resolve("data-people")
              .resolve("trustee-" + number)
              .resolve(id)
              .resolve("trustee-private.json");
      secrets.add(new JsonObject(Files.readString(file)).getString("private_key"));
    }
    var register = folder.resolve("data-people").resolve("registrar").resolve(id);
    Files.readAllLines(register.resolve("credentials.csv")).stream()
        .skip(1)
        .map(line -> line.substring(line.lastIndexOf(',') + 1))
        .forEach(secrets::add);
    assertThat(secrets).hasSize(3 + 12);
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        try {
          var content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          for (var secret : secrets) {
            assertThat(content.contains(secret)).as("%s holds a secret", file).isFalse();
          }
        } catch (NoSuchFileException gone) {
          // The database removes files as it goes.
        }
      }
    }
  }
}
