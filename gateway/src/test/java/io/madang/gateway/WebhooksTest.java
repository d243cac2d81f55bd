package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static io.madang.gateway.webhook.Receiver.answering;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.webhook.Receiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A merchant's webhooks over the API, from a payment to its server. */
class WebhooksTest {
  private static final String PATH = "/v1/merchant/webhooks";
  private static Town town;

  @BeforeAll
  static void begin() {
    town = Town.start(settings -> settings.withRates(Town.NO_RATES).withWebhooksToPrivate());
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static JsonObject at(String url) {
    return new JsonObject().put("url", url);
  }

  private static Client.Answer patch(Client client, String id, JsonObject body) {
    return client.send(
        client
            .request(PATH + "/" + id)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body.encode())));
  }

  private static JsonArray deliveries(Client client, String id) {
    return client.get(PATH + "/" + id + "/deliveries").expect(200).json().getJsonArray("items");
  }

  private static Client key(Registered shop, String role) {
    var made =
        town.operator()
            .post(
                "/v1/merchants/" + shop.merchant().id().value() + "/keys",
                new JsonObject().put("role", role));
    return town.holder(made.expect(201).json().getString("apiKey"));
  }

  @Test
  void tells_a_merchants_server_of_a_payment_also_over_a_restart() throws Exception {
    var shop = town.newShop("HOOK");
    var anna = town.newPerson("anna", 10_000);
    try (var receiver = new Receiver(answering(200))) {
      var made = town.shop(shop).post(PATH, at(receiver.url())).expect(201).json();
      anna.pay(shop.merchant().account(), 1_200, "").expect(200);
      eventually(() -> assertThat(receiver.received()).hasSize(1));
      var request = receiver.received().getFirst();
      new Webhook(made.getString("secret")).verify(request.body(), request.httpHeaders());
      assertThat(new JsonObject(request.body()).getJsonObject("data").getInteger("amount"))
          .isEqualTo(1_200);
      var feed = town.shop(shop).get("/v1/merchant/events").json().getJsonArray("items");
      // A new webhook is not told of itself; who asks is.
      assertThat(feed.getJsonObject(0).getString("type")).isEqualTo("webhook.made");
      assertThat(feed.getJsonObject(1).getString("id")).isEqualTo(request.id());

      receiver.behave(receiver.hanging());
      anna.pay(shop.merchant().account(), 1_300, "").expect(200);
      eventually(() -> assertThat(receiver.received()).hasSize(2));
      receiver.behave(answering(200));
      town.restart();
      eventually(() -> assertThat(receiver.received()).hasSize(3));
      assertThat(receiver.received().get(2).id()).isEqualTo(receiver.received().get(1).id());
      eventually(
          () ->
              assertThat(deliveries(town.shop(shop), made.getString("id")).toString())
                  .doesNotContain("waiting"));
    }
  }

  @Test
  void shows_a_secret_once_and_a_test_in_the_log() {
    var shop = town.newShop("LOG");
    var client = town.shop(shop);
    try (var receiver = new Receiver(answering(200))) {
      var made = client.post(PATH, at(receiver.url()).put("description", "가게")).expect(201).json();
      var id = made.getString("id");
      assertThat(made.getString("secret")).startsWith("whsec_");
      assertThat(made.getString("publicKey")).startsWith("whpk_");
      for (var path : List.of(PATH, PATH + "/" + id)) {
        assertThat(client.get(path).expect(200).response().body()).doesNotContain("whsec_");
      }
      var event = client.post(PATH + "/" + id + "/test", new JsonObject()).expect(202).json();
      eventually(
          () -> {
            var delivery = deliveries(client, id).getJsonObject(0);
            assertThat(delivery.getString("event")).isEqualTo(event.getString("event"));
            assertThat(delivery.getString("type")).isEqualTo("webhook.test");
            assertThat(delivery.getString("state")).isEqualTo("delivered");
            assertThat(delivery.getJsonArray("log").getJsonObject(0).getMap())
                .containsEntry("outcome", "delivered")
                .containsEntry("status", 200)
                .containsEntry("answer", "hello");
          });
      var key = Client.key();
      var rotated =
          client.post(PATH + "/" + id + "/secret", new JsonObject(), key).expect(200).json();
      assertThat(rotated.getString("secret")).isNotEqualTo(made.getString("secret"));
      assertThat(rotated.containsKey("oldSecretUntil")).isTrue();
      assertThat(client.post(PATH + "/" + id + "/secret", new JsonObject(), key).expect(200).json())
          .isEqualTo(rotated);
      client
          .post(
              PATH + "/" + id + "/replay", new JsonObject().put("event", event.getString("event")))
          .expect(202);
      eventually(() -> assertThat(receiver.received()).hasSize(2));
    }
  }

  @Test
  void changes_disables_and_deletes() {
    var client = town.shop(town.newShop("CHANGE"));
    var id = client.post(PATH, at("http://127.0.0.1:1/")).expect(201).json().getString("id");
    var changed =
        patch(client, id, new JsonObject().put("types", new JsonArray().add("payment.*")))
            .expect(200)
            .json();
    assertThat(changed.getString("url")).isEqualTo("http://127.0.0.1:1/");
    assertThat(changed.getJsonArray("types")).containsExactly("payment.*");
    var disabled = patch(client, id, new JsonObject().put("enabled", false)).expect(200).json();
    assertThat(disabled.getString("disabledBecause")).isEqualTo("owner");
    client.post(PATH + "/" + id + "/test", new JsonObject()).expect(409, "webhook-disabled");
    assertThat(patch(client, id, new JsonObject().put("enabled", true)).json().getMap())
        .containsEntry("enabled", true)
        .doesNotContainKey("disabledBecause");
    client.delete(PATH + "/" + id).expect(204);
    client.get(PATH + "/" + id).expect(404, "not-found");
  }

  @Test
  void refuses_what_it_cannot_send_to_and_an_eleventh() {
    var client = town.shop(town.newShop("REFUSE"));
    for (var wrong :
        List.of("ftp://a.example/", "https://a:b@c.example/", "https://a.example/#b")) {
      client.post(PATH, at(wrong)).expect(422, "webhook-address-refused");
    }
    client
        .post(PATH, at("https://a.example/").put("types", new JsonArray().add("payment.lost")))
        .expect(400, "malformed-request");
    client
        .post(PATH, at("https://a.example/").put("types", new JsonArray().add("'; DROP TABLE")))
        .expect(400, "malformed-request");
    for (int i = 0; i < 10; i++) {
      client.post(PATH, at("https://a.example/" + i)).expect(201);
    }
    client.post(PATH, at("https://a.example/11")).expect(409, "too-many-webhooks");
    var id = client.get(PATH).json().getJsonArray("items").getJsonObject(0).getString("id");
    for (var wrong :
        List.of(
            new JsonObject(),
            new JsonObject().put("since", "yesterday, at about noon"),
            new JsonObject().put("since", "2026-01-01T00:00:00Z").put("after", "0"))) {
      client.post(PATH + "/" + id + "/replay", wrong).expect(400, "malformed-request");
    }
    client
        .post(PATH + "/" + id + "/replay", new JsonObject().put("event", "evt_" + "0".repeat(32)))
        .expect(404, "not-found");
  }

  @Test
  void lets_a_manager_look_and_test_and_the_owner_change() {
    var shop = town.newShop("ROLES");
    var id =
        town.shop(shop).post(PATH, at("http://127.0.0.1:1/")).expect(201).json().getString("id");
    var manager = key(shop, "manager");
    manager.get(PATH).expect(200);
    manager.post(PATH + "/" + id + "/test", new JsonObject()).expect(202);
    manager.post(PATH, at("https://a.example/")).expect(403, "forbidden");
    manager.post(PATH + "/" + id + "/secret", new JsonObject()).expect(403, "forbidden");
    manager.delete(PATH + "/" + id).expect(403, "forbidden");
    key(shop, "cashier").get(PATH).expect(403, "forbidden");
  }
}
