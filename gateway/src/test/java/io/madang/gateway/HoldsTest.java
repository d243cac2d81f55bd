package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client.Answer;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An intent that is authorised first and captured later (M7, M10). */
class HoldsTest {
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
  void is_authorised_captured_in_parts_and_given_back_capture_by_capture() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var intent = authorised(shop, anna, 5_000);
    assertThat(intent.getLong("capturable")).isEqualTo(5_000);
    assertThat(anna.balance()).isEqualTo(5_000);
    var id = intent.getString("id");

    var first = post(shop, id, "captures", new JsonObject().put("amount", 2_000)).expect(201);
    assertThat(view(shop, id).getString("status")).isEqualTo("partly-captured");
    var second =
        post(shop, id, "captures", new JsonObject().put("amount", 1_500).put("final", true))
            .expect(201);
    var captured = view(shop, id);
    assertThat(captured.getString("status")).isEqualTo("paid");
    assertThat(captured.getLong("captured")).isEqualTo(3_500);
    assertThat(captured.getJsonArray("captures")).hasSize(2);
    assertThat(anna.balance()).isEqualTo(6_500);
    post(shop, id, "captures", new JsonObject()).expect(409, "intent-not-authorised");

    // Two captures: which one is to be given back has to be clear.
    post(shop, id, "refunds", new JsonObject()).expect(409, "refund-needs-payment");
    post(shop, id, "refunds", new JsonObject().put("amount", 3_500))
        .expect(409, "refund-needs-payment");
    post(shop, id, "refunds", new JsonObject().put("amount", 2_000)).expect(201);
    assertThat(view(shop, id).getString("status")).isEqualTo("partly-refunded");
    var position = second.json().getString("position");
    post(shop, id, "refunds", new JsonObject().put("payment", position).put("amount", 1_501))
        .expect(409, "more-than-left");
    post(shop, id, "refunds", new JsonObject().put("payment", "1.0"))
        .expect(409, "intent-not-paid");
    post(shop, id, "refunds", new JsonObject().put("payment", position)).expect(201);
    assertThat(view(shop, id).getString("status")).isEqualTo("refunded");
    assertThat(anna.balance()).isEqualTo(10_000);
    post(
            shop,
            id,
            "refunds",
            new JsonObject().put("payment", first.json().getString("position")).put("amount", 1))
        .expect(409, "more-than-left");
  }

  @Test
  void a_void_lets_go_of_what_is_left() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var whole = authorised(shop, anna, 5_000).getString("id");
    post(shop, whole, "void", new JsonObject()).expect(201);
    assertThat(view(shop, whole).getString("status")).isEqualTo("voided");
    post(shop, whole, "void", new JsonObject()).expect(409, "intent-not-authorised");

    var partly = authorised(shop, anna, 5_000).getString("id");
    post(shop, partly, "captures", new JsonObject().put("amount", 1_000)).expect(201);
    var released = post(shop, partly, "void", new JsonObject()).expect(201).json();
    assertThat(released.getLong("amount")).isEqualTo(4_000);
    assertThat(view(shop, partly).getString("status")).isEqualTo("paid");
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void never_captures_more_than_is_held_nor_twice_for_one_request() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var id = authorised(shop, anna, 5_000).getString("id");
    post(shop, id, "captures", new JsonObject().put("amount", 5_001)).expect(409, "over-hold");
    var key = Client.key();
    var body = new JsonObject().put("amount", 3_000);
    var path = "/v1/intents/" + id + "/captures";
    var first = town.shop(shop).post(path, body, key).expect(201).json();
    assertThat(town.shop(shop).post(path, body, key).expect(201).json()).isEqualTo(first);
    town.shop(shop)
        .post(path, new JsonObject().put("amount", 1), key)
        .expect(422, "idempotency-key-reused");
    post(shop, id, "captures", new JsonObject().put("amount", 2_001)).expect(409, "over-hold");
    post(shop, id, "captures", new JsonObject()).expect(201);
    assertThat(view(shop, id).getString("status")).isEqualTo("paid");
    assertThat(anna.balance()).isEqualTo(5_000);
  }

  @Test
  void takes_only_the_hold_that_it_asks_for() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var payee = shop.merchant().account();
    var intent = newIntent(shop, 5_000);
    long end = Instant.parse(intent.getString("heldUntil")).toEpochMilli();
    var id = intent.getString("id");

    anna.pay(payee, 5_000, id).expect(422, "intent-needs-hold");
    hold(anna, payee, 5_000, end - 1, id).expect(409, "intent-hold-differs");
    hold(anna, payee, 4_999, end, id).expect(409, "intent-amount-differs");
    hold(anna, anna.account(), 5_000, end, id).expect(409, "intent-payee-differs");
    post(shop, id, "captures", new JsonObject()).expect(409, "intent-not-authorised");
    hold(anna, payee, 5_000, end, id).expect(200);
    hold(anna, payee, 5_000, end, id).expect(409, "intent-authorised");
    eventually(() -> assertThat(view(shop, id).getString("status")).isEqualTo("authorised"));
    hold(anna, payee, 5_000, end, id).expect(409, "intent-authorised");
    town.shop(shop)
        .post("/v1/intents/" + id + "/cancel", new JsonObject())
        .expect(409, "intent-authorised");
    town.shop(shop)
        .post("/v1/intents", ask(5_000).put("holdForSeconds", 60).put("expiresInSeconds", 60))
        .expect(422, "hold-too-short");
    assertThat(anna.balance()).isEqualTo(5_000);
  }

  @Test
  void is_listed_by_how_it_stands_and_survives_a_restart_and_a_second_reading() {
    try (var own = Town.start()) {
      var shop = own.newShop("SHOP");
      var anna = own.newPerson("anna", 10_000);
      var open = authorised(own, shop, anna, 1_000).getString("id");
      var partly = authorised(own, shop, anna, 1_000).getString("id");
      own.shop(shop)
          .post("/v1/intents/" + partly + "/captures", new JsonObject().put("amount", 400))
          .expect(201);
      var voided = authorised(own, shop, anna, 1_000).getString("id");
      own.shop(shop).post("/v1/intents/" + voided + "/void", new JsonObject()).expect(201);
      own.restart();
      assertThat(listed(own, shop, "authorised")).contains(open).doesNotContain(partly, voided);
      assertThat(listed(own, shop, "partly-captured")).contains(partly).doesNotContain(open);
      assertThat(listed(own, shop, "voided")).contains(voided).doesNotContain(open);
      assertThat(listed(own, shop, "paid")).doesNotContain(open, partly, voided);
      own.shop(shop).post("/v1/intents/" + partly + "/captures", new JsonObject()).expect(201);
      assertThat(listed(own, shop, "paid")).contains(partly);
      assertThat(anna.balance()).isEqualTo(8_000);
    }
  }

  private static String listed(Town where, Registered shop, String status) {
    return where.shop(shop).get("/v1/intents?status=" + status).expect(200).json().encode();
  }

  private static JsonObject ask(long amount) {
    return new JsonObject().put("amount", amount).put("asset", "S-COIN");
  }

  private static JsonObject newIntent(Registered shop, long amount) {
    return newIntent(town, shop, amount);
  }

  private static JsonObject newIntent(Town where, Registered shop, long amount) {
    return where
        .shop(shop)
        .post("/v1/intents", ask(amount).put("holdForSeconds", 3_600))
        .expect(201)
        .json();
  }

  private static JsonObject authorised(Registered shop, Person payer, long amount) {
    return authorised(town, shop, payer, amount);
  }

  private static JsonObject authorised(Town where, Registered shop, Person payer, long amount) {
    var intent = newIntent(where, shop, amount);
    var id = intent.getString("id");
    long end = Instant.parse(intent.getString("heldUntil")).toEpochMilli();
    hold(where, payer, shop.merchant().account(), amount, end, id).expect(200);
    eventually(
        () ->
            assertThat(where.shop(shop).get("/v1/intents/" + id).json().getString("status"))
                .isEqualTo("authorised"));
    return where.shop(shop).get("/v1/intents/" + id).json();
  }

  private static Answer hold(
      Person payer, AccountId payee, long amount, long end, String reference) {
    return hold(town, payer, payee, amount, end, reference);
  }

  private static Answer hold(
      Town where, Person payer, AccountId payee, long amount, long end, String reference) {
    var words = Operations.hold(payee, new Amount(amount, new AssetCode("S-COIN")), end, reference);
    return where
        .anyone()
        .post("/v1/transactions", new JsonObject().put("transaction", payer.sign("hold", words)));
  }

  private static Answer post(Registered shop, String intent, String what, JsonObject body) {
    return town.shop(shop).post("/v1/intents/" + intent + "/" + what, body);
  }

  private static JsonObject view(Registered shop, String intent) {
    return town.shop(shop).get("/v1/intents/" + intent).expect(200).json();
  }
}
