package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The voting channel: who acted, may they, and is every ballot there once. Whether ballots, tallies
 * and results are right is for the verifier of each election's archive.
 */
final class AuditedBoard implements AuditedState {
  private static final int ID_DIGITS = 32;

  private final String chain;
  private final Set<String> administrators = new HashSet<>();
  private final Map<String, String> administratorOf = new HashMap<>();
  private final Set<String> ballots = new HashSet<>();
  private final Set<String> usedIds = new HashSet<>();
  private final SortedMap<String, Long> accepted = new TreeMap<>();

  AuditedBoard(String chain, JsonObject appState) {
    this.chain = chain;
    appState.getJsonArray("administrators").forEach(key -> administrators.add((String) key));
  }

  /** How many ballots each election has accepted. */
  SortedMap<String, Long> accepted() {
    return accepted;
  }

  @Override
  public void pass(long timeMillis) {
    // Opening and closing leave no trace that could be compared here.
  }

  @Override
  public void execute(String position, long timeMillis, String jws, byte[] data) {
    var words = Words.read(chain, jws);
    require(timeMillis <= words.validUntilMillis(), "the transaction was not valid then");
    require(usedIds.add(words.kid() + "/" + words.id()), "the signer used the id before");
    var election = words.operation().getString("election");
    var result = new JsonObject(new String(data, StandardCharsets.UTF_8));
    require(election.equals(result.getString("election")), "the result is another election's");
    switch (words.purpose()) {
      case "ballot" -> ballot(election, words, result);
      case "election.decryption", "attached.ballots", "attached.close", "attached.result" -> {}
      default -> administrator(election, words.kid());
    }
  }

  private void administrator(String election, String signer) {
    var first = administratorOf.putIfAbsent(election, signer);
    require(
        first == null ? administrators.contains(signer) : first.equals(signer),
        "somebody else than the election's administrator signed");
  }

  private void ballot(String election, Words words, JsonObject result) {
    require(administratorOf.containsKey(election), "a ballot of an election that nobody set up");
    var ballot = words.operation().getString("ballot").getBytes(StandardCharsets.UTF_8);
    var hash = Hashes.sha256(ballot);
    require(
        words.id().equals(HexFormat.of().formatHex(hash).substring(0, ID_DIGITS)),
        "the envelope does not follow from the ballot");
    var tracker = Base64.getEncoder().withoutPadding().encodeToString(hash);
    require(tracker.equals(result.getString("tracker")), "the result names another ballot");
    require(ballots.add(election + "/" + tracker), "a ballot is there twice");
    accepted.merge(election, 1L, Long::sum);
  }
}
