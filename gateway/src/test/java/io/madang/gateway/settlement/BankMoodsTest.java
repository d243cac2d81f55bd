package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.settlement.SamplePayoutBank.Mood;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bank does, nobody is paid twice and no won is lost. */
class BankMoodsTest {
  /** In each mood. */
  private static final int DAYS = Integer.getInteger("madang.days", 20);

  @TempDir private static Path folder = Path.of("");
  private static SettlingTown town;
  private static final List<Registered> SHOPS = new ArrayList<>();
  private static Person anna;
  private static long sales;

  @BeforeAll
  static void begin() {
    town = new SettlingTown(folder.resolve("bank"));
    for (int i = 0; i < 4; i++) {
      SHOPS.add(town.shop("SHOP" + i, "4012345678901" + i, "가게 " + i));
    }
    anna = town.town.newPerson("anna", 2_000_000);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  /** A day on which some shops sell, not always the same ones. */
  private static void aDay(RandomGenerator random) {
    for (var shop : SHOPS) {
      for (int sale = random.nextInt(3); sale > 0; sale--) {
        long amount = 1L + random.nextInt(1_000);
        anna.pay(shop.merchant().account(), amount, "").expect(200);
        sales += amount;
      }
    }
    town.endDay();
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  void every_won_is_paid_once_or_still_there(Mood mood) {
    var random = new SplittableRandom(mood.name().hashCode());
    town.bank.setMood(mood);
    for (int day = 0; day < DAYS; day++) {
      aDay(random);
      settle(mood);
      requireExact(mood);
    }
    // As after a restart: nothing of it may leave again.
    settle(mood);
    requireExact(mood);

    town.bank.setMood(Mood.PAYS);
    aDay(random);
    settle(mood);
    requireExact(mood);
  }

  /** A bank that wants to be asked is asked at once. */
  private static void settle(Mood mood) {
    var silence =
        mood == Mood.WAITS_FOR_QUESTIONS || mood == Mood.IS_SILENT
            ? Duration.ZERO
            : Duration.ofHours(4);
    var office = town.office(settings -> settings.withSilence(silence), _ -> {});
    town.settle(office);
    office.close();
  }

  /** What the bank paid, what shops have, and what is on its way make up all sales. */
  private static void requireExact(Mood mood) {
    long paid = town.bank.paid().values().stream().mapToLong(Long::longValue).sum();
    long there = 0;
    for (var shop : SHOPS) {
      there +=
          await(
              town.town
                  .engine()
                  .ask(
                      ledger ->
                          ledger
                              .view()
                              .balance(shop.merchant().account(), SettlingTown.COIN)
                              .available()));
    }
    var onItsWay = new TreeSet<String>();
    long open = 0;
    for (var row :
        await(
            town.sql.run(
                "SELECT id, won FROM ops.payout WHERE void_state IS DISTINCT FROM 'done'"))) {
      if (!town.bank.paid().containsKey(row.getString("id"))) {
        onItsWay.add(row.getString("id"));
        open += row.getLong("won");
      }
    }
    assertThat(paid + there + open).as("%s: on its way %s", mood, onItsWay).isEqualTo(sales);
  }

  @Test
  void what_a_rule_cannot_decide_comes_to_a_person_once() {
    town.bank.setMood(Mood.NAMES_UNKNOWN_PAYOUTS);
    aDay(new SplittableRandom(100));
    var office = town.office();
    town.settle(office);
    var open = await(office.work().list(false, Long.MAX_VALUE, 100));
    assertThat(open).anyMatch(one -> one.getString("puzzle").equals("unknown-payout"));
    for (var one : open) {
      assertThat(await(office.work().done(one.getLong("number"), "someone", "looked"))).isPresent();
    }
    assertThat(await(office.work().list(false, Long.MAX_VALUE, 100))).isEmpty();
    office.close();
  }

  @Test
  void without_approvals_nothing_is_recorded_and_no_file_is_made() {
    town.bank.setMood(Mood.PAYS);
    aDay(new SplittableRandom(101));
    var people = town.office(settings -> settings.withApprovers(Approvers.PEOPLE), _ -> {});
    town.settle(people);
    var waiting = await(people.runs().open(SettlingTown.COIN));
    assertThat(waiting)
        .anyMatch(
            run ->
                run.stage().name().equals("COMPUTED")
                    && run.waitingFor().startsWith("approvals of "));

    // Two approvers sign with the words that the API gives them.
    for (var key : List.of("bank", "university")) {
      var wanted =
          town.town.operator().get("/v1/settlement/approvals?limit=100").expect(200).json();
      var signer = new io.madang.chain.StatementSigner(io.madang.gateway.Town.key(key));
      var statements = new io.vertx.core.json.JsonArray();
      for (var item : wanted.getJsonArray("items")) {
        var approvable = Approvable.of((io.vertx.core.json.JsonObject) item);
        statements.add(approvable.sign(signer, town.clock.millis() + 3_600_000).text());
      }
      var sent = new io.vertx.core.json.JsonObject().put("statements", statements);
      var answer = town.town.operator().post("/v1/settlement/approvals", sent).expect(200).json();
      assertThat(answer.getInteger("accepted")).as(answer.encode()).isEqualTo(statements.size());
      var again = town.town.operator().post("/v1/settlement/approvals", sent).expect(200).json();
      assertThat(again.getInteger("accepted")).isZero();
    }
    town.settle(people);
    assertThat(await(people.runs().last(SettlingTown.COIN)).orElseThrow().stage())
        .hasToString("CLOSED");
    people.close();
    requireExact(Mood.PAYS);
  }
}
