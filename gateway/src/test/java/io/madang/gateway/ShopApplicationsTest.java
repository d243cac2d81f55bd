package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.http.RateLimit;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop applies by itself, follows its application by a private link, and takes its first key. */
class ShopApplicationsTest {
  private static final String APPLICATIONS = "/v1/merchant-applications/";
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
        .put("name", new JsonObject().put("ko", "=1+1 \"서점\"").put("en", "'; -- BOOKS"))
        .put("city", new JsonObject().put("ko", "서울").put("en", "SEOUL"))
        .put("category", "5942")
        .put("contact", new JsonObject().put("name", "김하나").put("phone", "02-123-4567"));
  }

  private static Client applied() {
    var made = town.anyone().post("/v1/applications", wish()).expect(201).json();
    return town.holder(made.getString("token"));
  }

  private static JsonObject newest() {
    return second
        .get("/v1/merchant-applications?state=waiting")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getJsonObject(0);
  }

  private static Client.Answer approve(Client operator, long number) {
    return operator.post(APPLICATIONS + number + "/approval", new JsonObject());
  }

  private static JsonObject own(Client shop) {
    return shop.get("/v1/application").expect(200).json();
  }

  @Test
  void becomes_a_merchant_when_two_have_approved_and_takes_its_key_once() {
    var shop = applied();
    long number = newest().getLong("number");
    assertThat(own(shop).getString("state")).isEqualTo("waiting");
    shop.post("/v1/application/key", new JsonObject()).expect(409, "no-key-waits");

    assertThat(approve(first, number).expect(202).json().getBoolean("checked")).isTrue();
    approve(first, number).expect(409, "application-of-your-own");
    assertThat(own(shop).getString("state")).isEqualTo("waiting");
    var made = approve(second, number).expect(200).json();
    assertThat(made.containsKey("apiKey")).isFalse();

    assertThat(own(shop).getBoolean("keyWaits")).isTrue();
    var key = Client.key();
    var taken = shop.post("/v1/application/key", new JsonObject(), key).expect(200).json();
    assertThat(
            town.holder(taken.getString("apiKey")).get("/v1/merchant").expect(200).json().getMap())
        .containsEntry("id", made.getString("id"))
        .containsEntry("role", "owner");
    // Whoever lost the answer asks again with the same Idempotency-Key.
    assertThat(shop.post("/v1/application/key", new JsonObject(), key).expect(200).json())
        .isEqualTo(taken);
    shop.post("/v1/application/key", new JsonObject()).expect(409, "no-key-waits");
    assertThat(own(shop).getBoolean("keyWaits")).isFalse();
  }

  @Test
  void two_operators_who_approve_at_once_are_the_two() throws InterruptedException {
    var shop = applied();
    long number = newest().getLong("number");
    var statuses = new ConcurrentLinkedQueue<Integer>();
    var threads =
        List.of(first, second).stream()
            .map(one -> Thread.ofVirtual().start(() -> statuses.add(approve(one, number).status())))
            .toList();
    for (var thread : threads) thread.join();

    assertThat(statuses).containsExactlyInAnyOrder(202, 200);
    assertThat(own(shop).getString("state")).isEqualTo("approved");
  }

  @Test
  void says_nothing_of_other_shops_and_lets_nobody_in_by_another_link() {
    var shop = applied();
    var again = town.anyone().post("/v1/applications", wish()).expect(201).json();
    assertThat(again.fieldNames()).doesNotContain("registered", "number", "contact", "own");
    assertThat(own(shop).toString()).doesNotContain("02-123").doesNotContain("token");

    town.holder("ap_" + "A".repeat(43)).get("/v1/application").expect(401, "unauthorized");
    shop.get("/v1/merchant").expect(403, "forbidden");
    shop.get("/v1/merchant-applications").expect(403, "forbidden");
    town.shop(town.newShop("OTHER")).get("/v1/application").expect(403, "forbidden");
  }

  @Test
  void tells_a_declined_shop_why() {
    var shop = applied();
    var path = APPLICATIONS + newest().getLong("number") + "/refusal";
    second.post(path, new JsonObject().put("reason", "사업자등록증과 달라요")).expect(204);

    assertThat(own(shop).getMap())
        .containsEntry("state", "declined")
        .containsEntry("reason", "사업자등록증과 달라요");
    shop.post("/v1/application/key", new JsonObject()).expect(409, "no-key-waits");
  }

  @Test
  void takes_no_more_than_a_few_from_one_address_and_no_number_that_was_never_given() {
    town.anyone()
        .post("/v1/applications", wish().put("businessNumber", "124-81-00999"))
        .expect(400, "malformed-request");
    var rates = Map.of("application", new RateLimit(Duration.ofHours(1), 2));
    try (var small = Town.start(configuration -> configuration.withRates(rates))) {
      small.anyone().post("/v1/applications", wish()).expect(201);
      small.anyone().post("/v1/applications", wish()).expect(201);
      small.anyone().post("/v1/applications", wish()).expect(429, "rate-limited");
    }
  }
}
