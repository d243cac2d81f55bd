package io.madang.gateway.demo;

import io.madang.gateway.client.GatewayClient;
import io.madang.voting.Credential;
import io.madang.voting.ElectionId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A voter of a sample election, who signs in with a code from the demo's mailbox. */
final class SampleVoter {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private SampleVoter() {}

  /** Where the demo sends a voter's messages. */
  static String contact(String voter) {
    return voter + "@campus.example";
  }

  /** The gateway, signed in as this voter. */
  static GatewayClient signIn(GatewayClient anyone, ElectionId election, String voter) {
    var known = ids(anyone);
    anyone.post(path(election, "codes"), new JsonObject().put("voter", voter));
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      var code = newCode(anyone, election, voter, known);
      if (code.isPresent()) {
        var session =
            anyone.post(
                path(election, ""), new JsonObject().put("voter", voter).put("code", code.get()));
        return anyone.with(session.getString("token"));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    throw new IllegalStateException("no code came for " + voter);
  }

  /** The credential that the registrar's letter brought. */
  static Credential credential(GatewayClient anyone, ElectionId election, String voter) {
    return messages(anyone)
        .filter(message -> message.getString("kind").equals("credential"))
        .filter(message -> message.getString("election").equals(election.text()))
        .filter(message -> message.getString("to").equals(contact(voter)))
        .findFirst()
        .flatMap(message -> Credential.parse(message.getString("credential")))
        .orElseThrow(() -> new IllegalStateException("no letter came for " + voter));
  }

  private static String path(ElectionId election, String rest) {
    return "/v1/elections/" + election + "/sign-in" + (rest.isEmpty() ? "" : "/" + rest);
  }

  private static Stream<JsonObject> messages(GatewayClient anyone) {
    return anyone.get("/v1/demo/mailbox").getJsonArray("items").stream()
        .map(JsonObject.class::cast);
  }

  private static Set<String> ids(GatewayClient anyone) {
    var ids = new HashSet<String>();
    messages(anyone).forEach(message -> ids.add(message.getString("id")));
    return ids;
  }

  private static Optional<String> newCode(
      GatewayClient anyone, ElectionId election, String voter, Set<String> known) {
    return messages(anyone)
        .filter(message -> !known.contains(message.getString("id")))
        .filter(message -> message.getString("kind").equals("code"))
        .filter(message -> message.getString("election").equals(election.text()))
        .filter(message -> message.getString("to").equals(contact(voter)))
        .map(message -> message.getString("code"))
        .findFirst();
  }
}
