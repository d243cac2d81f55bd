package io.madang.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client;
import io.madang.gateway.Town;
import io.madang.gateway.database.TestPostgres;
import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.ElectionId;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.record.Reading;
import io.madang.voting.trustee.KeyCeremony;
import io.madang.voting.trustee.ThresholdTrustee;
import io.madang.voting.trustee.TrusteeKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** An election in preparation, with all who have a part in it, each with secrets of its own. */
final class Preparation {
  static final Group GROUP = Group.ed25519();
  static final Randomness RANDOM = new SecureRandom()::nextBytes;

  private final Town town;
  private final Client office;
  private final String id;
  private final JsonObject links;
  private final List<ThresholdTrustee> members = new ArrayList<>();

  private Preparation(Town town, Client office, JsonObject draft) {
    this.town = town;
    this.office = office;
    this.id = draft.getString("id");
    this.links = draft.getJsonObject("links");
  }

  /** What an administrator writes. */
  static JsonObject body() {
    var now = Instant.ofEpochMilli(System.currentTimeMillis());
    return new JsonObject()
        .put("name", new JsonObject().put("ko", "총학생회장 선거").put("en", "Student president"))
        .put("description", "2026")
        .put(
            "questions",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("question", "누구를 회장으로 뽑습니까?")
                        .put("answers", new JsonArray().add("김가람").add("이누리"))
                        .put("blank", true)
                        .put("min", 1)
                        .put("max", 1)))
        .put("group", GROUP.name())
        .put("trustees", new JsonObject().put("count", 3).put("threshold", 2))
        .put("opensAt", now.plusSeconds(600).toString())
        .put("closesAt", now.plusSeconds(6_000).toString())
        .put("leastBallots", 1);
  }

  static Preparation begin(Town town, JsonObject body) {
    var office = Office.client(town);
    return new Preparation(
        town, office, office.post("/v1/election-drafts", body).expect(201).json());
  }

  Client office() {
    return office;
  }

  ElectionId election() {
    return new ElectionId(id);
  }

  JsonObject draft() {
    return office.get(path("")).expect(200).json();
  }

  String path(String rest) {
    return "/v1/election-drafts/" + id + rest;
  }

  /** What the administrator hands to the registrar: the page's address with the token. */
  String registrarLink() {
    return town.url("/registrar#") + id + "." + links.getString("registrar");
  }

  /** The same for a trustee. */
  String trusteeLink(int index) {
    return town.url("/trustee#") + id + "." + links.getJsonArray("trustees").getString(index - 1);
  }

  Client registrar() {
    return town.holder(links.getString("registrar"));
  }

  Client trustee(int index) {
    return town.holder(links.getJsonArray("trustees").getString(index - 1));
  }

  Client.Answer setRoll(JsonArray voters) {
    return office.put(path("/roll"), new JsonObject().put("voters", voters));
  }

  static JsonObject voter(String id) {
    return new JsonObject().put("voter", id).put("contact", id + "@campus.example");
  }

  static JsonArray voters(int count) {
    var voters = new JsonArray();
    for (int i = 0; i < count; i++) {
      voters.add(voter("student" + i).put("name", "학생 " + i));
    }
    return voters;
  }

  /** Credentials of so many voters. */
  String credentials(int count) {
    var entries = new ArrayList<CredentialList.Entry>();
    for (int i = 0; i < count; i++) {
      var credential = Credential.random(RANDOM);
      entries.add(new CredentialList.Entry(credential.publicCredential(election(), GROUP), 1));
    }
    return new String(CredentialList.toRecord(entries), StandardCharsets.UTF_8);
  }

  Client.Answer hand(String credentials) {
    var registrar = registrar();
    return registrar.send(
        registrar
            .request(path("/credentials"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(credentials)));
  }

  Client.Answer say(int index, String step, String message) {
    return trustee(index)
        .post(
            path("/trustee/messages"), new JsonObject().put("step", step).put("message", message));
  }

  /** A single trustee's public key. */
  static String key() {
    return TrusteeKey.of(GROUP, GROUP.scalars().random(RANDOM), RANDOM).json();
  }

  JsonObject desk(int index) {
    return trustee(index).get(path("/trustee")).expect(200).json();
  }

  /** A member of the threshold group makes its certificate; its secret stays here. */
  String certificate(int index) {
    members.add(ThresholdTrustee.random(GROUP, RANDOM));
    return members.get(index - 1).certificate(3, 2, index, RANDOM);
  }

  private static KeyCeremony ceremony(JsonObject desk) {
    return accepted(KeyCeremony.begin(GROUP, messages(desk, "certificate")));
  }

  private static List<String> messages(JsonObject desk, String step) {
    return desk.getJsonArray("inbox").stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("step").equals(step))
        .map(message -> message.getString("message"))
        .toList();
  }

  String polynomial(int index) {
    return members.get(index - 1).polynomial(ceremony(desk(index)), RANDOM);
  }

  String voucher(int index) {
    var desk = desk(index);
    var shares = messages(desk, "polynomial").getFirst();
    return accepted(members.get(index - 1).receive(ceremony(desk), index, shares, RANDOM));
  }

  static <T> T accepted(Reading<T> reading) {
    return switch (reading) {
      case Reading.Accepted<T>(var value) -> value;
      case Reading.Refused<T>(var refusal) -> throw new AssertionError(refusal.toString());
    };
  }

  /** Waits until something holds. */
  static void eventually(BooleanSupplier condition) {
    try {
      TestPostgres.eventually(
          () -> {
            assertThat(condition.getAsBoolean()).isTrue();
            return true;
          });
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
