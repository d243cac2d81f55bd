package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.ledger.AssetCode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of two coins: its blocks are read once, and each coin is settled by itself. */
class SettledTogetherTest {
  private static final String OTHER = "U-COIN";

  @TempDir private static Path folder = Path.of("");
  private final SettlingTown town =
      new SettlingTown(folder.resolve("bank"), List.of(SettlingTown.COIN.value(), OTHER));
  private Registered cafe;
  private Person anna;

  SettledTogetherTest() {
    cafe = town.shop("CAFE", "40123456789012", "카페");
    anna = town.town.newPerson("anna", 10_000);
    anna.charge(OTHER, 10_000);
  }

  @BeforeEach
  void a_day() {
    pay(SettlingTown.COIN.value(), 700);
    pay(OTHER, 30);
    pay(SettlingTown.COIN.value(), 8);
  }

  private void pay(String asset, long amount) {
    var transaction = anna.transfer(cafe.merchant().account(), asset, amount, "");
    town.town
        .anyone()
        .post("/v1/transactions", new JsonObject().put("transaction", transaction))
        .expect(200);
  }

  @AfterEach
  void end() {
    town.close();
  }

  @Test
  void both_coins_are_computed_before_either_goes_on() {
    var steps = new ArrayList<String>();
    var office = town.office(settings -> settings, steps::add);
    var day = town.endDay();
    town.settle(office);
    office.close();

    var stages = steps.stream().map(step -> step.substring(step.indexOf(' ') + 1)).toList();
    assertThat(stages.subList(0, 4)).containsExactly("ENDED", "ENDED", "COMPUTED", "COMPUTED");
    requireSettled(day);
  }

  @Test
  void killed_between_the_two_the_second_is_computed_by_itself() {
    var killed =
        town.office(
            settings -> settings,
            step -> {
              if (step.endsWith("COMPUTED")) throw new IllegalStateException("killed");
            });
    var day = town.endDay();
    assertThatThrownBy(() -> await(killed.wake())).hasMessage("killed");
    killed.close();
    await(
        town.sql.run(
            "UPDATE ops.settlement_run SET stage = 'ENDED' WHERE asset = $1 AND stage = 'COMPUTED'",
            OTHER));
    await(town.sql.run("DELETE FROM ops.settlement_day WHERE asset = $1", OTHER));

    var office = town.office();
    town.settle(office);
    office.close();
    requireSettled(day);
  }

  private void requireSettled(LocalDate day) {
    for (var expected :
        List.of(new Sum(SettlingTown.COIN.value(), 2, 708), new Sum(OTHER, 1, 30))) {
      var run = new RunId(new AssetCode(expected.asset()), day, 1);
      assertThat(await(town.office().runs().byId(run)).orElseThrow().stage()).hasToString("CLOSED");
      var settled =
          town.town
              .shop(cafe)
              .get("/v1/settlements/" + expected.asset() + "/" + day)
              .expect(200)
              .json();
      assertThat(settled.getLong("postings")).isEqualTo(expected.postings());
      assertThat(settled.getLong("payout")).isEqualTo(expected.won());
      assertThat(settled.getString("status")).isEqualTo("paid");
    }
    assertThat(town.bank.paid().values()).containsExactlyInAnyOrder(708L, 30L);
  }

  private record Sum(String asset, long postings, long won) {}
}
