package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client.Answer;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A till scans what a customer's wallet shows (D8). */
class CustomerCodesTest {
  private static Town town;

  @BeforeAll
  static void open() {
    town = Town.start();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void pays_the_intent_with_its_receipt_and_can_be_refunded() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var intent = newIntent(shop, 4_500);

    var paid = charge(shop, intent, anna.code(5_000)).expect(201).json();

    assertThat(paid.getString("status")).isEqualTo("final");
    assertThat(paid.getLong("amount")).isEqualTo(4_500);
    assertThat(status(shop, intent)).isEqualTo("paid");
    assertThat(anna.balance()).isEqualTo(5_500);
    eventually(() -> assertThat(activity(anna)).contains(paid.getString("transaction")));
    town.shop(shop)
        .post("/v1/intents/" + intent + "/refunds", new JsonObject().put("amount", 500))
        .expect(201);
    assertThat(anna.balance()).isEqualTo(6_000);
  }

  @Test
  void takes_the_same_request_again_without_charging_twice() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var intent = newIntent(shop, 1_000);
    var body = new JsonObject().put("code", anna.code(5_000));
    var key = Client.key();
    var path = "/v1/intents/" + intent + "/customer-code";

    var first = town.shop(shop).post(path, body, key).expect(201).json();
    assertThat(town.shop(shop).post(path, body, key).expect(201).json()).isEqualTo(first);
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void a_code_that_was_used_is_worth_nothing_even_at_the_same_till() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var code = anna.code(5_000);

    charge(shop, newIntent(shop, 1_000), code).expect(201);
    var second = newIntent(shop, 1_000);
    charge(shop, second, code).expect(409, "mandate-used");
    assertThat(status(shop, second)).isEqualTo("created");
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void belongs_to_the_first_till_that_scans_it_even_when_that_could_not_charge_it() {
    var shop = town.newShop("SHOP");
    var other = town.newShop("OTHER");
    var anna = town.newPerson("anna", 10_000);
    var code = anna.code(1_000);

    charge(shop, newIntent(shop, 1_001), code).expect(409, "customer-code-over-limit");
    charge(other, newIntent(other, 500), code).expect(409, "customer-code-claimed");
    charge(shop, newIntent(shop, 500, "TILL-2"), code).expect(409, "customer-code-claimed");
    charge(shop, newIntent(shop, 1_000), code).expect(201);
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void of_many_tills_that_scan_it_at_once_one_is_paid() throws Exception {
    var anna = town.newPerson("anna", 10_000);
    var code = anna.code(5_000);
    var scans = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < 8; i++) {
      var shop = town.newShop("SHOP");
      var intent = newIntent(shop, 1_000);
      scans.add(() -> charge(shop, intent, code));
    }
    try (var threads = Executors.newFixedThreadPool(scans.size())) {
      var problems = new ArrayList<String>();
      for (var answer : threads.invokeAll(scans)) {
        if (answer.get().status() != 201) problems.add(answer.get().problem());
      }
      assertThat(problems).hasSize(7).containsOnly("customer-code-claimed");
    }
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void names_what_is_wrong_with_a_code() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var intent = newIntent(shop, 1_000);

    charge(shop, intent, anna.code(999)).expect(409, "customer-code-over-limit");
    charge(shop, intent, anna.code(5_000, -1, Town.CHAIN)).expect(409, "customer-code-expired");
    charge(shop, intent, anna.code(5_000, 190_000, Town.CHAIN)).expect(409, "customer-code-ahead");
    charge(shop, intent, anna.code(5_000, 60_000, "town-2")).expect(422, "customer-code-altered");
    charge(shop, intent, limitRaised(anna.code(999))).expect(422, "customer-code-altered");
    charge(shop, intent, "https://example.com").expect(422, "customer-code-malformed");
    charge(shop, intent, "신촌커피").expect(422, "customer-code-malformed");
    charge(shop, intent, "A".repeat(1_024)).expect(422, "customer-code-malformed");
    charge(shop, intent, "").expect(400, "malformed-request");
    charge(shop, intent, new Person(town, Town.key("no account")).code(5_000))
        .expect(403, "nested-signer-unknown");
    charge(shop, intent, town.newPerson("poor", 500).code(5_000)).expect(409, "insufficient-funds");
    assertThat(status(shop, intent)).isEqualTo("created");
    assertThat(anna.balance()).isEqualTo(10_000);
  }

  @Test
  void pays_no_intent_that_cannot_be_paid() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var paid = newIntent(shop, 1_000);
    anna.pay(shop.merchant().account(), 1_000, paid).expect(200);
    charge(shop, paid, anna.code(5_000)).expect(409, "intent-already-paid");

    var cancelled = newIntent(shop, 1_000);
    town.shop(shop).post("/v1/intents/" + cancelled + "/cancel", new JsonObject()).expect(200);
    charge(shop, cancelled, anna.code(5_000)).expect(409, "intent-cancelled");

    var toHold =
        town.shop(shop)
            .post("/v1/intents", ask(1_000).put("holdForSeconds", 3_600))
            .expect(201)
            .json()
            .getString("id");
    charge(shop, toHold, anna.code(5_000)).expect(422, "intent-needs-hold");
    charge(town.newShop("OTHER"), newIntent(shop, 1_000), anna.code(5_000))
        .expect(404, "not-found");
  }

  /** Whoever alters a code can write its bytes well, but not sign them. */
  private static String limitRaised(String code) {
    var bytes = Base64.getDecoder().decode(code);
    for (int i = 0; i + 8 < bytes.length; i++) {
      if (bytes[i] == (byte) 0xC4 && bytes[i + 1] == 7) bytes[i + 6] = 100;
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static JsonObject ask(long amount) {
    return new JsonObject().put("amount", amount).put("asset", "S-COIN");
  }

  private static String newIntent(Registered shop, long amount) {
    return newIntent(shop, amount, "TILL-1");
  }

  private static String newIntent(Registered shop, long amount, String till) {
    return town.shop(shop)
        .post("/v1/intents", ask(amount).put("till", till))
        .expect(201)
        .json()
        .getString("id");
  }

  private static Answer charge(Registered shop, String intent, String code) {
    return town.shop(shop)
        .post("/v1/intents/" + intent + "/customer-code", new JsonObject().put("code", code));
  }

  private static String status(Registered shop, String intent) {
    return town.shop(shop).get("/v1/intents/" + intent).expect(200).json().getString("status");
  }

  private static String activity(Person person) {
    return person.client().get("/v1/me/activity").expect(200).json().encode();
  }
}
