package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a merchant has to have seen, and what it may object to. */
class NoticesTest {
  private static final String ACCOUNT = "/v1/merchant/bank-account";
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

  private static List<JsonObject> notices(Registered shop, String query) {
    return items(town.shop(shop).get("/v1/merchant/notices?limit=100" + query));
  }

  private static List<JsonObject> items(Client.Answer answer) {
    return answer.expect(200).json().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static List<String> types(List<JsonObject> notices) {
    return notices.stream().map(one -> one.getString("type")).toList();
  }

  private static JsonObject account(String number) {
    return new JsonObject().put("bank", "004").put("number", number).put("holder", "신촌커피");
  }

  private static String path(Registered shop) {
    return "/v1/merchants/" + shop.merchant().id().value() + "/bank-account";
  }

  private static void agree(Registered shop, String number) {
    first.put(path(shop), account(number)).expect(200);
    second.post(path(shop) + "/confirmation", new JsonObject()).expect(200);
  }

  @Test
  void tells_of_every_key_and_webhook_that_is_made_or_ended_by_whomever() {
    var shop = town.newShop("KEYS");
    var owner = town.shop(shop);
    var other = town.newShop("OTHER");
    var wish = new JsonObject().put("name", "=1+1 김하나").put("role", "cashier").put("till", "T-1");
    var key = owner.post("/v1/merchant/keys", wish).expect(201).json().getString("id");
    owner.delete("/v1/merchant/keys/" + key).expect(204);
    owner.delete("/v1/merchant/keys/" + key).expect(204);
    owner
        .post("/v1/merchant/webhooks", new JsonObject().put("url", "https://shop.example/"))
        .expect(201);
    first
        .post(
            "/v1/merchants/" + shop.merchant().id().value() + "/keys",
            new JsonObject().put("role", "owner"))
        .expect(201);

    var told = notices(shop, "");
    assertThat(types(told)).containsExactly("key.made", "webhook.made", "key.ended", "key.made");
    assertThat(told.getLast().getJsonObject("data").getMap())
        .containsEntry("key", key)
        .containsEntry("name", "=1+1 김하나")
        .containsEntry("role", "cashier")
        .containsEntry("till", "T-1");
    assertThat(told.toString()).doesNotContain("mk_").doesNotContain("whsec_");
    assertThat(types(items(owner.get("/v1/merchant/events?limit=100"))))
        .containsExactly("key.made", "key.ended", "webhook.made", "key.made");
    assertThat(notices(other, "")).isEmpty();
  }

  @Test
  void stays_until_the_owner_has_seen_it_and_no_manager_or_other_merchant_can_say_so() {
    var shop = town.newShop("SEEN");
    var owner = town.shop(shop);
    var wish = new JsonObject().put("name", "M").put("role", "manager");
    var manager =
        town.holder(owner.post("/v1/merchant/keys", wish).expect(201).json().getString("apiKey"));
    long number = notices(shop, "&state=unseen").getFirst().getLong("number");
    var path = "/v1/merchant/notices/" + number + "/seen";

    assertThat(items(manager.get("/v1/merchant/notices"))).hasSize(1);
    manager.post(path, new JsonObject()).expect(403, "forbidden");
    town.shop(town.newShop("OTHER")).post(path, new JsonObject()).expect(404, "not-found");
    assertThat(notices(shop, "&state=unseen")).hasSize(1);

    owner.post(path, new JsonObject()).expect(204);
    var seen = notices(shop, "").getFirst();
    owner.post(path, new JsonObject()).expect(204);
    assertThat(notices(shop, "").getFirst()).isEqualTo(seen);
    assertThat(seen.getString("seenAt")).isNotEmpty();
    assertThat(notices(shop, "&state=unseen")).isEmpty();
  }

  @Test
  void tells_each_step_of_a_bank_account_with_no_more_of_it_than_its_last_digits() {
    var shop = town.newShop("PAID");
    agree(shop, "40123456789012");

    assertThat(types(notices(shop, ""))).containsExactly("account.confirmed", "account.proposed");
    assertThat(notices(shop, "").toString()).doesNotContain("40123456789012").contains("…012");
    var own = items(town.shop(shop).get(ACCOUNT)).getFirst();
    assertThat(own.getString("status")).isEqualTo("confirmed");
    assertThat(own.getString("number")).isEqualTo("…012");
    assertThat(own.containsKey("own")).isFalse();
    assertThat(items(town.shop(town.newShop("OTHER")).get(ACCOUNT))).isEmpty();
  }

  @Test
  void an_owner_objects_to_a_change_until_it_counts_and_operators_look_into_it() {
    var shop = town.newShop("SWAPPED");
    agree(shop, "40123456789012");
    var owner = town.shop(shop);
    owner.post(ACCOUNT + "/objection", new JsonObject()).expect(409, "no-change-of-account");

    agree(shop, "66666666666666");
    owner.post(ACCOUNT + "/objection", new JsonObject()).expect(200);
    assertThat(items(owner.get(ACCOUNT)).stream().map(one -> one.getString("status")))
        .containsExactly("objected", "confirmed");
    assertThat(types(notices(shop, "")).getFirst()).isEqualTo("account.objected");
    var work = items(first.get("/v1/settlement/work?limit=100")).getFirst();
    assertThat(work.getString("puzzle")).isEqualTo("account-objected");
    assertThat(work.getString("subject")).startsWith(shop.merchant().id().value());

    // A proposal that nobody has confirmed yet ends the same way, and cannot be confirmed after.
    first.put(path(shop), account("77777777777777")).expect(200);
    owner.post(ACCOUNT + "/objection", new JsonObject()).expect(200);
    second
        .post(path(shop) + "/confirmation", new JsonObject())
        .expect(409, "no-proposal-of-another");
  }

  @Test
  void shows_the_owner_when_each_key_was_last_used() {
    var shop = town.newShop("USED");
    var owner = town.shop(shop);
    var wish = new JsonObject().put("name", "새 키").put("role", "cashier");
    var made = owner.post("/v1/merchant/keys", wish).expect(201).json();
    var before = key(owner, made.getString("id"));
    assertThat(before.containsKey("usedAt")).isFalse();

    town.holder(made.getString("apiKey")).get("/v1/merchant").expect(200);
    Person.eventually(
        () -> assertThat(key(owner, made.getString("id")).getString("usedAt")).isNotEmpty());
  }

  private static JsonObject key(Client owner, String id) {
    return items(owner.get("/v1/merchant/keys")).stream()
        .filter(key -> key.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
