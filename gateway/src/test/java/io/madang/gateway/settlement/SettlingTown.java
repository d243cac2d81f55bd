package io.madang.gateway.settlement;

import static io.madang.gateway.Town.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Person;
import io.madang.gateway.Town;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.database.Sql;
import io.madang.gateway.database.TestPostgres;
import io.madang.gateway.event.Notices;
import io.madang.gateway.event.Outbox;
import io.madang.ledger.AssetCode;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A town with shops that are paid out, a bank at a folder, and days that a test ends. */
final class SettlingTown implements AutoCloseable {
  static final AssetCode COIN = new AssetCode("S-COIN");
  static final BankAccount PAYER = new BankAccount("088", "11012345678901", "마당시 정산계좌");

  final MovableClock clock = new MovableClock();
  final Town town;
  final Sql sql;
  final FolderBank folder;
  final SamplePayoutBank bank;
  private final MerchantRegistry merchants;

  SettlingTown(Path at) {
    this(at, List.of(COIN.value()));
  }

  SettlingTown(Path at, List<String> coins) {
    town =
        new Town(
            TestPostgres.newDatabase(),
            clock,
            configuration -> configuration.withRates(Town.NO_RATES),
            coins);
    sql = new Sql(town.pool());
    merchants = new MerchantRegistry(sql, Town.secret());
    try {
      folder = new FolderBank(at);
      bank = new SamplePayoutBank(at, PAYER.number());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  SettlementSettings settings() {
    return SettlementSettings.none()
        .payingFrom(PAYER)
        .withBank(folder)
        .withApprovers(
            new SampleApprovers(List.of(Town.key("bank"), Town.key("university")), clock));
  }

  /** An office in a process of its own, as far as it knows. */
  SettlementOffice office() {
    return office(UnaryOperator.identity(), _ -> {});
  }

  SettlementOffice office(UnaryOperator<SettlementSettings> change, Consumer<String> stepDone) {
    await(merchants.load());
    return new SettlementOffice(
        sql,
        town.engine(),
        Town.secret(),
        merchants,
        new Outbox(),
        change.apply(settings()),
        clock,
        stepDone);
  }

  /** A shop whose bank account two operators have confirmed. */
  Registered shop(String name, String number, String holder) {
    var shop = town.newShop(name);
    var accounts = new BankAccounts(sql, Town.secret(), new Notices(new Outbox()), clock);
    await(accounts.propose(shop.merchant(), new BankAccount("004", number, holder), "one"));
    assertThat(await(accounts.confirm(shop.merchant(), "two", clock.millis()))).isPresent();
    return shop;
  }

  /** A payment through an intent, that can be refunded. */
  String pay(Person person, Registered shop, long amount) {
    var intent =
        town.shop(shop)
            .post("/v1/intents", new JsonObject().put("asset", COIN.value()).put("amount", amount))
            .expect(201)
            .json()
            .getString("id");
    person.pay(shop.merchant().account(), amount, intent).expect(200);
    eventually(
        () ->
            town.shop(shop).get("/v1/intents/" + intent).json().getString("status").equals("paid"));
    return intent;
  }

  private static void eventually(Callable<Boolean> question) {
    try {
      TestPostgres.eventually(
          () -> {
            assertThat(question.call()).isTrue();
            return true;
          });
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  LocalDate today() {
    return BusinessDays.SEOUL.of(clock.millis());
  }

  /** Ends the day, and says which it was. */
  LocalDate endDay() {
    var day = today();
    await(merchants.load());
    clock.forward(Duration.ofDays(1));
    return day;
  }

  /** Lets office and bank do all that they can do now. */
  void settle(SettlementOffice office) {
    // A bank that is asked is never done; everything else is, by then.
    for (int round = 0; round < 4; round++) {
      await(office.wake());
      if (!work()) break;
    }
    await(office.wake());
  }

  boolean work() {
    try {
      return bank.work(today());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  JsonObject settlement(Registered shop, LocalDate day) {
    return town.shop(shop).get("/v1/settlements/S-COIN/" + day).expect(200).json();
  }

  RunId run(LocalDate day) {
    return new RunId(COIN, day, 1);
  }

  @Override
  public void close() {
    town.close();
  }
}
