package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** M3, M5: whatever comes twice is done once. */
class IdempotencyTest {
  private static Town town;
  private static Registered shop;
  private static Person anna;

  @BeforeAll
  static void begin() {
    town = Town.start();
    shop = town.newShop("SHOP");
    anna = town.newPerson("anna", 100_000);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static JsonObject body(long amount) {
    return new JsonObject().put("amount", amount).put("asset", "S-COIN");
  }

  private static String paid(long amount) {
    var id = town.shop(shop).post("/v1/intents", body(amount)).expect(201).json().getString("id");
    anna.pay(shop.merchant().account(), amount, id).expect(200);
    eventually(
        () ->
            assertThat(town.shop(shop).get("/v1/intents/" + id).json().getString("status"))
                .isEqualTo("paid"));
    return id;
  }

  @Test
  void gives_the_first_answer_again_quoted_or_not() {
    var first = town.shop(shop).post("/v1/intents", body(1), "\"same\"").expect(201);
    var again = town.shop(shop).post("/v1/intents", body(1), "same").expect(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(first.header("idempotency-replayed")).isEmpty();
  }

  @Test
  void remembers_refusals_too() {
    var unknown = new JsonObject().put("amount", 1).put("asset", "X-COIN");
    town.shop(shop).post("/v1/intents", unknown, "\"refused\"").expect(422);
    var again = town.shop(shop).post("/v1/intents", unknown, "\"refused\"").expect(422);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void refuses_a_key_for_another_request() {
    town.shop(shop).post("/v1/intents", body(1), "\"used\"").expect(201);
    town.shop(shop).post("/v1/intents", body(2), "\"used\"").expect(422, "idempotency-key-reused");
    // Another caller's key is another key.
    town.shop(town.newShop("OTHER")).post("/v1/intents", body(2), "\"used\"").expect(201);
  }

  @Test
  void asks_for_a_key_where_the_contract_does() {
    var request =
        town.shop(shop)
            .request("/v1/intents")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(1).encode()));
    town.shop(shop).send(request).expect(400, "idempotency-key-missing");
    for (var bad : new String[] {"\"\"", "\"open", "a b", "\"" + "x".repeat(129) + "\""}) {
      town.shop(shop)
          .send(
              town.shop(shop)
                  .request("/v1/intents")
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", bad)
                  .POST(BodyPublishers.ofString(body(1).encode())))
          .expect(400);
    }
  }

  @Test
  void creates_one_intent_however_many_ask_at_once() throws Exception {
    var calls = new ArrayList<Callable<Client.Answer>>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> town.shop(shop).post("/v1/intents", body(77), "\"race\""));
    }
    var ids = new java.util.HashSet<String>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var future : threads.invokeAll(calls)) {
        var answer = future.get();
        if (answer.status() == 201) ids.add(answer.json().getString("id"));
        else answer.expect(409, "idempotency-key-in-use");
      }
    }
    assertThat(ids).hasSize(1);
  }

  @Test
  void gives_back_once_however_often_the_same_key_comes() throws Exception {
    var path = "/v1/intents/" + paid(1_000) + "/refunds";
    long before = anna.balance();
    var calls = new ArrayList<Callable<Client.Answer>>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> town.shop(shop).post(path, new JsonObject().put("amount", 300), "\"back\""));
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var future : threads.invokeAll(calls)) {
        assertThat(future.get().status()).isIn(201, 409);
      }
    }
    var again =
        town.shop(shop).post(path, new JsonObject().put("amount", 300), "\"back\"").expect(201);
    assertThat(again.json().getLong("refunded")).isEqualTo(300);
    assertThat(anna.balance()).isEqualTo(before + 300);
    town.shop(shop)
        .post(path, new JsonObject().put("amount", 301), "\"back\"")
        .expect(422, "idempotency-key-reused");
  }

  @Test
  void gives_back_once_though_the_gateway_died_before_it_wrote_the_answer() {
    var id = paid(2_000);
    var path = "/v1/intents/" + id + "/refunds";
    long before = anna.balance();
    town.shop(shop).post(path, new JsonObject().put("amount", 500), "\"crash\"").expect(201);
    // As if the process had died between the chain's answer and its own note of it.
    Town.await(
        town.pool()
            .query("UPDATE ops.merchant_act SET state = 'signed', answer = NULL WHERE amount = 500")
            .execute());
    town.restart();

    var again =
        town.shop(shop).post(path, new JsonObject().put("amount", 500), "\"crash\"").expect(201);
    assertThat(again.json().getLong("refunded")).isEqualTo(500);
    assertThat(anna.balance()).isEqualTo(before + 500);
  }

  @Test
  void moves_no_coin_twice_when_the_same_transaction_comes_again() {
    var transfer = anna.transfer(shop.merchant().account(), 50, "");
    var submit = new JsonObject().put("transaction", transfer);
    long before = anna.balance();
    var first = town.anyone().post("/v1/transactions", submit).expect(200).json();
    var again = town.anyone().post("/v1/transactions", submit).expect(200).json();
    assertThat(again).isEqualTo(first);
    assertThat(anna.balance()).isEqualTo(before - 50);
  }

  @Test
  void says_pending_when_the_caller_does_not_want_to_wait() {
    var submit =
        new JsonObject().put("transaction", anna.transfer(shop.merchant().account(), 5, ""));
    var pending =
        town.anyone()
            .send(
                town.anyone()
                    .request("/v1/transactions")
                    .header("Content-Type", "application/json")
                    .header("Prefer", "respond-async")
                    .POST(BodyPublishers.ofString(submit.encode())))
            .expect(202)
            .json();
    eventually(
        () ->
            assertThat(
                    town.anyone()
                        .get("/v1/transactions/" + pending.getString("hash"))
                        .json()
                        .getString("status"))
                .isEqualTo("final"));
  }

  @Test
  void pays_an_intent_once_though_many_race_for_it() throws Exception {
    var id = town.shop(shop).post("/v1/intents", body(123)).expect(201).json().getString("id");
    var racers = new ArrayList<Person>();
    for (int i = 0; i < 6; i++) {
      racers.add(town.newPerson("racer", 1_000));
    }
    var calls = new ArrayList<Callable<Client.Answer>>();
    for (var racer : racers) {
      calls.add(() -> racer.pay(shop.merchant().account(), 123, id));
    }
    int paid = 0;
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (var future : threads.invokeAll(calls)) {
        var answer = future.get();
        if (answer.status() == 200) paid++;
        else assertThat(answer.problem()).isIn("intent-already-paid", "intent-being-paid");
      }
    }
    assertThat(paid).isEqualTo(1);
  }

  @Test
  void reads_every_block_once_over_restarts() {
    var id = paid(640);
    town.restart();
    var items = town.shop(shop).get("/v1/merchant/payments?limit=100").expect(200).json();
    assertThat(
            items.getJsonArray("items").stream()
                .filter(item -> id.equals(((JsonObject) item).getString("intent"))))
        .hasSize(1);
    anna.pay(shop.merchant().account(), 640, id).expect(409, "intent-already-paid");
  }
}
