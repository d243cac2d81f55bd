package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Hash;
import io.madang.gateway.Client;
import io.madang.gateway.Person;
import io.madang.gateway.Town;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.ledger.AccountId;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fees and corrections, from what two operators agree on to what a shop is paid. */
class AgreementsTest {
  @TempDir private static Path folder = Path.of("");
  private final SettlingTown town = new SettlingTown(folder.resolve("bank"));
  private final SettlementOffice office = town.office();
  private final Registered cafe = town.shop("CAFE", "40123456789012", "신촌커피");
  private final Person anna = town.town.newPerson("anna", 200_000);
  private final Client first = town.town.operator();
  private final Client second = town.town.holder(await(town.town.gateway().createOperatorKey()));

  @AfterEach
  void end() {
    office.close();
    town.close();
  }

  private static String path(Registered shop, String what) {
    return "/v1/merchants/" + shop.merchant().id().value() + "/" + what;
  }

  private long proposed(Client by, String what, JsonObject wish) {
    return by.post(path(cafe, what), wish).expect(201).json().getLong("number");
  }

  private Client.Answer decides(Client by, String what, long number, String decision) {
    return by.post(path(cafe, what) + "/" + number + "/" + decision, new JsonObject());
  }

  private void agree(String what, JsonObject wish) {
    decides(second, what, proposed(first, what, wish), "approval").expect(200);
  }

  private JsonObject fee(LocalDate from, int basisPoints) {
    return new JsonObject().put("fromDay", from.toString()).put("basisPoints", basisPoints);
  }

  private static JsonObject correction(long change, String reason) {
    return new JsonObject().put("asset", "S-COIN").put("change", change).put("reason", reason);
  }

  private JsonObject settled(LocalDate day) {
    anna.login();
    return town.settlement(cafe, day);
  }

  /** Those who sign settlements get something to give. */
  private void fundApprovers() {
    for (var name : List.of("bank", "university")) {
      anna.pay(AccountId.of(Town.key(name).publicKey()), 10_000, "").expect(200);
    }
  }

  @Test
  void a_fee_counts_from_its_day_on_rounded_for_each_capture_and_comes_back_with_refunds() {
    agree("fees", fee(town.today(), 50));
    anna.pay(cafe.merchant().account(), 3_300, "").expect(200);
    anna.pay(cafe.merchant().account(), 7_770, "").expect(200);
    var intent = town.pay(anna, cafe, 12_345);
    var day = town.endDay();
    town.settle(office);

    var first = settled(day);
    assertThat(first.getLong("fees")).isEqualTo(17 + 39 + 62);
    assertThat(first.getLong("charges")).isEqualTo(118);
    assertThat(first.getLong("payout")).isEqualTo(23_415 - 118);

    anna.login();
    anna.pay(cafe.merchant().account(), 20_000, "").expect(200);
    town.town
        .shop(cafe)
        .post("/v1/intents/" + intent + "/refunds", new JsonObject().put("amount", 345))
        .expect(201);
    var next = town.endDay();
    town.settle(office);
    assertThat(settled(next).getLong("fees")).isEqualTo(100 - 2);
    assertThat(
            town.town
                .shop(cafe)
                .get("/v1/merchant/fees")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getMap())
        .containsEntry("fromDay", day.toString())
        .containsEntry("basisPoints", 50);
  }

  @Test
  void no_fee_reaches_a_day_that_is_over_not_even_one_that_was_proposed_in_time() {
    first.post(path(cafe, "fees"), fee(town.today().minusDays(1), 50)).expect(409, "day-is-over");
    long late = proposed(first, "fees", fee(town.today(), 50));
    town.endDay();
    decides(second, "fees", late, "approval").expect(409, "day-is-over");
    assertThat(
            town.town.shop(cafe).get("/v1/merchant/fees").expect(200).json().getJsonArray("items"))
        .isEmpty();
    for (var wrong : List.of("2026-02-30", "2026-1-1", "x")) {
      first
          .post(path(cafe, "fees"), new JsonObject().put("fromDay", wrong).put("basisPoints", 1))
          .expect(400, "malformed-request");
    }
    first.post(path(cafe, "fees"), fee(town.today(), 10_001)).expect(400, "malformed-request");
    first.post(path(cafe, "fees"), fee(town.today(), -1)).expect(400, "malformed-request");
  }

