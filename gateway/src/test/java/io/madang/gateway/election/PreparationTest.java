package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client;
import io.madang.gateway.Town;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.trustee.Trustees;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a draft to the three records that an administrator signs. */
class PreparationTest {
  private static Town town;

  @BeforeAll
  static void begin() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static Preparation threshold() {
    return Preparation.begin(town, Preparation.body());
  }

  private static Preparation single() {
    return Preparation.begin(
        town, Preparation.body().put("trustees", new JsonObject().put("count", 2)));
  }

  @Test
  void assembles_an_election_of_two_out_of_three_trustees() {
    var election = threshold();
    election.setRoll(Preparation.voters(3)).expect(200);
    election.hand(election.credentials(3)).expect(200);
    for (int i = 1; i <= 3; i++) {
      election.say(i, "certificate", election.certificate(i)).expect(200);
    }
    for (int i = 1; i <= 3; i++) {
      election.say(i, "polynomial", election.polynomial(i)).expect(200);
    }
    // The mailbox outlives the program.
    town.restart();
    for (int i = 1; i <= 3; i++) {
      assertThat(election.desk(i).getString("step")).isEqualTo("voucher");
      var answer = election.say(i, "voucher", election.voucher(i)).expect(200).json();
      assertThat(answer.getString("step")).isEqualTo("done");
    }
    var records = election.office().get(election.path("/assembled")).expect(200).json();
    var trustees =
        Preparation.accepted(Trustees.read(bytes(records, "trustees"), Preparation.GROUP));
    assertThat(trustees.count()).isEqualTo(3);
    var read = Preparation.accepted(Election.read(bytes(records, "election")));
    assertThat(read.publicKey()).isEqualTo(trustees.electionKey());
    assertThat(read.name()).isEqualTo("총학생회장 선거 / Student president");
    var credentials =
        Preparation.accepted(CredentialList.read(bytes(records, "credentials"), Preparation.GROUP));
    assertThat(credentials.size()).isEqualTo(3);
    assertThat(election.draft().getJsonObject("credentials").getString("hash"))
        .isEqualTo(credentials.fingerprint());
  }

