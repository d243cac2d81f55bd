package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop becomes a merchant by two operators, never by one. */
class OnboardingTest {
  private static final String APPLICATIONS = "/v1/merchant-applications";
  private static Town town;
  private static Client first;
  private static Client second;

  @BeforeAll
  static void begin() {
    town = Town.start();
    first = town.operator();
    second = town.holder(Town.await(town.gateway().createOperatorKey()));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static JsonObject wish() {
    return new JsonObject()
        .put("businessNumber", "124-81-00998")
        .put("name", new JsonObject().put("ko", "연세서점").put("en", "YONSEI BOOKS"))
        .put("city", new JsonObject().put("ko", "서울").put("en", "SEOUL"))
        .put("category", "5942")
        .put("contact", new JsonObject().put("name", "김하나").put("phone", "02-123-4567"));
  }

  private static long applied() {
    return first.post(APPLICATIONS, wish()).expect(201).json().getLong("number");
  }

  private static Client.Answer approve(Client operator, long number, String key) {
    return operator.post(APPLICATIONS + "/" + number + "/approval", new JsonObject(), key);
  }

  private static List<Long> waiting(Client operator) {
    return operator
        .get(APPLICATIONS + "?state=waiting&limit=100")
        .expect(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(one -> ((JsonObject) one).getLong("number"))
        .toList();
  }

  @Test
  void is_a_merchant_when_another_operator_approves_and_not_before() {
    long number = applied();
    assertThat(waiting(second)).contains(number);
    approve(first, number, "\"own\"").expect(409, "application-of-your-own");

    var made = approve(second, number, "\"it\"").expect(200).json();
    var owner = town.holder(made.getString("apiKey"));
    assertThat(owner.get("/v1/merchant").expect(200).json().getString("id"))
        .isEqualTo(made.getString("id"));
    assertThat(waiting(second)).doesNotContain(number);
    // Whoever lost the answer asks again, and the key is the same one.
    assertThat(approve(second, number, "\"it\"").expect(200).json()).isEqualTo(made);
    approve(second, number, "\"another\"").expect(409, "application-is-over");
  }

  @Test
  void shows_the_application_to_operators_and_says_whose_it_is() {
    long number = applied();
    var shown = one(second, number);

    assertThat(shown.getString("businessNumber")).isEqualTo("124-81-00998");
    assertThat(shown.getJsonObject("contact")).isEqualTo(wish().getJsonObject("contact"));
    assertThat(shown.getBoolean("own")).isFalse();
    assertThat(one(first, number).getBoolean("own")).isTrue();
    var before = shown.getLong("registered");
    approve(second, applied(), Client.key()).expect(200);
    assertThat(one(second, number).getLong("registered")).isEqualTo(before + 1);
  }

  private static JsonObject one(Client operator, long number) {
    return operator
        .get(APPLICATIONS + "?limit=100")
        .expect(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getLong("number") == number)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_contact_lies_sealed_in_the_database() {
    applied();
    Town.await(
            new io.madang.gateway.database.Sql(town.pool())
                .run("SELECT sealed_contact FROM ops.merchant_application"))
        .forEach(
            row ->
                assertThat(
                        new String(
                            row.getBuffer("sealed_contact").getBytes(),
                            StandardCharsets.ISO_8859_1))
                    .doesNotContain("02-123"));
  }

  @Test
  void a_declined_application_cannot_be_approved_any_more() {
    long number = applied();
    var reason = new JsonObject().put("reason", "폐업한 가게예요");
    second.post(APPLICATIONS + "/" + number + "/refusal", reason).expect(204);

    approve(second, number, Client.key()).expect(409, "application-is-over");
    second
        .post(APPLICATIONS + "/" + number + "/refusal", reason)
        .expect(409, "application-is-over");
    assertThat(one(second, number).getString("reason")).isEqualTo("폐업한 가게예요");
    approve(second, 999_999, Client.key()).expect(404, "not-found");
  }

  @Test
  void takes_no_number_that_the_tax_office_did_not_give_and_no_name_that_no_code_can_hold() {
    first
        .post(APPLICATIONS, wish().put("businessNumber", "124-81-00999"))
        .expect(400, "malformed-request");
    first
        .post(APPLICATIONS, wish().put("businessNumber", "1248100998 "))
        .expect(400, "malformed-request");
    var name = new JsonObject().put("ko", "연세\u0000서점").put("en", "BOOKS");
    first.post(APPLICATIONS, wish().put("name", name)).expect(400, "malformed-request");
  }

  @Test
  void writes_an_application_down_once_for_one_key() {
    var made = first.post(APPLICATIONS, wish(), "\"one\"").expect(201);
    var again = first.post(APPLICATIONS, wish(), "\"one\"").expect(201);

    assertThat(again.json()).isEqualTo(made.json());
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
  }

  @Test
  void two_operators_who_approve_at_once_make_one_merchant() throws InterruptedException {
    long number = applied();
    var third = town.holder(Town.await(town.gateway().createOperatorKey()));
    var statuses = new java.util.concurrent.ConcurrentLinkedQueue<Integer>();
    var threads =
        List.of(second, third).stream()
            .map(
                operator ->
                    Thread.ofVirtual()
                        .start(
                            () -> statuses.add(approve(operator, number, Client.key()).status())))
            .toList();
    for (var thread : threads) thread.join();

    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
  }
}
