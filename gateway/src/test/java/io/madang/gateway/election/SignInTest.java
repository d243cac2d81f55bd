package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client;
import io.madang.gateway.Town;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How voters come in: by a code that only their mailbox has. */
class SignInTest {
  @TempDir private static Path mail;

  private static Town town;
  private static Preparation election;

  @BeforeAll
  static void begin() {
    town = Town.start(configuration -> configuration.withRates(Town.NO_RATES).withMailFolder(mail));
    election = Preparation.begin(town, Preparation.body());
    var voters = Preparation.voters(20);
    voters.add(Preparation.voter("홍길동").put("contact", "hong@campus.example").put("name", "홍 길동"));
    election.setRoll(voters).expect(200);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static String path(String rest) {
    return "/v1/elections/" + election.election() + rest;
  }

  private static Client.Answer ask(String voter) {
    return town.anyone().post(path("/sign-in/codes"), new JsonObject().put("voter", voter));
  }

  private static Client.Answer signIn(String voter, String code) {
    return town.anyone()
        .post(path("/sign-in"), new JsonObject().put("voter", voter).put("code", code));
  }

  private static List<JsonObject> messages(String to) {
    return town.anyone().get("/v1/demo/mailbox").expect(200).json().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("to").equals(to))
        .toList();
  }

  /** The code that came by mail. */
  static String code(String voter, String contact) {
    int before = messages(contact).size();
    ask(voter).expect(202);
    Preparation.eventually(() -> messages(contact).size() > before);
    return messages(contact).stream()
        .filter(message -> message.getString("kind").equals("code"))
        .findFirst()
        .orElseThrow()
        .getString("code");
  }

