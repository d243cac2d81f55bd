package io.madang.gateway.command.election;

import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.RefusedException;
import io.madang.voting.chain.Purpose;
import io.madang.voting.chain.VotingOperations;
import io.madang.voting.group.Group;
import io.madang.voting.trustee.KeyCeremony;
import io.madang.voting.trustee.ThresholdTrustee;
import io.madang.voting.trustee.TrusteeKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A trustee's work on an election that a gateway prepares. Each step is done when it is due; what
 * is secret is written to the trustee's folder before anything about it leaves, so that the work
 * can be taken up again after any interruption.
 */
final class TrusteeDesk {
  static final String PRIVATE = "trustee-private.json";
  static final String MEMBER_PRIVATE = "member-private.json";
  private static final String ARCHIVE = "archive.bel";
  private static final int NOT_FOUND = 404;

  private final RoleLink link;
  private final SecretKeeping keeping;
  private final PrintWriter out;
  private final PrintWriter err;

  TrusteeDesk(RoleLink link, SecretKeeping keeping, PrintWriter out, PrintWriter err) {
    this.link = link;
    this.keeping = keeping;
    this.out = out;
    this.err = err;
  }

  /** Whether the ceremony has left this trustee's key in the folder. */
  boolean hasKey() {
    return Files.exists(keeping.file(PRIVATE));
  }

  /** Goes through the ceremony until this trustee's part is done. */
  void attend(Patience patience) throws IOException {
    var desk = link.desk();
    var done =
        patience.await(
            () -> {
              var now = desk.get(path("trustee"));
              if (now.getString("step").equals("done")) {
                return Optional.of(now);
              }
              work(desk, now);
              return Optional.empty();
            });
    if (!hasKey()) {
      throw new IOException(
          "The ceremony is over, and its key is not in this folder: " + keeping.file(PRIVATE));
    }
    out.printf(
        "Trustee %d of %d has its key. Keep %s until the result is published.%n",
        done.getInteger("index"), done.getInteger("count"), keeping.file(PRIVATE));
    out.flush();
  }

  private void work(GatewayClient desk, JsonObject now) throws IOException {
    var group =
        Group.named(now.getString("group"))
            .orElseThrow(() -> new IOException("The election has a group of another kind."));
    int index = now.getInteger("index");
    var step = now.getString("step");
    switch (step) {
      case "key" -> say(desk, step, singleKey(group));
      case "certificate" ->
          say(
              desk,
              step,
              member(group, index)
                  .trustee()
                  .certificate(
                      now.getInteger("count"),
                      now.getInteger("threshold"),
                      index,
                      Secrets.RANDOMNESS));
      case "polynomial" ->
          say(
              desk,
              step,
              member(group, index).trustee().polynomial(ceremony(group, now), Secrets.RANDOMNESS));
      case "voucher" -> say(desk, step, memberKey(group, index, now));
      default -> {} // The others are not there yet.
    }
  }

  private String singleKey(Group group) throws IOException {
    var file = keeping.file(PRIVATE);
    TrusteeSecret secret;
    if (Files.exists(file)) {
      secret = TrusteeSecret.read(file);
    } else {
      secret = new TrusteeSecret(group, group.scalars().random(Secrets.RANDOMNESS));
      keeping.writeSecret(
          PRIVATE,
          secret.secretText(),
          "IF IT IS LOST, NOBODY CAN EVER LEARN THE RESULT OF THE ELECTION.",
          out);
    }
    return TrusteeKey.of(group, secret.key(), Secrets.RANDOMNESS).json();
  }

  private MemberSecret member(Group group, int index) throws IOException {
    var file = keeping.file(MEMBER_PRIVATE);
    if (Files.exists(file)) {
      return MemberSecret.read(file);
    }
    var secret = new MemberSecret(group, index, ThresholdTrustee.random(group, Secrets.RANDOMNESS));
    keeping.writeSecret(
        MEMBER_PRIVATE,
        secret.secretText(),
        "If it is lost before the ceremony ends, the ceremony must begin again.",
        out);
    return secret;
  }

  private String memberKey(Group group, int index, JsonObject now) throws IOException {
    var member = member(group, index);
    var routed = messages(now, "polynomial").getFirst();
    var answer =
        InputFile.accepted(
            "What was shared with this trustee",
            member.trustee().receive(ceremony(group, now), index, routed, Secrets.RANDOMNESS));
    if (!Files.exists(keeping.file(PRIVATE))) {
      var sealed =
          InputFile.accepted("The answer", ThresholdTrustee.sealedDecryptionKey(group, answer));
      var key = InputFile.accepted("The answer", member.trustee().decryptionKey(sealed));
      keeping.writeSecret(
          PRIVATE,
          new TrusteeSecret(group, key).secretText(),
          "IF TOO MANY MEMBERS LOSE THEIRS, NOBODY CAN EVER LEARN THE RESULT OF THE ELECTION.",
          out);
    }
    return answer;
  }

  private static KeyCeremony ceremony(Group group, JsonObject now) throws IOException {
    return InputFile.accepted(
        "The ceremony", KeyCeremony.begin(group, messages(now, "certificate")));
  }

  private static List<String> messages(JsonObject now, String step) {
    return now.getJsonArray("inbox").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("step").equals(step))
        .map(message -> message.getString("message"))
        .toList();
  }

  private void say(GatewayClient desk, String step, String message) {
    desk.post(path("trustee/messages"), new JsonObject().put("step", step).put("message", message));
    out.println("Sent: " + step);
    out.flush();
  }

  private String path(String rest) {
    return "/v1/election-drafts/" + link.election() + "/" + rest;
  }

  /** Waits for the tally, verifies the whole archive, and sends this trustee's part. */
  void decrypt(Patience patience) throws IOException {
    var anyone = link.anyone();
    var path = "/v1/elections/" + link.election();
    var secret = TrusteeSecret.read(keeping.file(PRIVATE));
    boolean wanted =
        patience.<Boolean>await(
            () ->
                switch (stage(anyone, path)) {
                  case "decrypting" -> Optional.of(true);
                  case "finished", "withdrawn" -> Optional.of(false);
                  default -> Optional.empty();
                });
    if (!wanted) {
      out.println("The election is over; nothing is left to decrypt.");
      return;
    }
    var archive = keeping.file(ARCHIVE);
    patience.await(() -> downloaded(anyone, path + "/archive", archive));
    try {
      var part = Decryption.make(archive, secret, err);
      if (anyone.get(path).getJsonArray("decryptedBy").contains(part.owner())) {
        out.printf("Trustee %d has decrypted before.%n", part.owner());
        return;
      }
      patience.await(() -> sent(anyone, part));
      out.printf("Verified the archive and decrypted as trustee %d.%n", part.owner());
    } finally {
      Files.deleteIfExists(archive);
    }
  }

  private static String stage(GatewayClient anyone, String path) {
    try {
      return anyone.get(path).getString("stage");
    } catch (RefusedException refused) {
      if (refused.status() == NOT_FOUND) {
        return "announced"; // It will be.
      }
      throw refused;
    }
  }

  private static Optional<Path> downloaded(GatewayClient anyone, String path, Path file) {
    anyone.download(path, file);
    return Optional.of(file);
  }

  /** Anybody may carry a part to the board: its proof is what counts. */
  private Optional<Boolean> sent(GatewayClient anyone, Decryption part) {
    AdministratorClient.withFreshKey(anyone)
        .send(
            Purpose.DECRYPTION,
            VotingOperations.decrypt(link.election(), part.owner(), part.record()));
    return Optional.of(true);
  }
}
