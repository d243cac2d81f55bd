package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Person;
import io.madang.gateway.Treasury;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of points, vouchers and coins: vouchers are paid out as coins are, points are not. */
class SettledVouchersTest {
  private static final AssetCode COIN = SettlingTown.COIN;
  private static final AssetCode POINT = new AssetCode("POINT");
  private static final AssetCode GIFT = new AssetCode("GIFT-26");

  @TempDir private static Path folder = Path.of("");
  private final SettlingTown town =
      new SettlingTown(
          folder.resolve("bank"), List.of(COIN.value(), "POINT:point", "GIFT-26:voucher"));
  private final Treasury treasury = new Treasury(town.town);
  private Registered cafe;
  private Person anna;
  private String refunded = "";
  private long coins;
  private long gifts;

  SettledVouchersTest() {
    cafe = town.shop("CAFE", "40123456789012", "카페");
    anna = town.town.newPerson("anna", 100_000);
  }

  @BeforeEach
  void a_day() {
    treasury.rules(GIFT, Treasury.taken(Optional.empty(), true));
    treasury.issue(anna.account(), new Amount(50_000, GIFT));
    treasury.issue(anna.account(), new Amount(50_000, POINT));
    town.clock.forward(Duration.ofSeconds(1));
    var random = new SplittableRandom(11);
    for (int i = 0; i < 12; i++) {
      refunded = pay(1 + random.nextInt(900), 1 + random.nextInt(900), 1 + random.nextInt(900));
    }
    // The last payment comes back but for one point: all its coins and its voucher.
    var paid = town.town.shop(cafe).get("/v1/intents/" + refunded).expect(200).json();
    town.town
        .shop(cafe)
        .post(
            "/v1/intents/" + refunded + "/refunds",
            new JsonObject().put("amount", paid.getLong("amount") - 1))
        .expect(201);
    for (var leg : paid.getJsonArray("legs")) {
      var back = (JsonObject) leg;
      if (back.getString("asset").equals(COIN.value())) coins -= back.getLong("amount");
      if (back.getString("asset").equals(GIFT.value())) gifts -= back.getLong("amount");
    }
  }

  private String pay(long points, long gift, long coin) {
    long price = points + gift + coin;
    var asked = new JsonObject().put("asset", COIN.value()).put("amount", price);
    var intent = town.town.shop(cafe).post("/v1/intents", asked).expect(201).json().getString("id");
    var legs = List.of(new Amount(points, POINT), new Amount(gift, GIFT), new Amount(coin, COIN));
    var signed =
        anna.sign(
            "pay",
            Operations.pay(
                cafe.merchant().account(),
                new Amount(price, COIN),
                legs,
                Optional.empty(),
                intent));
    town.town
        .anyone()
        .post("/v1/transactions", new JsonObject().put("transaction", signed))
        .expect(200);
    Person.eventually(
        () ->
            assertThat(town.town.shop(cafe).get("/v1/intents/" + intent).json().getString("status"))
                .isEqualTo("paid"));
    gifts += gift;
    coins += coin;
    return intent;
  }

  @AfterEach
  void end() {
    town.close();
  }

  private JsonObject settlement(AssetCode asset, LocalDate day) {
    return town.town.shop(cafe).get("/v1/settlements/" + asset + "/" + day).expect(200).json();
  }

  @Test
  void each_of_them_is_paid_to_the_won_and_points_are_not() {
    var office = town.office();
    var day = town.endDay();
    town.settle(office);

    var inCoins = settlement(COIN, day);
    var inGifts = settlement(GIFT, day);
    assertThat(inCoins.getLong("payout")).isEqualTo(coins);
    assertThat(inGifts.getLong("payout")).isEqualTo(gifts);
    assertThat(inGifts.getString("status")).isEqualTo("paid");
    assertThat(inGifts.getString("payoutId")).isNotEqualTo(inCoins.getString("payoutId"));
    assertThat(town.bank.paid().values()).containsExactlyInAnyOrder(coins, gifts);
    town.town.shop(cafe).get("/v1/settlements/POINT/" + day).expect(404);
    assertThat(await(office.runs().ofDay(day)).stream().map(run -> run.id().asset()))
        .containsExactlyInAnyOrder(COIN, GIFT);

    // Every line shows the whole that it is a part of, and the lines add up to what was paid.
    long sum = 0;
    for (var line : lines(GIFT, day)) {
      sum += line.getLong("change");
      assertThat(line.getJsonArray("legs")).hasSize(3);
    }
    assertThat(sum).isEqualTo(gifts);
    assertThat(lines(COIN, day)).hasSize(13);

    // Nothing is left to do, and another look does nothing.
    town.settle(office);
    assertThat(town.bank.paid().values()).containsExactlyInAnyOrder(coins, gifts);
    office.close();
  }

  @Test
  void won_stand_behind_vouchers_that_were_promised_and_not_behind_points() {
    var office = town.office();
    var day = town.endDay();
    town.settle(office);
    var reserves = town.town.anyone().get("/v1/reserves/" + day).expect(200).json();
    assertThat(reserves.getLong("outstanding")).isEqualTo(100_000 + 50_000);
    assertThat(
            reserves.getJsonArray("coins").stream()
                .map(one -> ((JsonObject) one).getString("asset")))
        .containsExactly("GIFT-26", "S-COIN");
    office.close();
  }

  @Test
  void fees_come_back_by_the_part_that_is_given_back() {
    await(
        town.sql.run(
            "INSERT INTO ops.merchant_fee (merchant, from_day, basis_points) VALUES ($1, $2, 1000)",
            cafe.merchant().id().value(),
            town.today().minusDays(1)));
    var office = town.office();
    var day = town.endDay();
    town.settle(office);
    for (var asset : List.of(COIN, GIFT)) {
      var settled = settlement(asset, day);
      long fees = 0;
      for (var line : lines(asset, day)) {
        long fee = line.getLong("fee");
        fees += fee;
        // A tenth of this part, not of the whole price, rounded to whole won.
        assertThat(Math.abs(10 * fee - line.getLong("change"))).isLessThanOrEqualTo(10);
      }
      assertThat(settled.getLong("fees")).isEqualTo(fees);
      assertThat(settled.getLong("payout") + settled.getLong("charges"))
          .isEqualTo(asset.equals(COIN) ? coins : gifts);
    }
    office.close();
  }

  @Test
  void killed_after_any_step_it_comes_to_the_same() {
    var kills = new ArrayList<String>();
    var day = town.endDay();
    for (int round = 0; round < 60; round++) {
      var office =
          town.office(
              settings -> settings,
              step -> {
                if (kills.contains(step)) return;
                kills.add(step);
                throw new IllegalStateException("killed");
              });
      boolean done = await(office.wake().map(true).otherwise(false));
      office.close();
      if (done && !town.work()) break;
    }
    var office = town.office();
    town.settle(office);
    assertThat(kills).hasSizeGreaterThan(10);
    assertThat(settlement(COIN, day).getLong("payout")).isEqualTo(coins);
    assertThat(settlement(GIFT, day).getLong("payout")).isEqualTo(gifts);
    assertThat(town.bank.paid().values()).containsExactlyInAnyOrder(coins, gifts);
    office.close();
  }

  private List<JsonObject> lines(AssetCode asset, LocalDate day) {
    var page =
        town.town
            .shop(cafe)
            .get("/v1/settlements/" + asset + "/" + day + "/lines?limit=100")
            .expect(200)
            .json();
    return page.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }
}