  @Test
  void nobody_approves_their_own_and_of_two_who_decide_at_once_one_is_too_late()
      throws InterruptedException {
    long own = proposed(first, "fees", fee(town.today(), 30));
    decides(first, "fees", own, "approval").expect(409, "proposal-of-your-own");
    decides(first, "fees", own, "refusal").expect(200);
    decides(second, "fees", own, "approval").expect(409, "proposal-is-over");

    long raced = proposed(first, "corrections", correction(-100, "두 번 승인"));
    var third = town.town.holder(await(town.town.gateway().createOperatorKey()));
    var statuses = new ConcurrentLinkedQueue<Integer>();
    var threads =
        List.of(second, third).stream()
            .map(
                one ->
                    Thread.ofVirtual()
                        .start(
                            () ->
                                statuses.add(
                                    decides(one, "corrections", raced, "approval").status())))
            .toList();
    for (var thread : threads) thread.join();
    assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    assertThat(notices(cafe)).containsOnlyOnce("correction.approved");

    // What belongs to another merchant is not found under this one.
    var other = town.town.newShop("OTHER");
    second
        .post(path(other, "corrections") + "/" + raced + "/refusal", new JsonObject())
        .expect(404, "not-found");
  }

  private List<String> notices(Registered shop) {
    return town
        .town
        .shop(shop)
        .get("/v1/merchant/notices?limit=100")
        .expect(200)
        .json()
        .getJsonArray("items")
        .stream()
        .map(one -> ((JsonObject) one).getString("type"))
        .toList();
  }

  @Test
  void a_correction_counts_for_the_day_of_its_approval_and_never_for_one_that_is_over() {
    fundApprovers();
    anna.pay(cafe.merchant().account(), 5_000, "").expect(200);
    long late = proposed(first, "corrections", correction(-200, "=1+1;\"'| 어제의 빵"));
    var before = town.endDay();
    town.settle(office);
    assertThat(settled(before).getLong("adjustments")).isZero();

    decides(second, "corrections", late, "approval").expect(200);
    agree("corrections", correction(1_000, "사과의 뜻으로"));
    anna.pay(cafe.merchant().account(), 2_000, "").expect(200);
    var day = town.endDay();
    town.settle(office);

    var shown = settled(day);
    assertThat(shown.getLong("adjustments")).isEqualTo(800);
    assertThat(shown.getLong("payout")).isEqualTo(2_800);
    assertThat(shown.getString("status")).isEqualTo("paid");
    assertThat(shown.getJsonArray("corrections")).hasSize(2);
    assertThat(shown.getJsonArray("corrections").getJsonObject(0).getString("reason"))
        .isEqualTo("=1+1;\"'| 어제의 빵");
    assertThat(settled(before).getJsonArray("corrections")).isEmpty();

    var csv = file(day, "csv");
    assertThat(csv).isEqualTo(file(day, "csv"));
    assertThat(new String(csv, StandardCharsets.UTF_8))
        .contains("'=1+1;")
        .contains("사과의 뜻으로")
        .contains(",조정,1000,0,");
    assertThat(Hash.sha256(file(day, "pdf"))).isEqualTo(Hash.sha256(file(day, "pdf")));
    assertThat(new String(file(day, "xlsx"), StandardCharsets.ISO_8859_1)).startsWith("PK");
  }

  private byte[] file(LocalDate day, String format) {
    var path = "/v1/statements/S-COIN/" + day + "/file?lang=ko&format=" + format;
    try {
      var answer =
          Client.http()
              .send(town.town.shop(cafe).request(path).GET().build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  @Test
  void gives_nothing_that_those_who_sign_do_not_have() {
    long generous = proposed(first, "corrections", correction(1_000, "선물"));
    decides(second, "corrections", generous, "approval").expect(409, "correction-not-covered");
    fundApprovers();
    decides(second, "corrections", generous, "approval").expect(200);
    long more = proposed(first, "corrections", correction(9_001, "또 선물"));
    decides(second, "corrections", more, "approval").expect(409, "correction-not-covered");

    for (var wrong :
        List.of(
            correction(0, "nothing"),
            correction(1, " "),
            correction(1, "a\u0000b"),
            correction(1, "가".repeat(141)),
            correction(9_007_199_254_740_992L, "too much"))) {
      first.post(path(cafe, "corrections"), wrong).expect(400, "malformed-request");
    }
    first
        .post(path(cafe, "corrections"), correction(1, "r").put("asset", "NO-COIN"))
        .expect(422, "unknown-asset-here");
  }

  @Test
  void a_day_whose_operator_cannot_give_waits_for_people_and_is_not_tried_for_ever() {
    fundApprovers();
    agree("corrections", correction(1_000, "선물"));
    // As if the operator had spent what was there when it was approved.
    await(
        town.sql.run(
            "UPDATE ops.correction SET change = 20000 WHERE merchant = $1",
            cafe.merchant().id().value()));
    var day = town.endDay();
    town.settle(office);
    town.settle(office);

    assertThat(await(office.runs().ofDay(day))).hasSize(1);
    var work =
        first.get("/v1/settlement/work").expect(200).json().getJsonArray("items").getJsonObject(0);
    assertThat(work.getString("puzzle")).isEqualTo("operator-short");
  }
}
