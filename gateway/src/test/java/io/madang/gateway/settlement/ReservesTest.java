package io.madang.gateway.settlement;

import static io.madang.gateway.Person.eventually;
import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.audit.Audit;
import io.madang.gateway.engine.ChainArchive;
import io.madang.gateway.engine.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coins that are outstanding, against the money that the bank's statement shows. */
class ReservesTest {
  private static final long OPENING = 1_000_000_000_000L;

  @TempDir private static Path folders = Path.of("");
  private final Path folder;
  private final SettlingTown town;
  private final SettlementOffice office;
  private final Registered cafe;
  private final Person anna;

  /** The bank keeps a book in its folder, so each test has one of its own. */
  ReservesTest() throws IOException {
    folder = Files.createTempDirectory(folders, "bank");
    town = new SettlingTown(folder);
    office = town.office();
    cafe = town.shop("CAFE", "40123456789012", "신촌커피");
    anna = town.town.newPerson("anna", 200_000);
  }

  @AfterEach
  void end() {
    office.close();
    town.close();
  }

  /** A day is recorded when the movements until now are read, too. */
  private JsonObject of(LocalDate day) {
    eventually(
        () -> {
          await(office.wake());
          town.town.anyone().get("/v1/reserves/" + day).expect(200);
        });
    return town.town.anyone().get("/v1/reserves/" + day).expect(200).json();
  }

  private JsonArray list(String query) {
    return town.town.anyone().get("/v1/reserves" + query).expect(200).json().getJsonArray("items");
  }

  @Test
  void what_is_outstanding_when_a_day_ends_stands_beside_what_the_bank_booked() {
    town.pay(anna, cafe, 4_500);
    var first = town.endDay();
    town.settle(office);
    town.town.newPerson("bora", 30_000);
    var second = town.endDay();
    town.settle(office);

    assertThat(of(first).getLong("outstanding")).isEqualTo(200_000);
    assertThat(of(first).containsKey("booked")).isFalse();
    var then = of(second);
    assertThat(then.getLong("outstanding")).isEqualTo(200_000 - 4_500 + 30_000);
    assertThat(then.getLong("booked")).isEqualTo(OPENING - 4_500);
    assertThat(then.getLong("difference")).isEqualTo(OPENING - 4_500 - 225_500);
    assertThat(then.getJsonArray("coins"))
        .containsExactly(new JsonObject().put("asset", "S-COIN").put("outstanding", 225_500));
    assertThat(then.getJsonObject("statement").getString("file")).hasSize(64);
  }

  @Test
  void a_day_is_recorded_once_and_stays_as_it_was() {
    var day = town.endDay();
    town.settle(office);
    var before = of(day);
    town.town.newPerson("bora", 50_000);
    town.settle(office);

    assertThat(of(day)).isEqualTo(before);
    town.town.anyone().get("/v1/reserves/" + day.plusDays(1)).expect(404, "not-found");
  }

  @Test
  void days_on_which_nobody_looked_are_recorded_later() {
    var first = town.endDay();
    var second = town.endDay();
    var third = town.endDay();
    of(third);

    assertThat(list("").size()).isEqualTo(3);
    assertThat(list("?limit=1&cursor=" + second))
        .first()
        .extracting(one -> ((JsonObject) one).getString("day"))
        .isEqualTo(first.toString());
    town.town.anyone().get("/v1/reserves?cursor=tomorrow").expect(400, "malformed-request");
    town.town.anyone().get("/v1/reserves/2026-02-30").expect(400, "malformed-request");
  }

  @Test
  void the_last_statement_of_a_day_counts_and_the_same_one_again_changes_nothing()
      throws IOException {
    var day = town.endDay();
    await(office.wake());
    town.bank.closeDay(day);
    await(office.wake());
    assertThat(of(day).getLong("booked")).isEqualTo(OPENING);

    town.bank.deposit("late", 1_000);
    town.bank.closeDay(day);
    town.bank.closeDay(day);
    await(office.wake());
    assertThat(of(day).getLong("booked")).isEqualTo(OPENING + 1_000);
    assertThat(of(day).getLong("difference")).isEqualTo(OPENING + 1_000 - 200_000);
  }

  @Test
  void a_statement_of_another_account_is_no_reserve() throws IOException {
    var other = new SamplePayoutBank(folder, "999999", 77);
    var day = town.endDay();
    other.closeDay(day);
    await(office.wake());

    assertThat(of(day).containsKey("booked")).isFalse();
  }

  @Test
  void an_auditor_computes_the_same_from_the_chain_alone() throws IOException {
    town.pay(anna, cafe, 4_500);
    town.endDay();
    town.settle(office);
    var day = town.endDay();
    town.settle(office);
    // What comes after the day is not counted.
    town.town.newPerson("bora", 30_000);
    var said = of(day);

    var export = folder.resolve("chain.jsonl");
    try (var archive = ChainArchive.open(town.town.database(), Channel.PAYMENTS);
        var out = Files.newOutputStream(export)) {
      archive.export(out);
    }
    assertThat(Audit.audit(export, said.getLong("height")))
        .isInstanceOfSatisfying(
            Audit.Result.Right.class,
            right -> {
              assertThat(right.height()).isEqualTo(said.getLong("height"));
              assertThat(right.assets())
                  .hasEntrySatisfying(
                      "S-COIN",
                      books ->
                          assertThat(books.issued() - books.redeemed())
                              .isEqualTo(said.getLong("outstanding"))
                              .isEqualTo(195_500));
            });
  }
}
