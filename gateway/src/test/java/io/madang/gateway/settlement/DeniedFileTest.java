package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.settlement.SamplePayoutBank.Mood;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bank that never had a file, and says so to people only. */
class DeniedFileTest {
  @TempDir private static Path folder = Path.of("");
  private static final AtomicInteger BANKS = new AtomicInteger();
  private final Path bank = folder.resolve("bank-" + BANKS.incrementAndGet());
  private final SettlingTown town = new SettlingTown(bank);
  private final SettlementOffice office = town.office();
  private final Registered cafe = town.shop("CAFE", "40123456789012", "신촌커피");
  private final Client first = town.town.operator();
  private final Client second = town.town.holder(await(town.town.gateway().createOperatorKey()));

  @AfterEach
  void end() {
    office.close();
    town.close();
  }

  private LocalDate aDay(Mood mood) {
    town.bank.setMood(mood);
    var anna = town.town.newPerson("anna", 10_000);
    anna.pay(cafe.merchant().account(), 5_000, "").expect(200);
    var day = town.endDay();
    town.settle(office);
    return day;
  }

  private Client.Answer denies(Client operator, LocalDate day) {
    return operator.post("/v1/settlement/runs/" + town.run(day) + "/denial", new JsonObject());
  }

  @Test
  void its_payouts_are_void_when_two_operators_say_so_and_go_out_once_by_another_attempt()
      throws IOException {
    var day = aDay(Mood.IS_CLOSED);
    assertThat(denies(first, day).expect(202).json().getBoolean("confirmed")).isFalse();
    denies(first, day).expect(409, "proposal-of-your-own");
    town.settle(office);
    assertThat(town.settlement(cafe, day).getString("status")).isEqualTo("on-its-way");

    assertThat(denies(second, day).expect(202).json().getBoolean("confirmed")).isTrue();
    town.settle(office);
    var returned = town.settlement(cafe, day);
    assertThat(returned.getString("status")).isEqualTo("returned");
    assertThat(returned.getJsonObject("returned").getBoolean("coinsAreBack")).isTrue();
    // The bank cannot come for it later.
    try (var left = Files.list(bank.resolve("outbox"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".xml"));
    }

    town.bank.setMood(Mood.PAYS);
    await(office.retry(town.run(day)));
    town.settle(office);
    var paid = town.settlement(cafe, day);
    assertThat(paid.getString("status")).isEqualTo("paid");
    assertThat(paid.getInteger("attempt")).isEqualTo(2);
    assertThat(town.bank.paid()).containsOnlyKeys(paid.getString("payoutId"));
  }

  @Test
  void nobody_denies_a_file_of_which_the_bank_has_spoken() {
    var day = aDay(Mood.PAYS);
    denies(first, day).expect(409, "file-not-unheard-of");
    assertThat(town.settlement(cafe, day).getString("status")).isEqualTo("paid");
  }

  @Test
  void two_who_say_so_at_once_agree() throws InterruptedException {
    var day = aDay(Mood.IS_CLOSED);
    var statuses = new ConcurrentLinkedQueue<Boolean>();
    var threads =
        List.of(first, second).stream()
            .map(
                one ->
                    Thread.ofVirtual()
                        .start(
                            () ->
                                statuses.add(
                                    denies(one, day).expect(202).json().getBoolean("confirmed"))))
            .toList();
    for (var thread : threads) thread.join();
    assertThat(statuses).containsExactlyInAnyOrder(false, true);
  }
}
