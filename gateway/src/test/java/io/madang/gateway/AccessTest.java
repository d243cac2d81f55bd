package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.election.Office;
import io.madang.gateway.http.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A1: two users of every kind at every route of the contract. */
class AccessTest {
  private static Town town;
  private static final Map<String, Client> OWNERS = new HashMap<>();
  private static final Map<String, Client> OTHERS = new HashMap<>();
  private static final Map<String, String> IDS = new HashMap<>();

  @BeforeAll
  static void begin() {
    town = Town.start();
    var shop = town.newShop("MINE");
    var anna = town.newPerson("anna", 10_000);
    OWNERS.put("wallet", anna.client());
    OWNERS.put("merchant", town.shop(shop));
    OWNERS.put("operator", town.operator());
    OWNERS.put("administrator", Office.client(town));
    var fundKey = town.operator().post("/v1/fund-keys", new JsonObject().put("name", "survey"));
    OWNERS.put("fund", town.holder(fundKey.expect(201).json().getString("apiKey")));
    OTHERS.put("wallet", town.newPerson("ben", 0).client());
    OTHERS.put("merchant", town.shop(town.newShop("OTHER")));
    var ask = new JsonObject().put("amount", 100).put("asset", "S-COIN");
    var intent = town.shop(shop).post("/v1/intents", ask).expect(201).json().getString("id");
    var paid = anna.pay(shop.merchant().account(), 100, intent).expect(200).json();
    eventually(
        () ->
            assertThat(town.shop(shop).get("/v1/intents/" + intent).json().getString("status"))
                .isEqualTo("paid"));
    var sticker = town.shop(shop).post("/v1/stickers", new JsonObject().put("till", "T"));
    var charge = anna.client().post("/v1/charges", ask).expect(201).json().getString("id");
    var webhook =
        town.shop(shop)
            .post("/v1/merchant/webhooks", new JsonObject().put("url", "https://shop.example/"));
    var staff =
        town.shop(shop)
            .post("/v1/merchant/keys", new JsonObject().put("name", "A").put("role", "cashier"));
    var notices = town.shop(shop).get("/v1/merchant/notices").expect(200).json();
    IDS.put(
        "/v1/merchant/notices/{number}",
        notices.getJsonArray("items").getJsonObject(0).getLong("number").toString());
    var place = new JsonObject().put("name", "A").put("address", "B").put("region", "C");
    var location = town.shop(shop).post("/v1/merchant/locations", place).expect(201).json();
    IDS.put("/v1/merchant/locations/{id}", location.getString("id"));
    IDS.put("/v1/merchant/keys/{key}", staff.expect(201).json().getString("id"));
    IDS.put("/v1/merchant/webhooks/{id}", webhook.expect(201).json().getString("id"));
    IDS.put("/v1/intents/{id}", intent);
    IDS.put("/v1/stickers/{id}", sticker.expect(201).json().getString("id"));
    IDS.put("/v1/charges/{id}", charge);
    IDS.put("/v1/payments/{position}", paid.getString("position"));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private record Route(String method, String path, JsonObject operation) {
    JsonArray security() {
      return operation.getJsonArray("security");
    }

    boolean admits(String kind) {
      return security().stream().anyMatch(one -> ((JsonObject) one).containsKey(kind));
    }

    boolean isOpen() {
      return security().isEmpty()
          || security().stream().anyMatch(one -> ((JsonObject) one).isEmpty());
    }

    String target() {
      var target = path;
      for (var id : IDS.entrySet()) {
        if (path.startsWith(id.getKey())) {
          target = target.replace(id.getKey(), id.getKey().replaceAll("\\{.*}", id.getValue()));
        }
      }
      return target
          .replace("{merchant}", "M-00000000")
          .replace("{key}", "0".repeat(24))
          .replace("{height}", "1")
          .replace("{hash}", "0".repeat(64))
          .replace("{asset}", "S-COIN")
          .replace("{till}", "NO-SUCH-TILL")
          .replace("{day}", "2026-01-05")
          .replace("{period}", "2026-01")
          .replace("{programme}", "EARN-1")
          .replace("{account}", "0".repeat(32))
          .replace("{run}", "S-COIN-20260105-1")
          .replace("{number}", "1")
          .replace("{id}", "1".repeat(14));
    }

    boolean isOwned() {
      return IDS.keySet().stream().anyMatch(path::startsWith);
    }

    /** A body that the contract takes, where an empty one would be refused before its caller is. */
    private String body() {
      if (!operation.containsKey("requestBody")) return "";
      return path.endsWith("/customer-code") ? "{\"code\":\"any\"}" : "{}";
    }

    Client.Answer send(Client client) {
      var request = client.request(target()).header("Idempotency-Key", Client.key());
      if (operation.containsKey("requestBody")) {
        request.header("Content-Type", "application/json");
      }
      return client.send(request.method(method, BodyPublishers.ofString(body())));
    }
  }

  private static Iterable<Route> routes() {
    var vertx = Vertx.vertx();
    try {
      var routes = new ArrayList<Route>();
      var document = Town.await(Contract.load(vertx)).document();
      for (var path : document.getJsonObject("paths")) {
        for (var method : (JsonObject) path.getValue()) {
          routes.add(
              new Route(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  (JsonObject) method.getValue()));
        }
      }
      return routes;
    } finally {
      Town.await(vertx.close());
    }
  }

  @TestFactory
  Iterable<DynamicTest> lets_nobody_in_whom_the_contract_does_not_name() {
    var tests = new ArrayList<DynamicTest>();
    for (var route : routes()) {
      if (route.isOpen()) continue;
      tests.add(
          DynamicTest.dynamicTest(
              route.method() + " " + route.path() + " without a token",
              () -> route.send(town.anyone()).expect(401, "unauthorized")));
      for (var owner : OWNERS.entrySet()) {
        if (route.admits(owner.getKey())) continue;
        tests.add(
            DynamicTest.dynamicTest(
                route.method() + " " + route.path() + " by a " + owner.getKey(),
                () -> route.send(owner.getValue()).expect(403, "forbidden")));
      }
    }
    assertThat(tests).hasSizeGreaterThan(60);
    return tests;
  }

  @TestFactory
  Iterable<DynamicTest> hides_what_is_another_users() {
    var tests = new ArrayList<DynamicTest>();
    for (var route : routes()) {
      if (!route.isOwned()) continue;
      for (var other : OTHERS.entrySet()) {
        var kind = other.getKey();
        // A payer sees an intent that somebody showed to it.
        boolean shown = kind.equals("wallet") && route.path().equals("/v1/intents/{id}");
        if (!route.admits(kind) || shown) continue;
        tests.add(
            DynamicTest.dynamicTest(
                route.method() + " " + route.path() + " by another " + kind,
                () -> route.send(other.getValue()).expect(404, "not-found")));
      }
    }
    assertThat(tests).hasSizeGreaterThan(8);
    return tests;
  }

  @TestFactory
  Iterable<DynamicTest> shows_everybody_their_own() {
    var tests = new ArrayList<DynamicTest>();
    for (var route : routes()) {
      if (!route.isOwned() || !route.method().equals("GET")) continue;
      for (var owner : OWNERS.entrySet()) {
        var kind = owner.getKey();
        boolean others = kind.equals("wallet") && route.path().contains("/payments/");
        if (!route.admits(kind) || others) continue;
        tests.add(
            DynamicTest.dynamicTest(
                route.path() + " by its " + kind, () -> route.send(owner.getValue()).expect(200)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(5);
    return tests;
  }
}
