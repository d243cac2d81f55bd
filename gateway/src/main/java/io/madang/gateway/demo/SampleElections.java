package io.madang.gateway.demo;

import io.madang.chain.SigningKey;
import io.madang.gateway.client.AdministratorClient;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.election.MailFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The demo's elections: one that has a result, one in which visitors vote, and one that another
 * system holds.
 */
public final class SampleElections {
  static final String GROUP = "BELENIOS-2048";

  private static final int VOTERS = 12;
  private static final int EARLY = 3;
  private static final Duration OPEN = Duration.ofDays(5);

  /** Of each voter of the finished election: mayor of the square, and what to plant there. */
  private static final List<List<List<Integer>>> VOTES =
      List.of(
          votes(1, 1, 1, 0),
          votes(2, 1, 0, 0),
          votes(1, 0, 1, 1),
          votes(3, 1, 1, 0),
          votes(1, 1, 0, 1),
          votes(2, 1, 1, 0),
          votes(0, 0, 0, 0),
          votes(2, 0, 0, 1),
          votes(1, 1, 1, 0),
          votes(1, 0, 1, 0),
          votes(3, 1, 0, 0));

  private final GatewayClient anyone;
  private final AdministratorClient office;
  private final MailFolder mailbox;

  private SampleElections(GatewayClient anyone, AdministratorClient office, MailFolder mailbox) {
    this.anyone = anyone;
    this.office = office;
    this.mailbox = mailbox;
  }

  private static List<List<Integer>> votes(int chosen, int tree, int bench, int fountain) {
    return List.of(
        List.of(one(chosen, 0), one(chosen, 1), one(chosen, 2), one(chosen, 3)),
        List.of(tree, bench, fountain));
  }

  private static int one(int chosen, int choice) {
    return chosen == choice ? 1 : 0;
  }

  /**
   * Holds them, unless the demo goes on with those of the last time.
   *
   * @param address where the gateway is reached
   * @param administrator sets up elections
   * @param mailbox where the sample voters find their credentials and codes
   */
  public static void hold(URI address, SigningKey administrator, MailFolder mailbox) {
    var anyone = new GatewayClient(address);
    var office = AdministratorClient.signIn(anyone, administrator);
    new SampleElections(anyone, office, mailbox).hold();
  }

  private void hold() {
    SampleAttachedElection.hold(anyone, office);
    if (!anyone.get("/v1/elections").getJsonArray("items").isEmpty()) {
      return;
    }
    finished();
    open();
  }

  /** Some have voted already; visitors vote as the others. */
  private void open() {
    var held =
        SampleElection.open(
            anyone,
            office,
            draft("2026 총학생회장 선거", "Student council president 2026", 10),
            SampleElection.voters(VOTERS),
            Instant.now().plus(OPEN),
            mailbox);
    var early = SampleElection.voters(VOTERS).subList(VOTERS - EARLY, VOTERS);
    for (int i = 0; i < EARLY; i++) {
      held.cast(early.get(i), VOTES.get(i));
    }
  }

  private void finished() {
    var held =
        SampleElection.open(
            anyone,
            office,
            draft("마당 지킴이 선거", "Keeper of the courtyard", 10),
            SampleElection.voters(VOTERS),
            Instant.now().plus(OPEN),
            mailbox);
    var voters = SampleElection.voters(VOTES.size());
    for (int i = 0; i < VOTES.size(); i++) {
      held.cast(voters.get(i), VOTES.get(i));
    }
    // Somebody changes her mind.
    held.cast(voters.getFirst(), VOTES.get(1));
    held.closeAndTally();
    held.decrypt(1);
    held.decrypt(3);
    held.publishResult();
  }

  /** Two questions in both languages, held by three trustees of whom two suffice. */
  static JsonObject draft(String korean, String english, int leastBallots) {
    return new JsonObject()
        .put("name", names(korean, english))
        .put("description", names("데모 선거예요.", "A sample election."))
        .put("administrator", "선거관리위원회 Election committee")
        .put("credentialAuthority", "학적과 Registrar's office")
        .put("group", GROUP)
        .put("trustees", new JsonObject().put("count", 3).put("threshold", 2))
        .put("leastBallots", leastBallots)
        .put(
            "questions",
            JsonArray.of(
                question("누구를 뽑을까요?", "Who should it be?")
                    .put("blank", true)
                    .put(
                        "answers",
                        JsonArray.of(
                            names("김가람", "Kim Garam"),
                            names("이누리", "Lee Nuri"),
                            names("박다솜", "Park Dasom"))),
                question("마당에 무엇을 둘까요? (여러 개)", "What should the courtyard get? (any number)")
                    .put("min", 0)
                    .put("max", 3)
                    .put(
                        "answers",
                        JsonArray.of(
                            names("느티나무", "A zelkova tree"),
                            names("긴 의자", "A long bench"),
                            names("분수", "A fountain")))));
  }

  private static JsonObject question(String korean, String english) {
    return new JsonObject().put("question", names(korean, english));
  }

  private static JsonObject names(String korean, String english) {
    return new JsonObject().put("ko", korean).put("en", english);
  }
}
