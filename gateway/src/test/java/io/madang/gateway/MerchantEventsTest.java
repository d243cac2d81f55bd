package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happened to a merchant, asked for. */
class MerchantEventsTest {
  private static Town town;
  private static Person anna;

  @BeforeAll
  static void begin() {
    town = Town.start();
    anna = town.newPerson("anna", 1_000_000);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static List<JsonObject> events(Registered shop, String query) {
    return town
        .shop(shop)
        .get("/v1/merchant/events?limit=100" + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static List<String> types(List<JsonObject> events) {
    return events.stream().map(event -> event.getString("type")).toList();
  }

  @Test
  void tells_a_payment_with_its_intent_a_refund_and_a_cancelled_intent_in_order() {
    var shop = town.newShop("ORDER");
    var client = town.shop(shop);
    var ask =
        new JsonObject()
            .put("amount", 4_500)
            .put("asset", "S-COIN")
            .put("till", "POS-1")
            .put("reference", "INV-17");
    var intent = client.post("/v1/intents", ask).expect(201).json().getString("id");
    var paid = anna.pay(shop.merchant().account(), 4_500, intent).expect(200).json();
    eventually(() -> assertThat(types(events(shop, ""))).containsExactly("payment.captured"));
    client
        .post("/v1/intents/" + intent + "/refunds", new JsonObject().put("amount", 500))
        .expect(201);
    eventually(() -> assertThat(events(shop, "")).hasSize(2));
    var other = client.post("/v1/intents", ask).expect(201).json().getString("id");
    client.post("/v1/intents/" + other + "/cancel", new JsonObject()).expect(200);

    var all = events(shop, "");
    assertThat(types(all))
        .containsExactly("payment.captured", "payment.refunded", "intent.cancelled");
    assertThat(all.stream().map(event -> event.getLong("number"))).containsExactly(1L, 2L, 3L);
    assertThat(all.get(0).getJsonObject("data").getMap())
        .containsEntry("intent", intent)
        .containsEntry("till", "POS-1")
        .containsEntry("reference", "INV-17")
        .containsEntry("amount", 4_500)
        .containsEntry("position", paid.getString("position"));
    assertThat(all.get(0).encode()).doesNotContain(anna.account().toString());
    assertThat(all.get(1).getJsonObject("data").getMap())
        .containsEntry("intent", intent)
        .containsEntry("payment", paid.getString("position"))
        .containsEntry("refundedInAll", 500);
    assertThat(all.get(2).getJsonObject("data").getString("intent")).isEqualTo(other);
    // Again is harmless, and no second event.
    client.post("/v1/intents/" + other + "/cancel", new JsonObject()).expect(200);
    assertThat(events(shop, "")).hasSize(3);
  }

  @Test
  void goes_on_where_the_caller_stopped_and_over_a_restart() {
    var shop = town.newShop("CURSOR");
    for (int i = 1; i <= 5; i++) {
      anna.pay(shop.merchant().account(), i, "r" + i).expect(200);
    }
    eventually(() -> assertThat(events(shop, "")).hasSize(5));
    var client = town.shop(shop);
    var page = client.get("/v1/merchant/events?limit=2").expect(200).json();
    assertThat(page.getString("next")).isEqualTo("2");
    var ids = events(shop, "").stream().map(event -> event.getString("id")).toList();
    town.restart();
    anna.login();
    assertThat(events(shop, "").stream().map(event -> event.getString("id"))).isEqualTo(ids);
    assertThat(events(shop, "&after=2").stream().map(event -> event.getLong("number")))
        .isEqualTo(LongStream.rangeClosed(3, 5).boxed().toList());
    var last = client.get("/v1/merchant/events?after=5").expect(200).json();
    assertThat(last).isEqualTo(new JsonObject("{\"items\":[],\"next\":\"5\"}"));
    assertThat(client.get("/v1/merchant/events?after=now").json().getString("next")).isEqualTo("5");
  }

  @Test
  void answers_a_waiting_call_when_something_happens() throws Exception {
    var shop = town.newShop("WAITING");
    var waiting = CompletableFuture.supplyAsync(() -> events(shop, "&after=now&wait=8"));
    // Whether the payment comes before or after the call began to wait, the call or the next tells.
    anna.pay(shop.merchant().account(), 7, "").expect(200);
    var told = waiting.get(3, TimeUnit.MINUTES);
    if (told.isEmpty()) told = events(shop, "&after=0&wait=8");
    assertThat(types(told)).containsExactly("payment.captured");
  }

  @Test
  void makes_no_event_twice_when_blocks_are_read_again() {
    var shop = town.newShop("AGAIN");
    anna.pay(shop.merchant().account(), 9, "").expect(200);
    eventually(() -> assertThat(events(shop, "")).hasSize(1));
    Town.await(
        town.pool()
            .query("UPDATE ops.projection SET height = 0 WHERE name = 'movements'")
            .execute());
    town.restart();
    anna.login();
    assertThat(events(shop, "")).hasSize(1);
    anna.pay(shop.merchant().account(), 10, "").expect(200);
    eventually(() -> assertThat(events(shop, "")).hasSize(2));
  }

  @Test
  void shows_a_merchant_its_own_and_a_cashier_none() {
    var shop = town.newShop("MINE");
    var other = town.newShop("OTHER");
    anna.pay(shop.merchant().account(), 3, "").expect(200);
    eventually(() -> assertThat(events(shop, "")).hasSize(1));
    assertThat(events(other, "")).isEmpty();
    var cashier =
        town.operator()
            .post(
                "/v1/merchants/" + shop.merchant().id().value() + "/keys",
                new JsonObject().put("role", "cashier"))
            .expect(201)
            .json()
            .getString("apiKey");
    town.holder(cashier).get("/v1/merchant/events").expect(403, "forbidden");
    for (var wrong :
        List.of("after=-1", "after=x", "wait=9", "limit=0", "after=99999999999999999")) {
      town.shop(shop).get("/v1/merchant/events?" + wrong).expect(400, "malformed-request");
    }
  }
}
