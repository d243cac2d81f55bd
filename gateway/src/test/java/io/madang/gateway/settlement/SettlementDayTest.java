package io.madang.gateway.settlement;

import static io.madang.gateway.Person.eventually;
import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.MerkleTree;
import io.madang.gateway.Person;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.account.Movement;
import io.madang.ledger.Settlement;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of three shops, from their captures to what the bank booked. */
class SettlementDayTest {
  @TempDir private static Path folder = Path.of("");
  private final SettlingTown town = new SettlingTown(folder.resolve("bank"));
  private final SettlementOffice office = town.office();
  private Registered cafe;
  private Registered closed;
  private Registered homeless;
  private Person anna;

  SettlementDayTest() {
    cafe = town.shop("CAFE", "40123456789012", "=1+1;신촌\"커피<&>");
    closed = town.shop("CLOSED", "4012345678" + SamplePayoutBank.CLOSED_ACCOUNT, "닫힌 가게");
    homeless = town.town.newShop("NOWHERE");
    anna = town.town.newPerson("anna", 200_000);
  }

  @BeforeEach
  void a_day() {
    var intent = town.pay(anna, cafe, 4_500);
    town.pay(anna, cafe, 12_000);
    town.town
        .shop(cafe)
        .post("/v1/intents/" + intent + "/refunds", new JsonObject().put("amount", 500))
        .expect(201);
    town.pay(anna, closed, 3_000);
    town.pay(anna, homeless, 7_000);
  }

  @AfterEach
  void end() {
    office.close();
    town.close();
  }

  @Test
  void pays_what_is_due_and_shows_it_to_the_merchant() {
    var day = town.endDay();
    town.settle(office);

    var run = await(office.runs().byId(town.run(day))).orElseThrow();
    assertThat(run.stage()).hasToString("CLOSED");
    var paid = town.settlement(cafe, day);
    assertThat(paid.getString("status")).isEqualTo("paid");
    assertThat(paid.getLong("captures")).isEqualTo(16_500);
    assertThat(paid.getLong("refunds")).isEqualTo(500);
    assertThat(paid.getLong("payout")).isEqualTo(16_000);
    assertThat(town.bank.paid())
        .containsOnly(java.util.Map.entry(paid.getString("payoutId"), 16_000L));
    assertThat(balance(cafe)).isZero();
    eventually(() -> assertThat(movements(cafe)).contains("payout"));
  }

  @Test
  void the_lines_of_the_statement_prove_the_root_on_the_chain() {
    var day = town.endDay();
    town.settle(office);

    var leaves = new ArrayList<byte[]>();
    String cursor = "";
    do {
      var page =
          town.town
              .shop(cafe)
              .get("/v1/settlements/S-COIN/" + day + "/lines?limit=2" + cursor)
              .expect(200)
              .json();
      for (var item : page.getJsonArray("items")) {
        var line = (JsonObject) item;
        leaves.add(
            Settlement.leaf(Movement.position(line.getString("position")), line.getLong("change")));
      }
      cursor = page.containsKey("next") ? "&cursor=" + page.getString("next") : "";
    } while (!cursor.isEmpty());
    assertThat(leaves).hasSize(3);
    assertThat(town.settlement(cafe, day).getString("root"))
        .isEqualTo(MerkleTree.rootOf(leaves).toString());
  }

  @Test
  void a_payout_to_a_closed_account_comes_back_and_is_paid_anew_after_the_account_was_changed() {
    var day = town.endDay();
    town.settle(office);
    var returned = town.settlement(closed, day);
    assertThat(returned.getString("status")).isEqualTo("returned");
    assertThat(returned.getJsonObject("returned").getString("reason")).isEqualTo("AC04");
    assertThat(returned.getJsonObject("returned").getBoolean("coinsAreBack")).isTrue();
    assertThat(balance(closed)).isEqualTo(3_000);
    eventually(() -> assertThat(movements(closed)).contains("payout-void"));

    var account = new io.madang.payment.iso20022.BankAccount("020", "40123456789", "닫힌 가게");
    await(office.accounts().propose(closed.merchant(), account, "one"));
    await(office.accounts().confirm(closed.merchant(), "two", town.clock.millis() - 1));
    var next = await(office.retry(town.run(day))).orElseThrow();
    town.settle(office);

    assertThat(next).isEqualTo(town.run(day).next());
    var paid = town.settlement(closed, day);
    assertThat(paid.getInteger("attempt")).isEqualTo(2);
    assertThat(paid.getString("status")).isEqualTo("paid");
    assertThat(paid.getString("payoutId")).isNotEqualTo(returned.getString("payoutId"));
    assertThat(town.bank.paid()).containsEntry(paid.getString("payoutId"), 3_000L);
    assertThat(balance(closed)).isZero();
  }

  @Test
  void what_was_not_paid_is_paid_with_the_next_day() {
    town.endDay();
    town.settle(office);
    assertThat(balance(homeless)).isEqualTo(7_000);

    var account = new io.madang.payment.iso20022.BankAccount("020", "40123456789", "새 가게");
    await(office.accounts().propose(homeless.merchant(), account, "one"));
    await(office.accounts().confirm(homeless.merchant(), "two", town.clock.millis()));
    town.pay(anna, homeless, 1_000);
    var day = town.endDay();
    town.settle(office);

    var paid = town.settlement(homeless, day);
    assertThat(paid.getLong("carriedBefore")).isEqualTo(7_000);
    assertThat(paid.getLong("payout")).isEqualTo(8_000);
    assertThat(paid.getString("status")).isEqualTo("paid");
  }

