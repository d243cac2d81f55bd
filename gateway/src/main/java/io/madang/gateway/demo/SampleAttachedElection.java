package io.madang.gateway.demo;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.voting.ElectionId;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.VotingOperation.AttachedResult;
import io.madang.voting.chain.VotingOperation.AttachedTerms;
import io.madang.voting.chain.VotingOperations;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A voting system of somebody else that leaves the hashes of its ballots with us (docs/attach). */
final class SampleAttachedElection {
  private static final ElectionId ID = new ElectionId("DormitoryCounci1");
  private static final int BALLOTS = 7;
  private static final Duration OPEN = Duration.ofDays(1);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String RESULT = "한솔 4표, 나래 2표, 기권 1표 / Hansol 4 votes, Narae 2, abstained 1";

  private SampleAttachedElection() {}

  /**
   * Opens a board, posts ballots to it, closes it and publishes a result; does nothing when there
   * is one already.
   *
   * @param office opens the board, for a key that only the other system has
   */
  static void hold(GatewayClient anyone, AdministratorClient office) {
    if (!anyone.get("/v1/attached").getJsonArray("items").isEmpty()) {
      return;
    }
    var key = SigningKey.ed25519(random());
    office.send(
        Purpose.ATTACHED_OPEN,
        VotingOperations.openAttached(
            ID,
            new AttachedTerms(
                key.publicKey(),
                "Dormitory council",
                "기숙사 자치회장 선거",
                Instant.now().plus(OPEN).toEpochMilli())));
    var system = AdministratorClient.of(anyone, key);
    // Nobody sees the ballots themselves, and so these are random as encrypted ones would be.
    Stream.generate(SampleAttachedElection::random)
        .limit(BALLOTS)
        .map(Hash::sha256)
        .forEach(
            ballot ->
                system.send(
                    Purpose.ATTACHED_BALLOTS, VotingOperations.postHashes(ID, List.of(ballot))));
    system.send(Purpose.ATTACHED_CLOSE, VotingOperations.of(ID));
    var document = Hash.sha256(RESULT.getBytes(StandardCharsets.UTF_8));
    system.send(
        Purpose.ATTACHED_RESULT,
        VotingOperations.publishAttached(ID, new AttachedResult(document, RESULT)));
  }

  private static byte[] random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