  private static byte[] bytes(JsonObject records, String name) {
    return records.getString(name).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void assembles_an_election_that_needs_every_trustee() {
    var election = single();
    election.setRoll(Preparation.voters(2)).expect(200);
    election.office().get(election.path("/assembled")).expect(409, "not-assembled");
    election.hand(election.credentials(2)).expect(200);
    election.say(1, "key", Preparation.key()).expect(200);
    election.office().get(election.path("/assembled")).expect(409, "not-assembled");
    election.say(2, "key", Preparation.key()).expect(200);
    election.office().get(election.path("/assembled")).expect(200);
  }

  @Test
  void refuses_a_faulty_message_by_name_and_goes_on() {
    var election = threshold();
    election.say(1, "certificate", election.certificate(1)).expect(200);
    var second = election.certificate(2);
    // Somebody else's place, a changed signature, no certificate at all.
    election.say(3, "certificate", second).expect(422, "wrong-certificate");
    var place = second.lastIndexOf("response");
    var changed =
        second.substring(0, place + 12)
            + (second.charAt(place + 12) == '1' ? '2' : '1')
            + second.substring(place + 13);
    election.say(2, "certificate", changed).expect(422, "wrong-signature-of-trustee");
    election.say(2, "certificate", "{}").expect(422, "not-canonical");
    election.say(2, "certificate", second).expect(200);
    election.say(3, "certificate", election.certificate(3)).expect(200);
    // A polynomial that another one made.
    var first = election.polynomial(1);
    election.say(2, "polynomial", first).expect(422, "wrong-signature-of-trustee");
    election.say(1, "polynomial", first).expect(200);
    election.say(2, "polynomial", election.polynomial(2)).expect(200);
    election.say(3, "polynomial", election.polynomial(3)).expect(200);
    var answer = election.voucher(1);
    election.say(2, "voucher", answer).expect(422, "wrong-verification-key");
    election.say(1, "voucher", answer).expect(200);
  }

  @Test
  void hears_each_trustee_once_in_each_step() {
    var election = threshold();
    var certificate = election.certificate(1);
    election.say(1, "polynomial", "{}").expect(409, "not-your-turn");
    election.say(1, "key", Preparation.key()).expect(409, "not-your-turn");
    election.say(1, "certificate", certificate).expect(200);
    election.say(1, "certificate", certificate).expect(200);
    var other =
        io.madang.voting.trustee.ThresholdTrustee.random(Preparation.GROUP, Preparation.RANDOM)
            .certificate(3, 2, 1, Preparation.RANDOM);
    election.say(1, "certificate", other).expect(409, "said-before");
    assertThat(election.desk(1).getString("step")).isEqualTo("wait");
  }

  @Test
  void keeps_one_of_two_messages_that_come_at_once() {
    var election = single();
    var keys = new String[] {Preparation.key(), Preparation.key()};
    var answers =
        IntStream.range(0, 2)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> election.say(1, "key", keys[i])))
            .map(CompletableFuture::join)
            .map(Client.Answer::status)
            .toList();
    assertThat(answers).containsExactlyInAnyOrder(200, 409);
  }

  @Test
  void lets_each_link_do_its_own_part_only() {
    var mine = single();
    var other = single();
    mine.trustee(1).get(other.path("/trustee")).expect(404, "not-found");
    mine.trustee(1).get(mine.path("/registrar")).expect(403, "forbidden");
    mine.registrar().get(other.path("/registrar")).expect(404, "not-found");
    mine.registrar().get(mine.path("/trustee")).expect(403, "forbidden");
    town.anyone().get(mine.path("/trustee")).expect(401, "unauthorized");
    town.holder("et_" + "A".repeat(43)).get(mine.path("/trustee")).expect(401, "unauthorized");
    var before = mine.trustee(1);
    mine.office().post(mine.path("/links"), new JsonObject()).expect(201);
    before.get(mine.path("/trustee")).expect(401, "unauthorized");
  }

  @Test
  void does_not_change_what_trustees_have_worked_with() {
    var election = single();
    var more = Preparation.body().put("trustees", new JsonObject().put("count", 3));
    election.office().put(election.path(""), more).expect(200);
    election.say(1, "key", Preparation.key()).expect(200);
    var fewer = Preparation.body().put("trustees", new JsonObject().put("count", 2));
    election.office().put(election.path(""), fewer).expect(409, "draft-in-use");
    var otherName = more.copy().put("name", "다른 이름");
    var changed = election.office().put(election.path(""), otherName).expect(200).json();
    assertThat(changed.getString("name")).isEqualTo("다른 이름");
    assertThat(changed.getInteger("revision")).isEqualTo(3);
  }

  @Test
  void takes_credentials_only_as_many_and_as_heavy_as_the_voters() {
    var election = single();
    election.hand(election.credentials(2)).expect(409, "no-roll");
    election.setRoll(Preparation.voters(2)).expect(200);
    election.hand(election.credentials(3)).expect(422, "credentials-unlike-roll");
    var heavy = election.credentials(2).replaceFirst("\",", ",7\",");
    election.hand(heavy).expect(422, "credentials-unlike-roll");
    var twice = election.credentials(1).replaceFirst("\\[(.*)]", "[$1,$1]");
    election.hand(twice).expect(422, "repeated-credential");
    // An element of no group: y = 2 is on no curve.
    election.hand("[\"" + "0".repeat(63) + "2\",\"" + "1".repeat(64) + "\"]").expect(422);
    election.hand("[]").expect(422, "credentials-unlike-roll");
    election.hand("nonsense").expect(422, "not-canonical");
    election.hand(election.credentials(2)).expect(200);
    // New voters need new credentials.
    election.setRoll(Preparation.voters(3)).expect(200);
    assertThat(election.draft().containsKey("credentials")).isFalse();
  }

  @Test
  void keeps_what_is_wrong_off_the_list_of_voters() {
    var election = single();
    for (var hostile :
        new String[] {
          "tab\there", "\u202Eevil", "zero\u200Bwidth", "line\nfeed", "", "x".repeat(101)
        }) {
      election
          .setRoll(new JsonArray().add(Preparation.voter("v").put("voter", hostile)))
          .expect(400, "malformed-request");
    }
    for (var contact :
        new String[] {"a@b\r\nBcc: all@x", "nobody", "a@b,c@d", "<a@b>", "\"a b\"@c", ""}) {
      election
          .setRoll(new JsonArray().add(Preparation.voter("v").put("contact", contact)))
          .expect(400, "malformed-request");
    }
    election
        .setRoll(
            new JsonArray()
                .add(Preparation.voter("kim"))
                .add(Preparation.voter("ＫＩＭ").put("contact", "k@x.kr")))
        .expect(400, "malformed-request");
    election.setRoll(new JsonArray().add(Preparation.voter("v").put("weight", 0))).expect(400);
    election.setRoll(new JsonArray().add(Preparation.voter("v").put("more", 1))).expect(400);
    election.setRoll(new JsonArray()).expect(400);
    raw(election, "{\"voters\":[{\"voter\":\"a\",\"voter\":\"b\"}]}").expect(400);
    raw(election, "{\"voters\":[[[[[[[[]]]]]]]]}").expect(400);
    raw(election, "").expect(400);
    var korean = new JsonObject().put("voter", "홍길동-2026").put("contact", "hong@campus.example");
    election.setRoll(new JsonArray().add(korean.put("name", "홍 길동"))).expect(200);
    var page = election.office().get(election.path("/roll")).expect(200).json();
    assertThat(page.getJsonArray("items").getJsonObject(0).getString("name")).isEqualTo("홍 길동");
  }

  private static Client.Answer raw(Preparation election, String body) {
    return election
        .office()
        .send(
            election
                .office()
                .request(election.path("/roll"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
  }

  @Test
  void takes_a_hundred_thousand_voters_and_not_one_more() {
    var election = single();
    long start = System.nanoTime();
    // On a busy machine the answer may come before the end, as one that can be asked for again.
    assertThat(election.setRoll(Preparation.voters(100_000)).status()).isIn(200, 503);
    Preparation.eventually(
        () ->
            election.draft().getJsonObject("roll", new JsonObject()).getInteger("voters", 0)
                == 100_000);
    long stored = System.nanoTime();
    var desk = election.registrar().get(election.path("/registrar")).expect(200).json();
    assertThat(desk.getJsonArray("voters")).hasSize(100_000);
    System.out.printf(
        "100,000 voters: stored in %d ms, read by the registrar in %d ms%n",
        (stored - start) / 1_000_000, (System.nanoTime() - stored) / 1_000_000);
    election.setRoll(Preparation.voters(100_001)).expect(400, "malformed-request");
  }

  @Test
  void lets_no_stranger_send_a_large_body() {
    var election = single();
    var anyone = town.anyone();
    var answer =
        anyone.send(
            anyone
                .request(election.path("/roll"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("x".repeat(1_000_000))));
    answer.expect(401, "unauthorized");
  }

  @Test
  void makes_one_election_of_a_repeated_call() {
    var office = Office.client(town);
    var key = Client.key();
    var first = office.post("/v1/election-drafts", Preparation.body(), key);
    // The times in the body differ between two makings; the same bytes are sent again.
    var body = first.expect(201).json();
    assertThat(body.getJsonObject("links").getJsonArray("trustees")).hasSize(3);
    var listed = office.get("/v1/election-drafts").expect(200).json().getJsonArray("items");
    assertThat(listed.getJsonObject(0).getString("id")).isEqualTo(body.getString("id"));
    assertThat(listed.getJsonObject(0).containsKey("links")).isFalse();
  }
}
