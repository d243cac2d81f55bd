package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What two operators do at their desk: look merchants up, and agree on where they are paid. */
class OperatorDeskTest {
  private static final JsonObject ACCOUNT =
      new JsonObject().put("bank", "004").put("number", "40123456789012").put("holder", "신촌커피");
  private static Town town;

  @BeforeAll
  static void begin() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static Client second() {
    return town.holder(Town.await(town.gateway().createOperatorKey()));
  }

  private static JsonArray found(String query) {
    return town.operator().get("/v1/merchants?" + query).expect(200).json().getJsonArray("items");
  }

  private static String search(String words) {
    return "search=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  @Test
  void finds_merchants_by_name_and_identifier() {
    var shop = town.newShop("PAPER LANTERN");
    var id = shop.merchant().id().value();

    for (var words : List.of("paper lan", "LANTERN", id, id.toLowerCase(java.util.Locale.ROOT))) {
      assertThat(found(search(words))).containsExactly(shop.merchant().view());
    }
    assertThat(found(search("신촌")).size()).isPositive();
    assertThat(found(search("'; -- %_"))).isEmpty();
    town.operator().get("/v1/merchants?search=").expect(400, "malformed-request");
  }

  @Test
  void goes_through_what_was_found_page_by_page() {
    var first = town.newShop("LONG STREET").merchant();
    var second = town.newShop("LONG STREET").merchant();

    var page =
        town.operator().get("/v1/merchants?limit=1&" + search("long street")).expect(200).json();
    assertThat(page.getJsonArray("items")).containsExactly(second.view());
    assertThat(found(search("long street") + "&cursor=" + page.getString("next")))
        .containsExactly(first.view());
  }

  @Test
  void shows_one_merchant() {
    var shop = town.newShop("ALONE");

    var path = "/v1/merchants/" + shop.merchant().id().value();
    assertThat(town.operator().get(path).expect(200).json()).isEqualTo(shop.merchant().view());
    town.operator().get("/v1/merchants/M-00000000").expect(404, "not-found");
  }

  @Test
  void an_account_is_confirmed_by_another_operator_who_is_told_that_it_is_not_their_own() {
    var path = "/v1/merchants/" + town.newShop("PAID").merchant().id().value() + "/bank-account";
    var other = second();

    town.operator().put(path, ACCOUNT).expect(200);
    assertThat(proposal(town.operator(), path).getBoolean("own")).isTrue();
    assertThat(proposal(other, path).getBoolean("own")).isFalse();
    town.operator()
        .post(path + "/confirmation", new JsonObject())
        .expect(409, "no-proposal-of-another");
    other.post(path + "/confirmation", new JsonObject()).expect(200);
    assertThat(proposal(other, path).getString("status")).isEqualTo("confirmed");
  }

  private static JsonObject proposal(Client operator, String path) {
    return operator.get(path).expect(200).json().getJsonArray("items").getJsonObject(0);
  }
}
