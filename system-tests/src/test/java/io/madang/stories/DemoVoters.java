package io.madang.stories;

import io.madang.gateway.client.GatewayClient;
import io.madang.voting.Credential;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The demo's sample voters, with their mailbox. */
final class DemoVoters {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private DemoVoters() {}

  /** The sample election that visitors vote in, once it is open. */
  static String awaitOpenElection(URI address) {
    var anyone = new GatewayClient(address);
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      for (var each : anyone.get("/v1/elections").getJsonArray("items")) {
        var election = (JsonObject) each;
        if (election.getString("stage").equals("open")
            && election.getString("name").contains("Student council")) {
          return election.getString("id");
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    throw new AssertionError("the demo holds no open election");
  }

  /** A voter's session. */
  static String token(GatewayClient anyone, String election, String voter) {
    var path = "/v1/elections/" + election + "/sign-in";
    var known = new HashSet<String>();
    messages(anyone, election, voter, "code").forEach(one -> known.add(one.getString("id")));
    anyone.post(path + "/codes", new JsonObject().put("voter", voter));
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      for (var message : messages(anyone, election, voter, "code")) {
        if (known.add(message.getString("id"))) {
          var code = message.getString("code");
          var session = anyone.post(path, new JsonObject().put("voter", voter).put("code", code));
          return session.getString("token");
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("no code came");
  }

  /** The credential that came by letter. */
  static Credential credential(GatewayClient anyone, String election, String voter) {
    var letter = messages(anyone, election, voter, "credential").getFirst();
    return Credential.parse(letter.getString("credential")).orElseThrow();
  }

  private static List<JsonObject> messages(
      GatewayClient anyone, String election, String voter, String kind) {
    return anyone.get("/v1/demo/mailbox").getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("kind").equals(kind))
        .filter(one -> one.getString("election").equals(election))
        .filter(one -> one.getString("to").startsWith(voter + "@"))
        .toList();
  }
}