  @Test
  void a_shop_that_has_spent_its_coins_before_the_close_is_recorded_is_paid_what_is_left() {
    var day = town.endDay();
    var once = new boolean[1];
    var late =
        town.office(
            settings -> settings,
            step -> {
              // A refund comes between what was computed and what is recorded.
              if (step.endsWith("COMPUTED") && !once[0]) {
                once[0] = true;
                town.town
                    .shop(cafe)
                    .post(
                        "/v1/intents/" + lastIntent() + "/refunds",
                        new JsonObject().put("amount", 12_000))
                    .expect(201);
              }
            });
    town.settle(late);
    late.close();

    var paid = town.settlement(cafe, day);
    assertThat(paid.getLong("payout")).isEqualTo(4_000);
    assertThat(paid.getLong("carried")).isEqualTo(12_000);
    assertThat(paid.getString("status")).isEqualTo("paid");
    assertThat(balance(cafe)).isZero();
  }

  private String lastIntent() {
    return town.town
        .shop(cafe)
        .get("/v1/intents")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getJsonObject(0)
        .getString("id");
  }

  @Test
  void the_file_is_valid_and_nothing_in_a_name_does_harm() {
    var day = town.endDay();
    await(office.wake());

    var file =
        await(office.runs().byId(town.run(day)).compose(run -> office.file(run.orElseThrow())))
            .orElseThrow();
    var text = new String(file, StandardCharsets.UTF_8);
    assertThat(text).contains("<Nm>1 1 신촌 커피</Nm>").contains("<NbOfTxs>2</NbOfTxs>");
    assertThat(text).contains("<CtrlSum>19000</CtrlSum>").doesNotContain("=1+1");
    PainSchema.requireValid(file);
  }

  @Test
  void no_account_number_stands_in_the_database_in_clear() {
    town.endDay();
    town.settle(office);

    var numbers = java.util.List.of("40123456789012", SettlingTown.PAYER.number());
    assertThat(numbers).allSatisfy(number -> assertThat(tablesWith(number)).isEmpty());
    // The search itself does find what is there, as text and in bytes.
    assertThat(tablesWith("신촌커피")).contains("ops.merchant");
    assertThat(tablesWith("\"payment\":")).contains("chain.block");
  }

  @Test
  void a_file_that_an_earlier_version_kept_in_clear_is_sealed_and_still_shown() {
    var day = town.endDay();
    town.settle(office);
    var run = await(office.runs().byId(town.run(day))).orElseThrow();
    var file = await(office.file(run)).orElseThrow();
    await(
        town.sql.run(
            "UPDATE ops.bank_file SET content = $2, is_sealed = false WHERE hash = $1",
            io.madang.gateway.database.Columns.of(run.closing().file()),
            io.vertx.core.buffer.Buffer.buffer(file)));
    assertThat(tablesWith("40123456789012")).containsExactly("ops.bank_file");
    assertThat(await(office.file(run))).hasValue(file);

    await(office.wake());

    assertThat(tablesWith("40123456789012")).isEmpty();
    assertThat(await(office.file(run))).hasValue(file);
  }

  /** The tables in which some row has the words, as text or as bytes. */
  private java.util.List<String> tablesWith(String words) {
    var hex = java.util.HexFormat.of().formatHex(words.getBytes(StandardCharsets.UTF_8));
    var found = new ArrayList<String>();
    for (var table :
        await(
            town.sql.run(
                "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables"
                    + " WHERE table_schema IN ('ops', 'chain', 'votes') AND table_type = 'BASE"
                    + " TABLE'"))) {
      var name = table.getString("name");
      var rows =
          await(
              town.sql.run(
                  "SELECT FROM "
                      + name
                      + " AS r WHERE position($1 IN r::text) > 0 OR position($2 IN r::text) > 0"
                      + " LIMIT 1",
                  words,
                  hex));
      if (rows.size() > 0) found.add(name);
    }
    return found;
  }

  @Test
  void a_merchant_sees_nothing_of_another() {
    var day = town.endDay();
    town.settle(office);
    var other = town.town.shop(town.town.newShop("OTHER"));

    other.get("/v1/settlements/S-COIN/" + day).expect(404, "not-found");
    other.get("/v1/settlements/S-COIN/" + day + "/lines").expect(404, "not-found");
    assertThat(other.get("/v1/settlements").expect(200).json().getJsonArray("items")).isEmpty();
    other.get("/v1/settlement/runs").expect(403, "forbidden");
  }

  private long balance(Registered shop) {
    return await(
        town.town
            .engine()
            .ask(
                ledger ->
                    ledger
                        .view()
                        .balance(shop.merchant().account(), SettlingTown.COIN)
                        .available()));
  }

  private java.util.List<String> movements(Registered shop) {
    var kinds = new ArrayList<String>();
    await(
            town.sql.run(
                "SELECT kind FROM ops.movement WHERE payer = $1 OR payee = $1",
                io.madang.gateway.database.Columns.of(shop.merchant().account())))
        .forEach(row -> kinds.add(row.getString("kind")));
    return kinds;
  }
}
