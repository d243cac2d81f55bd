package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the owner of a shop does at a desk: looks for payments, gives keys to those who work there. */
class MerchantDeskTest {
  private static Town town;

  @BeforeAll
  static void begin() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static List<Integer> found(Client client, String query) {
    return client.get("/v1/merchant/payments?" + query).expect(200).json().getJsonArray("items")
        .stream()
        .map(one -> ((JsonObject) one).getInteger("amount"))
        .toList();
  }

  private static String search(String text) {
    return "search=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void finds_payments_by_amount_reference_till_and_day() {
    var shop = town.newShop("SEARCH");
    var client = town.shop(shop);
    var anna = town.newPerson("anna", 100_000);
    var ask =
        new JsonObject()
            .put("amount", 4_500)
            .put("asset", "S-COIN")
            .put("till", "POS-1")
            .put("reference", "INV-17");
    var intent = client.post("/v1/intents", ask).expect(201).json().getString("id");
    anna.pay(shop.merchant().account(), 4_500, intent).expect(200);
    anna.pay(shop.merchant().account(), 1_200, "lunch %_").expect(200);
    eventually(() -> assertThat(found(client, "")).containsExactly(1_200, 4_500));
    assertThat(found(client, search("4,500"))).containsExactly(4_500);
    assertThat(found(client, search("inv-1"))).containsExactly(4_500);
    assertThat(found(client, search("POS-1"))).containsExactly(4_500);
    assertThat(found(client, search("LUNCH"))).containsExactly(1_200);
    assertThat(found(client, search("%_"))).containsExactly(1_200);
    assertThat(found(client, search("_"))).containsExactly(1_200);
    assertThat(found(client, search("커피'; --"))).isEmpty();
    var today = LocalDate.now(ZoneId.of("Asia/Seoul"));
    assertThat(found(client, "from=" + today.minusDays(1) + "&until=" + today)).hasSize(2);
    assertThat(found(client, "until=" + today.minusDays(2))).isEmpty();
    assertThat(found(client, "from=" + today.plusDays(2))).isEmpty();
    for (var wrong : List.of("from=2026-02-30", "until=today", search("\u0000"), search(""))) {
      client.get("/v1/merchant/payments?" + wrong).expect(400, "malformed-request");
    }
    client.post("/v1/intents/" + intent + "/refunds", new JsonObject().put("amount", 500));
    eventually(
        () ->
            assertThat(
                    client
                        .get("/v1/merchant/payments?" + search("INV-17"))
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getInteger("refunded"))
                .isEqualTo(500));
  }

  private static JsonArray staff(Client client) {
    return client.get("/v1/merchant/keys").expect(200).json().getJsonArray("items");
  }

  @Test
  void gives_everybody_a_key_and_takes_it_back() {
    var owner = town.shop(town.newShop("STAFF"));
    var wish =
        new JsonObject()
            .put("name", "김하나 =1+1")
            .put("role", "cashier")
            .put("till", "TILL-2")
            .put("refundLimit", 5_000);
    var key = Client.key();
    var made = owner.post("/v1/merchant/keys", wish, key).expect(201).json();
    assertThat(owner.post("/v1/merchant/keys", wish, key).expect(201).json()).isEqualTo(made);
    var cashier = town.holder(made.getString("apiKey"));
    assertThat(cashier.get("/v1/merchant").expect(200).json().getMap())
        .containsEntry("role", "cashier")
        .containsEntry("till", "TILL-2");
    assertThat(staff(owner)).hasSize(2);
    assertThat(staff(owner).getJsonObject(1).getMap())
        .containsEntry("name", "김하나 =1+1")
        .containsEntry("refundLimit", 5_000)
        .containsEntry("current", false);
    assertThat(staff(owner).toString()).doesNotContain("mk_");
    cashier.get("/v1/merchant/keys").expect(403, "forbidden");
    cashier.post("/v1/merchant/keys", wish).expect(403, "forbidden");

    owner.delete("/v1/merchant/keys/" + made.getString("id")).expect(204);
    cashier.get("/v1/merchant").expect(401, "unauthorized");
    assertThat(staff(owner)).hasSize(1);
    var own = staff(owner).getJsonObject(0);
    assertThat(own.getBoolean("current")).isTrue();
    owner.delete("/v1/merchant/keys/" + own.getString("id")).expect(409, "key-of-this-call");
    owner.get("/v1/merchant").expect(200);
  }
}
