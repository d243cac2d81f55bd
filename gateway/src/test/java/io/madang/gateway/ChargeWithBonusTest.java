package io.madang.gateway;

import static io.madang.gateway.GivingTown.COIN;
import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.Amount;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pay 9,000, get 10,000. */
class ChargeWithBonusTest {
  private static final int TENTH = 1_000;
  private static final long SHARE = 3_000;
  private static final long TOTAL = 8_000;

  private static GivingTown town;

  @BeforeAll
  static void begin() {
    town = GivingTown.funded(TestPostgres.newDatabase());
    long from = town.nowMillis() + 60_000;
    long until = from + Duration.ofDays(30).toMillis();
    for (var kind : List.of(ProgrammeKind.DISCOUNT, ProgrammeKind.BONUS)) {
      town.set(
          town.words(
              kind.name() + "-10",
              kind,
              COIN,
              new ProgrammeTerms(from, until, TENTH, 0, Optional.empty(), SHARE, 30, TOTAL)));
    }
    town.forward(Duration.ofMinutes(2));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static JsonObject wish(String programme, long amount, long bonus) {
    return new JsonObject()
        .put("asset", "S-COIN")
        .put("amount", amount)
        .put("bonus", new JsonObject().put("programme", programme).put("amount", bonus));
  }

  private static JsonObject charged(Person person, JsonObject wish) {
    var asked = person.client().post("/v1/charges", wish).expect(201).json();
    var path = "/v1/charges/" + asked.getString("id");
    eventually(
        () ->
            assertThat(person.client().get(path).json().getString("status"))
                .isEqualTo("confirmed"));
    return person.client().get(path).json();
  }

  @Test
  void pays_9000_and_gets_10000() {
    var mina = town.newPerson("김민아", 0);
    var charge = charged(mina, wish("DISCOUNT-10", 9_000, 1_000));
    assertThat(charge.getJsonObject("bonus"))
        .isEqualTo(new JsonObject().put("programme", "DISCOUNT-10").put("amount", 1_000));
    assertThat(mina.balance()).isEqualTo(10_000);
    eventually(() -> assertThat(activity(mina).size()).isEqualTo(1));
    var seen = activity(mina).getJsonObject(0);
    assertThat(seen.getString("type")).isEqualTo("charge");
    assertThat(seen.getLong("amount")).isEqualTo(9_000);
    assertThat(seen.getLong("bonus")).isEqualTo(1_000);
    assertThat(seen.getString("programme")).isEqualTo("DISCOUNT-10");
    var hall = new Person(town.town(), Town.key("town hall"));
    hall.login();
    var given = activity(hall).getJsonObject(0);
    assertThat(given.getString("type")).isEqualTo("bonus");
    assertThat(given.getString("direction")).isEqualTo("out");
    assertThat(given.getLong("amount")).isEqualTo(1_000);
    assertThat(given.containsKey("bonus")).isFalse();
  }

  private static io.vertx.core.json.JsonArray activity(Person person) {
    return person.client().get("/v1/me/activity").expect(200).json().getJsonArray("items");
  }

  @Test
  void says_before_the_money_is_on_its_way_what_would_be_refused() {
    var client = town.newPerson("이준호", 0).client();
    client.post("/v1/charges", wish("DISCOUNT-10", 9_000, 1_001)).expect(422, "over-rule");
    client.post("/v1/charges", wish("BONUS-10", 9_000, 901)).expect(422, "over-rule");
    client.post("/v1/charges", wish("NOWHERE", 9_000, 1)).expect(404, "unknown-programme");
    client.post("/v1/charges", wish("DISCOUNT-10", 36_000, 4_000)).expect(409, "over-person-share");
    var refused = wish("DISCOUNT-10", 9_000, 1_000).put("amount", 9_000L);
    refused.getJsonObject("bonus").put("more", 1);
    client.post("/v1/charges", refused).expect(400, "malformed-request");
    assertThat(client.get("/v1/me/activity").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void a_persons_share_can_be_used_up() {
    var mina = town.newPerson("김민아", 0);
    charged(mina, wish("BONUS-10", 30_000, 3_000));
    mina.client().post("/v1/charges", wish("BONUS-10", 10, 1)).expect(409, "over-person-share");
    assertThat(mina.balance()).isEqualTo(33_000);
  }

  @Test
  void nobody_redeems_what_was_charged_like_this() {
    var mina = town.newPerson("김민아", 10_000);
    var amount = new Amount(5_000, COIN);
    var words = Operations.approval(mina.account(), amount, "R-1");
    var approvals =
        List.of(
            town.sign("bank", "redeem.approval", words),
            town.sign("university", "redeem.approval", words));
    town.submit(mina.sign("asset.redeem", Operations.redeem(amount, approvals, "R-1")))
        .expect(409, "charged-with-bonus");
  }
}
