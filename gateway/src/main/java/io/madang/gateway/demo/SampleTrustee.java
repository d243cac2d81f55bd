package io.madang.gateway.demo;

import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.voting.ElectionId;
import io.madang.voting.archive.ArchiveSource;
import io.madang.voting.archive.ArchiveVerifier;
import io.madang.voting.archive.Progress;
import io.madang.voting.archive.Verdict;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.tally.PartialDecryption;
import io.madang.voting.trustee.KeyCeremony;
import io.madang.voting.trustee.ThresholdTrustee;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** A trustee of a sample election. Its secrets are in this object and nowhere else. */
final class SampleTrustee {
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;

  private final GatewayClient anyone;
  private final GatewayClient desk;
  private final ElectionId election;
  private final Group group;
  private final ThresholdTrustee trustee;
  private int index;
  private Optional<Scalar> key = Optional.empty();

  /**
   * A trustee with a link of its own.
   *
   * @param link the token that the administrator handed over
   */
  SampleTrustee(GatewayClient anyone, String link, ElectionId election, Group group) {
    this.anyone = anyone;
    this.desk = anyone.with(link);
    this.election = election;
    this.group = group;
    this.trustee = ThresholdTrustee.random(group, RANDOMNESS);
  }

  /** Does what is next in the key ceremony; answers whether there was something to do. */
  boolean work() {
    var now = desk.get(path("trustee"));
    index = now.getInteger("index");
    var step = now.getString("step");
    switch (step) {
      case "certificate" ->
          send(
              step,
              trustee.certificate(
                  now.getInteger("count"), now.getInteger("threshold"), index, RANDOMNESS));
      case "polynomial" -> send(step, trustee.polynomial(ceremony(now), RANDOMNESS));
      case "voucher" -> {
        var routed = messages(now, "polynomial").getFirst();
        var answer = trustee.receive(ceremony(now), index, routed, RANDOMNESS).orStop();
        var sealed = ThresholdTrustee.sealedDecryptionKey(group, answer).orStop();
        key = Optional.of(trustee.decryptionKey(sealed).orStop());
        send(step, answer);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private KeyCeremony ceremony(JsonObject now) {
    return KeyCeremony.begin(group, messages(now, "certificate")).orStop();
  }

  private static List<String> messages(JsonObject now, String step) {
    return now.getJsonArray("inbox").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("step").equals(step))
        .map(message -> message.getString("message"))
        .toList();
  }

  private void send(String step, String message) {
    desk.post(path("trustee/messages"), new JsonObject().put("step", step).put("message", message));
  }

  private String path(String rest) {
    return "/v1/election-drafts/" + election + "/" + rest;
  }

  /**
   * Verifies the whole archive itself and decrypts what it comes to.
   *
   * @throws IllegalStateException when the archive is refused
   */
  void decrypt(byte[] archive) {
    if (!(ArchiveVerifier.verify(ArchiveSource.of(archive), Checks.inOrder(), Progress.silent())
        instanceof Verdict.Valid valid)) {
      throw new IllegalStateException("a trustee refuses the archive");
    }
    byte[] part =
        PartialDecryption.make(
            valid.board().election(), valid.board().tally(), key.orElseThrow(), RANDOMNESS);
    AdministratorClient.withFreshKey(anyone)
        .send(Purpose.DECRYPTION, VotingOperations.decrypt(election, index, part));
  }
}