  @Test
  void lets_a_voter_in_by_the_code_in_the_mailbox() throws IOException {
    var code = code("홍길동", "hong@campus.example");
    var session = signIn("홍길동", code).expect(201).json();
    var me = town.holder(session.getString("token")).get(path("/me")).expect(200).json();
    assertThat(me)
        .isEqualTo(new JsonObject().put("voter", "홍길동").put("name", "홍 길동").put("tookPart", false));
    // A code opens one session.
    signIn("홍길동", code).expect(401, "sign-in-refused");
    // The message is plain ASCII in its form, and tells the time to the minute only.
    try (var files = Files.list(mail)) {
      for (var file : files.toList()) {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        assertThat(text).contains("\r\nDate: ").containsPattern("Date: .*:00 \\+0000\r\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 998);
      }
    }
  }

  @Test
  void finds_a_voter_however_the_name_is_typed() {
    var code = code(" STUDENT1 ", "student1@campus.example");
    signIn("Student1", code).expect(201);
  }

  @Test
  void answers_the_same_to_those_who_are_not_on_the_roll() {
    var known = ask("student2");
    var unknown = ask("nobody");
    assertThat(unknown.status()).isEqualTo(known.expect(202).status());
    assertThat(unknown.response().body()).isEqualTo(known.response().body());
    signIn("student2", "00000000").expect(401, "sign-in-refused");
    signIn("nobody", "00000000").expect(401, "sign-in-refused");
    signIn("never asked", "00000000").expect(401, "sign-in-refused");
  }

  @Test
  void locks_who_guesses_and_remembers_it_after_a_restart() {
    var code = code("student3", "student3@campus.example");
    for (int i = 0; i < 5; i++) {
      signIn("student3", wrong(code)).expect(401, "sign-in-refused");
    }
    // Even the right one is of no use now, and a new one is not sent.
    signIn("student3", code).expect(401, "sign-in-refused");
    town.restart();
    signIn("student3", code).expect(401, "sign-in-refused");
    int before = messages("student3@campus.example").size();
    ask("student3").expect(202);
    code("student4", "student4@campus.example");
    assertThat(messages("student3@campus.example")).hasSize(before);
  }

  private static String wrong(String code) {
    return code.charAt(0) == '0' ? "1" + code.substring(1) : "0" + code.substring(1);
  }

  @Test
  void lets_one_of_two_in_who_bring_the_same_code_at_once() {
    var code = code("student5", "student5@campus.example");
    var answers =
        IntStream.range(0, 8)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> signIn("student5", code)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(Client.Answer::status)
            .toList();
    assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
  }

  @Test
  void takes_no_code_of_another_voter_or_election() {
    var code = code("student6", "student6@campus.example");
    signIn("student7", code).expect(401, "sign-in-refused");
    var other = Preparation.begin(town, Preparation.body());
    other.setRoll(Preparation.voters(20)).expect(200);
    town.anyone()
        .post(
            "/v1/elections/" + other.election() + "/sign-in",
            new JsonObject().put("voter", "student6").put("code", code))
        .expect(401, "sign-in-refused");
    var session = signIn("student6", code).expect(201).json().getString("token");
    town.holder(session).get("/v1/elections/" + other.election() + "/me").expect(404, "not-found");
  }

  @Test
  void believes_no_session_that_it_did_not_seal() {
    var code = code("student8", "student8@campus.example");
    var token = signIn("student8", code).expect(201).json().getString("token");
    int middle = token.length() / 2;
    var changed =
        token.substring(0, middle)
            + (token.charAt(middle) == 'A' ? 'B' : 'A')
            + token.substring(middle + 1);
    for (var forged :
        List.of(changed, "vs_", "vs_!!!", "vs_" + "A".repeat(3_000), token + "AAAA")) {
      town.holder(forged).get(path("/me")).expect(401, "unauthorized");
    }
    town.holder(token).get(path("/me")).expect(200);
  }

  @Test
  void takes_a_reward_account_that_exists() {
    var person = town.newPerson("voter", 0);
    var code = code("student9", "student9@campus.example");
    var voter = town.holder(signIn("student9", code).expect(201).json().getString("token"));
    var account = person.account().toString();
    var set = voter.put(path("/me"), new JsonObject().put("rewardAccount", account));
    assertThat(set.expect(200).json().getString("rewardAccount")).isEqualTo(account);
    voter
        .put(path("/me"), new JsonObject().put("rewardAccount", "0".repeat(32)))
        .expect(404, "no-such-payee");
    var erased = voter.put(path("/me"), new JsonObject()).expect(200).json();
    assertThat(erased.containsKey("rewardAccount")).isFalse();
  }

  @Test
  void stores_nothing_that_names_a_voter_or_opens_a_session() {
    var code = code("student10", "student10@campus.example");
    var token = signIn("student10", code).expect(201).json().getString("token");
    var stored = new ArrayList<String>();
    var tables =
        Town.await(
            town.pool()
                .query(
                    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ops'")
                .execute());
    for (var table : tables) {
      var rows =
          Town.await(
              town.pool()
                  .query("SELECT t::text AS row FROM ops." + table.getString("name") + " t")
                  .execute());
      rows.forEach(row -> stored.add(row.getString("row")));
    }
    assertThat(stored).hasSizeGreaterThan(20);
    assertThat(String.join("\n", stored))
        .doesNotContain("student10", "campus.example", code, token, hex("student10"), hex(code));
  }

  private static String hex(String text) {
    return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a3_locks_ten_thousand_wrong_guesses_whoever_they_are_for() throws Exception {
    var code = code("student11", "student11@campus.example");
    var answers = new ConcurrentHashMap<String, Integer>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int guess = 0; guess < 10_000; guess++) {
        var name = guess % 2 == 0 ? "student11" : "stranger";
        var digits = "%08d".formatted(guess).equals(code) ? wrong(code) : "%08d".formatted(guess);
        threads.execute(
            () -> {
              var answer = signIn(name, digits);
              answers.merge(answer.status() + " " + answer.problem(), 1, Integer::sum);
            });
      }
    }
    assertThat(answers).containsExactly(Map.entry("401 sign-in-refused", 10_000));
    // Five of each were counted; the others met the pause, and made it no longer.
    assertThat(counted()).hasSizeGreaterThanOrEqualTo(2).containsOnly(5);
    signIn("student11", code).expect(401, "sign-in-refused");
    town.restart();
    signIn("student11", code).expect(401, "sign-in-refused");
    assertThat(counted()).hasSizeGreaterThanOrEqualTo(2).containsOnly(5);
  }

  /** Wrong guesses in a row of those who are locked now for the first pause. */
  private static List<Integer> counted() {
    var counts = new ArrayList<Integer>();
    Town.await(
            town.pool()
                .query(
                    "SELECT wrong FROM ops.sign_in WHERE locked_until > now()"
                        + " AND locked_until <= now() + interval '20 minutes'")
                .execute())
        .forEach(row -> counts.add(row.getInteger("wrong")));
    return counts;
  }

  private static final String ORIGIN = "http://localhost";

  private static Client signedIn(String voter) {
    var code = code(voter, voter + "@campus.example");
    return town.holder(signIn(voter, code).expect(201).json().getString("token"));
  }

  private static Client.Answer add(Client voter, SoftAuthenticator device) {
    var options = voter.post(path("/passkeys/options"), new JsonObject()).expect(200).json();
    assertThat(options.getJsonObject("authenticatorSelection").getString("userVerification"))
        .isEqualTo("required");
    return voter.post(path("/passkeys"), device.register(options));
  }

  private static JsonObject passkeyOptions(String path) {
    return town.anyone().post(path, new JsonObject().put("voter", "anybody")).expect(200).json();
  }

  private static Client.Answer enter(String voter, JsonObject credential) {
    return town.anyone()
        .post(
            path("/sign-in/passkey"),
            new JsonObject().put("voter", voter).put("credential", credential));
  }

  @Test
  void lets_a_voter_in_by_a_passkey_that_was_added_before() {
    var device = new SoftAuthenticator(ORIGIN, true);
    add(signedIn("student12"), device).expect(204);
    town.restart();
    var session =
        enter("Student12", device.signIn(passkeyOptions(path("/sign-in/passkey/options"))))
            .expect(201)
            .json();
    var me = town.holder(session.getString("token")).get(path("/me")).expect(200).json();
    assertThat(me.getString("voter")).isEqualTo("student12");
  }

  @Test
  void adds_no_passkey_of_another_page_or_of_a_device_that_did_not_ask_its_user() {
    var voter = signedIn("student13");
    add(voter, new SoftAuthenticator("https://evil.example", true)).expect(422, "passkey-refused");
    add(voter, new SoftAuthenticator(ORIGIN, false)).expect(422, "passkey-refused");
    var options = voter.post(path("/passkeys/options"), new JsonObject()).expect(200).json();
    var device = new SoftAuthenticator(ORIGIN, true);
    voter.post(path("/passkeys"), device.register(options)).expect(204);
    // A challenge is answered once, and one for signing in is none for adding.
    var again = new SoftAuthenticator(ORIGIN, true);
    voter.post(path("/passkeys"), again.register(options)).expect(422, "passkey-refused");
    var challenge = passkeyOptions(path("/sign-in/passkey/options")).getString("challenge");
    voter
        .post(path("/passkeys"), again.register(options.copy().put("challenge", challenge)))
        .expect(422, "passkey-refused");
    voter
        .post(path("/passkeys"), new JsonObject().put("id", "x").put("response", new JsonObject()))
        .expect(422, "passkey-refused");
  }

  @Test
  void believes_a_passkey_only_as_its_owner_and_only_once() {
    var device = new SoftAuthenticator(ORIGIN, true);
    add(signedIn("student14"), device).expect(204);
    var here = path("/sign-in/passkey/options");
    enter("student15", device.signIn(passkeyOptions(here))).expect(401, "sign-in-refused");
    var answer = device.signIn(passkeyOptions(here));
    enter("student14", answer).expect(201);
    enter("student14", answer).expect(401, "sign-in-refused");
    // A copy of the device knows fewer signatures.
    device.setCounter(0);
    enter("student14", device.signIn(passkeyOptions(here))).expect(401, "sign-in-refused");
    device.setCounter(100);
    var elsewhere = passkeyOptions("/v1/elections/" + "1".repeat(14) + "/sign-in/passkey/options");
    enter("student14", device.signIn(elsewhere)).expect(401, "sign-in-refused");
    var unknown = new SoftAuthenticator(ORIGIN, true);
    enter("student14", unknown.signIn(passkeyOptions(here))).expect(401, "sign-in-refused");
    enter("student14", new JsonObject()).expect(401, "sign-in-refused");
    enter("student14", device.signIn(passkeyOptions(here))).expect(201);
  }
}
