package io.madang.bench;

import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.setup.AdministratorKeyFile;
import io.madang.gateway.setup.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Whether the time of an answer tells who is on an election's roll: calls about voters who are on
 * it, in turn with calls about names that are not.
 */
final class SignInBench {
  private static final int CALLS = 1_000;
  private static final int WARM_UP = 300;
  private static final double AIMED_DIFFERENCE = 0.05;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;
  private final String election;

  private SignInBench(URI gateway, String election) {
    this.gateway = gateway;
    this.election = election;
  }

  /** Measures and prints. The argument is the folder for the data, emptied first. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments.length == 1 ? arguments[0] : "data/bench").toAbsolutePath();
    Report.machine();
    try (var held = BenchFolder.take(folder)) {
      DataFolder.create(folder, "bench", DataFolder.Series.coins("S-COIN"), false, Instant.now());
      try (var process = GatewayProcess.start(folder)) {
        process.awaitReady();
        var key = AdministratorKeyFile.read(DataFolder.open(folder).administratorFile());
        var office = AdministratorClient.signIn(process.client(), key);
        var address = process.address();
        new SignInBench(
                URI.create("http://%s:%d".formatted(address.getHostString(), address.getPort())),
                election(office))
            .run();
      }
      held.remove();
    }
  }

  /** An election in preparation, with a roll. */
  private static String election(AdministratorClient office) {
    var now = Instant.now();
    var question = new JsonObject().put("question", "?").put("answers", JsonArray.of("Yes", "No"));
    var draft =
        office
            .gateway()
            .post(
                "/v1/election-drafts",
                new JsonObject()
                    .put("name", "Answer times")
                    .put("description", "")
                    .put("questions", JsonArray.of(question))
                    .put("group", "Ed25519")
                    .put("trustees", new JsonObject().put("count", 1))
                    .put("opensAt", now.plus(Duration.ofHours(1)).toString())
                    .put("closesAt", now.plus(Duration.ofHours(2)).toString())
                    .put("leastBallots", 1));
    var voters = new JsonArray();
    for (int i = 0; i < WARM_UP + CALLS; i++) {
      voters.add(new JsonObject().put("voter", known(i)).put("contact", known(i) + "@example.kr"));
    }
    var id = draft.getString("id");
    office
        .gateway()
        .put("/v1/election-drafts/" + id + "/roll", new JsonObject().put("voters", voters));
    return id;
  }

  private static String known(int number) {
    return "on-the-roll-%04d".formatted(number);
  }

  private static String unknown(int number) {
    return "nobody-here-%04d".formatted(number);
  }

  private void run() throws IOException {
    Report.heading(
        "Answers about voters on the roll, in turn with names that are not: %,d of each", CALLS);
    compare("asking for a code", "/codes", SignInBench::voter, 202);
    compare("a wrong code", "", name -> voter(name).put("code", "00000000"), 401);
    compare("asking for a passkey", "/passkey/options", SignInBench::voter, 200);
  }

  private static JsonObject voter(String name) {
    return new JsonObject().put("voter", name);
  }

  /** What is sent about a voter. */
  private interface About {
    JsonObject body(String name);
  }

  private void compare(String name, String rest, About about, int status) throws IOException {
    var knownMicros = new ArrayList<Long>();
    var unknownMicros = new ArrayList<Long>();
    for (int i = 0; i < WARM_UP + CALLS; i++) {
      // Who comes first changes, so that neither always follows the other.
      boolean knownFirst = i % 2 == 0;
      IntFunction<String> first = knownFirst ? SignInBench::known : SignInBench::unknown;
      IntFunction<String> second = knownFirst ? SignInBench::unknown : SignInBench::known;
      long firstMicros = micros(rest, about.body(first.apply(i)), status);
      long secondMicros = micros(rest, about.body(second.apply(i)), status);
      if (i >= WARM_UP) {
        knownMicros.add(knownFirst ? firstMicros : secondMicros);
        unknownMicros.add(knownFirst ? secondMicros : firstMicros);
      }
    }
    double known = Leg.median(knownMicros, Long::doubleValue);
    double unknown = Leg.median(unknownMicros, Long::doubleValue);
    double difference = Math.abs(known - unknown) / Math.min(known, unknown);
    Report.aim(
        difference <= AIMED_DIFFERENCE,
        "%-22s known p50 %,6.0f us, unknown p50 %,6.0f us: %.1f %% apart (aim %.0f %%)",
        name,
        known,
        unknown,
        100 * difference,
        100 * AIMED_DIFFERENCE);
  }

  private long micros(String rest, JsonObject body, int status) throws IOException {
    var request =
        HttpRequest.newBuilder(gateway.resolve("/v1/elections/" + election + "/sign-in" + rest))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.encode()))
            .build();
    try {
      long before = System.nanoTime();
      var response = http.send(request, BodyHandlers.ofString());
      long after = System.nanoTime();
      if (response.statusCode() != status) {
        throw new IllegalStateException(
            rest + " answered " + response.statusCode() + ": " + response.body());
      }
      return (after - before) / 1_000;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }
}
