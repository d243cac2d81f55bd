package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where a merchant sells, which tills stand there, and a till that was lost. */
class LocationsTest {
  private static Town town;

  @BeforeAll
  static void begin() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static JsonObject place(String name) {
    return new JsonObject().put("name", name).put("address", "연세로 50").put("region", "서울 서대문구");
  }

  private static String added(Client owner, String name) {
    return owner.post("/v1/merchant/locations", place(name)).expect(201).json().getString("id");
  }

  private static void put(Client owner, String till, String location) {
    var body = new JsonObject().put("location", location);
    owner.put("/v1/merchant/tills/" + till, body).expect(204);
  }

  private static Client key(Client owner, String till) {
    var wish = new JsonObject().put("name", till).put("role", "cashier").put("till", till);
    return town.holder(
        owner.post("/v1/merchant/keys", wish).expect(201).json().getString("apiKey"));
  }

  private static List<Integer> amounts(Client client, String query) {
    return client
        .get("/v1/merchant/payments?" + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(one -> ((JsonObject) one).getInteger("amount"))
        .toList();
  }

  private static JsonObject ask(int amount) {
    return new JsonObject().put("amount", amount).put("asset", "S-COIN");
  }

  @Test
  void finds_sales_by_till_and_by_the_location_where_it_stands_and_by_nobody_elses() {
    var shop = town.newShop("PLACES");
    var owner = town.shop(shop);
    var anna = town.newPerson("anna", 100_000);
    var here = added(owner, "=1+1 \"신촌\" 본점");
    var there = added(owner, "강남점");
    put(owner, "T-1", here);
    put(owner, "T-2", there);
    for (int number : List.of(1, 2)) {
      var intent =
          key(owner, "T-" + number)
              .post("/v1/intents", ask(number * 100))
              .expect(201)
              .json()
              .getString("id");
      anna.pay(shop.merchant().account(), number * 100L, intent).expect(200);
    }
    var sticker =
        owner
            .post("/v1/stickers", new JsonObject().put("till", "T-2"))
            .expect(201)
            .json()
            .getString("id");
    anna.pay(shop.merchant().account(), 300, "S-" + sticker).expect(200);
    anna.pay(shop.merchant().account(), 400, "no till").expect(200);

    eventually(() -> assertThat(amounts(owner, "")).hasSize(4));
    assertThat(amounts(owner, "till=T-1")).containsExactly(100);
    assertThat(amounts(owner, "till=T-2")).containsExactly(300, 200);
    assertThat(amounts(owner, "location=" + here)).containsExactly(100);
    assertThat(amounts(owner, "location=" + there)).containsExactly(300, 200);
    assertThat(amounts(owner, "location=" + there + "&till=T-1")).isEmpty();
    put(owner, "T-1", there);
    assertThat(amounts(owner, "location=" + there)).containsExactly(300, 200, 100);

    var other = town.shop(town.newShop("OTHER"));
    assertThat(amounts(other, "location=" + there)).isEmpty();
    other
        .put("/v1/merchant/tills/T-9", new JsonObject().put("location", there))
        .expect(404, "not-found");
    assertThat(other.get("/v1/merchant/locations").expect(200).json().encode())
        .isEqualTo("{\"items\":[],\"tills\":[]}");
  }

  @Test
  void a_key_of_a_till_takes_money_for_no_other_till() {
    var owner = town.shop(town.newShop("BOUND"));
    var till = key(owner, "T-1");
    till.post("/v1/intents", ask(100).put("till", "T-2")).expect(403, "other-till");
    assertThat(
            till.post("/v1/intents", ask(100).put("till", "T-1"))
                .expect(201)
                .json()
                .getString("till"))
        .isEqualTo("T-1");
  }

  @Test
  void closes_one_till_at_once_with_its_keys_and_stickers_and_leaves_the_others_alone() {
    var shop = town.newShop("LOST");
    var owner = town.shop(shop);
    var lost = key(owner, "T-1");
    var alsoLost = key(owner, "T-1");
    var other = key(owner, "T-2");
    var sticker =
        owner
            .post("/v1/stickers", new JsonObject().put("till", "T-1"))
            .expect(201)
            .json()
            .getString("id");
    put(owner, "T-1", added(owner, "본점"));
    // Another merchant's till of the same name is another till.
    var neighbour = town.shop(town.newShop("NEXT"));
    var same = key(neighbour, "T-1");

    lost.delete("/v1/merchant/tills/T-1").expect(403, "forbidden");
    owner.delete("/v1/merchant/tills/T-1").expect(204);
    lost.get("/v1/merchant").expect(401, "unauthorized");
    alsoLost.get("/v1/merchant").expect(401, "unauthorized");
    other.get("/v1/merchant").expect(200);
    same.get("/v1/merchant").expect(200);
    var anna = town.newPerson("anna", 1_000);
    anna.pay(shop.merchant().account(), 100, "S-" + sticker).expect(404, "no-such-sticker");
    owner.delete("/v1/merchant/tills/T-1").expect(404, "not-found");
    assertThat(
            owner.get("/v1/merchant/notices?limit=100").json().getJsonArray("items").stream()
                .map(one -> ((JsonObject) one).getString("type")))
        .filteredOn("key.ended"::equals)
        .hasSize(2);
  }

  @Test
  void removes_a_location_only_when_no_till_stands_there() {
    var owner = town.shop(town.newShop("MOVING"));
    var id = added(owner, "본점");
    put(owner, "T-1", id);
    owner.delete("/v1/merchant/locations/" + id).expect(409, "location-has-tills");
    owner.delete("/v1/merchant/tills/T-1").expect(204);
    owner.delete("/v1/merchant/locations/" + id).expect(204);
    owner.delete("/v1/merchant/locations/" + id).expect(404, "not-found");
    owner.post("/v1/merchant/locations", place("a\u0000b")).expect(400, "malformed-request");
    owner.post("/v1/merchant/locations", place("가".repeat(41))).expect(400, "malformed-request");
  }
}
