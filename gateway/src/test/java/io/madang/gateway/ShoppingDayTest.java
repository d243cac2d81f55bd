package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Receipt;
import io.madang.chain.ReceiptReading;
import io.madang.chain.ReceiptVerification;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do at a counter, through the API. */
class ShoppingDayTest {
  private static Town town;
  private static Registered shop;
  private static Person anna;

  @BeforeAll
  static void begin() {
    town = Town.start();
    shop = town.newShop("SINCHON COFFEE");
    anna = town.newPerson("anna", 100_000);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static JsonObject ask(long amount) {
    return town.shop(shop)
        .post(
            "/v1/intents",
            new JsonObject()
                .put("amount", amount)
                .put("asset", "S-COIN")
                .put("reference", "Table 7")
                .put("till", "T1"))
        .expect(201)
        .json();
  }

  private static JsonObject intent(String id) {
    return town.shop(shop).get("/v1/intents/" + id).expect(200).json();
  }

  private static JsonObject paid(long amount) {
    var asked = ask(amount);
    anna.pay(shop.merchant().account(), amount, asked.getString("id")).expect(200);
    eventually(
        () -> assertThat(intent(asked.getString("id")).getString("status")).isEqualTo("paid"));
    return intent(asked.getString("id"));
  }

  @Test
  void pays_an_intent_that_was_scanned() {
    var asked = ask(4_500);
    var payee =
        anna.client()
            .post("/v1/payees", new JsonObject().put("code", asked.getString("qr")))
            .expect(200)
            .json();
    assertThat(payee.getJsonObject("name").getString("ko")).isEqualTo("신촌커피");
    assertThat(payee.getJsonObject("intent").getLong("amount")).isEqualTo(4_500);
    assertThat(payee.getJsonObject("intent").containsKey("reference")).isFalse();

    long before = anna.balance();
    var answer = anna.pay(shop.merchant().account(), 4_500, asked.getString("id")).expect(200);
    assertThat(answer.json().getString("status")).isEqualTo("final");
    assertThat(anna.balance()).isEqualTo(before - 4_500);

    eventually(
        () -> {
          var seen = intent(asked.getString("id"));
          assertThat(seen.getString("status")).isEqualTo("paid");
          assertThat(seen.getJsonObject("payment").getString("transaction"))
              .isEqualTo(answer.json().getString("hash"));
          assertThat(seen.getJsonObject("payment").getString("payerMasked"))
              .doesNotContain(anna.account().toString());
        });
    var activity = anna.client().get("/v1/me/activity").expect(200).json();
    var newest = activity.getJsonArray("items").getJsonObject(0);
    assertThat(newest.getString("type")).isEqualTo("payment");
    assertThat(newest.getJsonObject("counterparty").getJsonObject("name").getString("en"))
        .isEqualTo("SINCHON COFFEE");
    var received = town.shop(shop).get("/v1/merchant/payments").expect(200).json();
    assertThat(received.getJsonArray("items").getJsonObject(0).getString("intent"))
        .isEqualTo(asked.getString("id"));
  }

  @Test
  void pays_by_the_short_code_that_people_type() {
    var asked = ask(1_000);
    var typed = asked.getString("shortCode").toLowerCase(java.util.Locale.ROOT).replace("-", "");
    var payee = anna.client().post("/v1/payees", new JsonObject().put("code", typed)).expect(200);
    assertThat(payee.json().getJsonObject("intent").getString("id"))
        .isEqualTo(asked.getString("id"));
  }

  @Test
  void refuses_an_altered_code_though_its_checksum_is_right() {
    var qr = ask(4_500).getString("qr");
    var altered = qr.replace("54044500", "54044501");
    var body = altered.substring(0, altered.length() - 4);
    var resealed = body + crc(body);

    assertThat(altered).isNotEqualTo(qr);
    anna.client()
        .post("/v1/payees", new JsonObject().put("code", resealed))
        .expect(404, "no-such-payee");
  }

  private static String crc(String text) {
    int crc = 0xFFFF;
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      crc ^= (one & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
      crc &= 0xFFFF;
    }
    return "%04X".formatted(crc);
  }

  @Test
  void refuses_a_transfer_that_does_not_fit_its_intent_before_it_is_ordered() {
    var id = ask(4_500).getString("id");
    var account = shop.merchant().account();
    long height = town.engine().standing().height();

    anna.pay(account, 4_499, id).expect(409, "intent-amount-differs");
    anna.pay(town.newShop("OTHER").merchant().account(), 4_500, id)
        .expect(409, "intent-payee-differs");
    anna.pay(account, 4_500, "0123456789abcdef01234567").expect(404, "no-such-intent");
    assertThat(town.engine().standing().height()).isLessThanOrEqualTo(height + 3);

    anna.pay(account, 4_500, id).expect(200);
    anna.pay(account, 4_500, id).expect(409, "intent-already-paid");
  }

  @Test
  void leaves_an_intent_open_when_a_payer_has_too_little() {
    var id = ask(2_500).getString("id");
    var ben = town.newPerson("ben", 1_000);

    ben.pay(shop.merchant().account(), 2_500, id).expect(409, "insufficient-funds");
    anna.pay(shop.merchant().account(), 2_500, id).expect(200);
  }

  @Test
  void does_not_pay_what_was_cancelled() {
    var id = ask(700).getString("id");
    var cancelled =
        town.shop(shop).post("/v1/intents/" + id + "/cancel", new JsonObject()).expect(200);
    assertThat(cancelled.json().getString("status")).isEqualTo("cancelled");
    town.shop(shop).post("/v1/intents/" + id + "/cancel", new JsonObject()).expect(200);

    anna.pay(shop.merchant().account(), 700, id).expect(409, "intent-cancelled");
  }

  @Test
  void gives_back_in_parts_and_never_more_than_was_paid() {
    var paid = paid(9_000);
    var path = "/v1/intents/" + paid.getString("id") + "/refunds";
    var first = town.shop(shop).post(path, new JsonObject().put("amount", 4_000)).expect(201);
    assertThat(first.json().getLong("refunded")).isEqualTo(4_000);
    assertThat(intent(paid.getString("id")).getString("status")).isEqualTo("partly-refunded");

    town.shop(shop).post(path, new JsonObject().put("amount", 5_001)).expect(409, "more-than-left");
    assertThat(town.shop(shop).post(path, new JsonObject()).expect(201).json().getLong("amount"))
        .isEqualTo(5_000);
    assertThat(intent(paid.getString("id")).getString("status")).isEqualTo("refunded");
    town.shop(shop).post(path, new JsonObject()).expect(409, "more-than-left");
  }

  @Test
  void lets_a_cashier_give_back_up_to_the_limit_of_the_till() {
    var key =
        town.operator()
            .post(
                "/v1/merchants/" + shop.merchant().id() + "/keys",
                new JsonObject().put("role", "cashier").put("till", "T2").put("refundLimit", 500))
            .expect(201)
            .json();
    var cashier = new Client(town, key.getString("apiKey"));
    var path = "/v1/intents/" + paid(2_000).getString("id") + "/refunds";

    cashier.post(path, new JsonObject().put("amount", 501)).expect(403, "over-refund-limit");
    cashier.post(path, new JsonObject().put("amount", 500)).expect(201);
    cashier.post("/v1/stickers", new JsonObject().put("till", "T2")).expect(403, "forbidden");

    town.operator()
        .delete("/v1/merchants/" + shop.merchant().id() + "/keys/" + key.getString("id"))
        .expect(204);
    cashier.get("/v1/merchant").expect(401, "unauthorized");
  }

  @Test
  void pays_a_sticker_until_it_is_closed() {
    var sticker =
        town.shop(shop)
            .post("/v1/stickers", new JsonObject().put("till", "DOOR"))
            .expect(201)
            .json();
    var payee =
        anna.client()
            .post("/v1/payees", new JsonObject().put("code", sticker.getString("qr")))
            .expect(200)
            .json();
    assertThat(payee.getJsonObject("sticker").getString("till")).isEqualTo("DOOR");

    var reference = "S-" + sticker.getString("id");
    anna.pay(shop.merchant().account(), 1_200, reference).expect(200);
    eventually(
        () ->
            assertThat(town.shop(shop).get("/v1/merchant/payments").json().getJsonArray("items"))
                .anyMatch(item -> "DOOR".equals(((JsonObject) item).getString("till"))));

    town.shop(shop).delete("/v1/stickers/" + sticker.getString("id")).expect(204);
    anna.pay(shop.merchant().account(), 1_200, reference).expect(404, "no-such-sticker");
    anna.client()
        .post("/v1/payees", new JsonObject().put("code", sticker.getString("qr")))
        .expect(404, "no-such-payee");
  }

  @Test
  void draws_codes_that_read_back_with_korean_names() throws Exception {
    var asked = ask(4_500);
    var png =
        Client.http()
            .send(
                town.shop(shop).request("/v1/intents/" + asked.getString("id") + "/qr.png").build(),
                java.net.http.HttpResponse.BodyHandlers.ofByteArray());
    var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png.body()));
    var source = new com.google.zxing.client.j2se.BufferedImageLuminanceSource(image);
    var bitmap =
        new com.google.zxing.BinaryBitmap(new com.google.zxing.common.HybridBinarizer(source));
    assertThat(new com.google.zxing.qrcode.QRCodeReader().decode(bitmap).getText())
        .isEqualTo(asked.getString("qr"))
        .contains("신촌커피");
    var svg = town.shop(shop).get("/v1/intents/" + asked.getString("id") + "/qr.svg").expect(200);
    assertThat(svg.header("content-type")).isEqualTo("image/svg+xml");
  }

  @Test
  void finds_a_person_by_number_under_a_masked_name_until_it_is_erased() {
    var body = new JsonObject().put("phone", "010-1234-5678").put("name", "김민수");
    anna.client().put("/v1/me/alias", body).expect(403, "phone-not-proven");
    anna.client().put("/v1/me/alias", body.put("code", "000000")).expect(200);
    var ben = town.newPerson("ben", 0);
    var look = new JsonObject().put("phone", "+821012345678");
    var found = ben.client().post("/v1/payees", look).expect(200).json();
    assertThat(found.getJsonObject("name").getString("ko")).isEqualTo("김*수");
    assertThat(found.getString("account")).isEqualTo(anna.account().toString());

    anna.client().delete("/v1/me/alias").expect(204);
    ben.client().post("/v1/payees", look).expect(404, "no-such-payee");
  }

  @Test
  void proves_a_payment_with_a_receipt_that_stands_alone() {
    var answer = anna.pay(shop.merchant().account(), 10, "").expect(200).json();
    var receipt = town.anyone().get("/v1/receipts/" + answer.getString("hash")).expect(200);
    var bytes = receipt.response().body().getBytes(StandardCharsets.UTF_8);

    assertThat(Receipt.read(bytes)).isInstanceOf(ReceiptReading.Read.class);
    var read = ((ReceiptReading.Read) Receipt.read(bytes)).receipt();
    assertThat(read.verify(town.engine().members())).isInstanceOf(ReceiptVerification.Valid.class);
  }

  @Test
  void shows_the_chain_to_everybody() {
    var answer = anna.pay(shop.merchant().account(), 11, "").expect(200).json();
    var chain = town.anyone().get("/v1/chain").expect(200).json();
    assertThat(chain.getString("chain")).isEqualTo(Town.CHAIN);
    assertThat(chain.getJsonArray("assets").getJsonObject(0).getJsonObject("name").getString("ko"))
        .isEqualTo("에스코인");
    var block = town.anyone().get("/v1/blocks/" + answer.getLong("height")).expect(200).json();
    assertThat(block.getJsonObject("header").getString("chain_id")).isEqualTo(Town.CHAIN);
    assertThat(block.getJsonArray("contents"))
        .anyMatch(one -> ((JsonObject) one).getString("hash").equals(answer.getString("hash")));
    var page = town.anyone().get("/v1/blocks?limit=2").expect(200).json();
    var next = town.anyone().get("/v1/blocks?limit=2&cursor=" + page.getString("next")).expect(200);
    assertThat(next.json().getJsonArray("items").getJsonObject(0).getLong("height"))
        .isEqualTo(page.getJsonArray("items").getJsonObject(1).getLong("height") - 1);
    var found = town.anyone().get("/v1/transactions/" + answer.getString("hash")).expect(200);
    assertThat(found.json().getString("status")).isEqualTo("final");
    assertThat(found.json().getJsonObject("data").containsKey("payment")).isTrue();
    var unknown = town.anyone().get("/v1/transactions/" + "0".repeat(64)).expect(200);
    assertThat(unknown.json().getString("status")).isEqualTo("unknown");
    town.anyone().get("/v1/blocks/999999").expect(404, "not-found");
    assertResults(answer);
    town.anyone().get("/v1/members").expect(200);
  }

  /** Many blocks at once: without a gap, and what came of each transaction as it was hashed. */
  private static void assertResults(JsonObject payment) {
    long height = payment.getLong("height");
    var heights = new ArrayList<Long>();
    var texts = new ArrayList<String>();
    for (long below = height + 1; below > 1; ) {
      var some = town.anyone().get("/v1/results?limit=7&below=" + below).expect(200).json();
      assertThat(some.getJsonArray("items")).hasSizeBetween(1, 7);
      for (var item : some.getJsonArray("items")) {
        var block = (JsonObject) item;
        heights.add(block.getJsonObject("header").getLong("height"));
        block.getJsonArray("results").forEach(text -> texts.add((String) text));
      }
      below = heights.getLast();
    }
    assertThat(heights).isEqualTo(LongStream.rangeClosed(1, height).boxed().toList().reversed());
    assertThat(texts).first().satisfies(text -> assertThat(text).startsWith("{\"payment\":{"));
    assertThat(town.anyone().get("/v1/results?below=1").expect(200).json().getJsonArray("items"))
        .isEmpty();
    assertThat(
            town.anyone()
                .get("/v1/results?below=9007199254740991&limit=1")
                .expect(200)
                .json()
                .getJsonArray("items"))
        .hasSize(1);
    town.anyone().get("/v1/results?below=0").expect(400, "malformed-request");
    town.anyone().get("/v1/results?below=2&limit=501").expect(400, "malformed-request");
  }

  @Test
  void pages_through_activity_without_gap_or_repetition() {
    var ben = town.newPerson("ben", 1_000);
    for (int i = 1; i <= 7; i++) {
      ben.pay(shop.merchant().account(), i, "").expect(200);
    }
    eventually(
        () ->
            assertThat(ben.client().get("/v1/me/activity?limit=100").json().getJsonArray("items"))
                .hasSize(8));
    var seen = new java.util.ArrayList<Long>();
    var path = "/v1/me/activity?limit=3";
    for (var cursor = ""; ; ) {
      var page = ben.client().get(path + cursor).expect(200).json();
      page.getJsonArray("items").forEach(item -> seen.add(((JsonObject) item).getLong("amount")));
      if (!page.containsKey("next")) break;
      cursor = "&cursor=" + page.getString("next");
    }
    assertThat(seen).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L, 1_000L);
  }

  @Test
  void reports_a_charge_that_the_bank_rejects() {
    var asked =
        anna.client()
            .post("/v1/charges", new JsonObject().put("asset", "S-COIN").put("amount", 44_444))
            .expect(201)
            .json();
    eventually(
        () ->
            assertThat(
                    anna.client()
                        .get("/v1/charges/" + asked.getString("id"))
                        .json()
                        .getString("status"))
                .isEqualTo("failed"));
  }

  @Test
  void gives_the_same_answer_when_an_account_is_opened_again() {
    anna.open();
  }

  @Test
  void counts_the_merchants_day() {
    var own = town.newShop("DAY SHOP");
    anna.pay(own.merchant().account(), 300, "").expect(200);
    anna.pay(own.merchant().account(), 400, "").expect(200);
    eventually(
        () -> {
          var today = town.shop(own).get("/v1/merchant").expect(200).json().getJsonObject("today");
          assertThat(today.getLong("count")).isEqualTo(2);
          assertThat(today.getLong("amount")).isEqualTo(700);
        });
  }
}
