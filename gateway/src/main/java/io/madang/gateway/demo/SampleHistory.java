package io.madang.gateway.demo;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.Gateway;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.settlement.SamplePayoutBank;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Two weeks of a shop and a bakery before the demo begins, so that lists and statements have
 * something to show: paid by people through the chain, closed and paid out each day. The last day
 * is left to be settled by whoever looks.
 */
public final class SampleHistory {
  /** How many days lie before the demo's own. */
  public static final int DAYS = 14;

  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final List<Integer> HOURS = List.of(8, 10, 12, 13, 15, 18, 20);
  private static final List<Long> PRICES = List.of(3_800L, 4_500L, 5_000L, 6_300L, 9_000L, 12_000L);
  private static final int PEOPLE = 6;

  private final Gateway gateway;
  private final Engine<Ledger> engine;
  private final HistoryClock clock;
  private final SamplePayoutBank bank;
  private final SigningKey enroller;
  private final List<SigningKey> approvers;
  private final LocalDate today;

  /** Who pays is made up anew, what is paid is the same in every demo. */
  private final Random random = new Random(20_261_122);

  private long statements;

  /** A history up to yesterday. */
  public SampleHistory(
      Gateway gateway,
      Engine<Ledger> engine,
      HistoryClock clock,
      SamplePayoutBank bank,
      SigningKey enroller,
      List<SigningKey> approvers,
      LocalDate today) {
    this.gateway = gateway;
    this.engine = engine;
    this.clock = clock;
    this.bank = bank;
    this.enroller = enroller;
    this.approvers = List.copyOf(approvers);
    this.today = today;
  }

  /** When a history that ends today has to begin. */
  public static Instant begin(LocalDate today) {
    return Instant.ofEpochMilli(BusinessDays.SEOUL.beginMillis(today.minusDays(DAYS)));
  }

  /**
   * Makes the history and lets the clock catch up.
   *
   * @param shops who are paid
   */
  public void make(List<Registered> shops) throws IOException {
    int number = 0;
    for (var shop : shops) {
      var account = account(shop, number++);
      gateway
          .settlements()
          .agreeOnAccount(shop.merchant(), account, "sample 1", "sample 2")
          .await();
    }
    var people = people();
    for (int ago = DAYS; ago >= 1; ago--) {
      var day = today.minusDays(ago);
      for (int hour : HOURS) {
        show(day, hour);
        pay(people, shops);
      }
      if (ago > 1) settle(day);
    }
    clock.catchUp();
  }

  private void show(LocalDate day, int hour) {
    var begin = Instant.ofEpochMilli(BusinessDays.SEOUL.beginMillis(day));
    clock.show(begin.plus(Duration.ofHours(hour)));
  }

  /** The second one's account is closed, so that people see what happens then. */
  private static BankAccount account(Registered shop, int number) {
    var digits = number == 1 ? SamplePayoutBank.CLOSED_ACCOUNT : "012";
    return new BankAccount(
        "004", "4012345678" + number + digits, shop.merchant().listing().koreanName());
  }

  private List<StatementSigner> people() {
    show(today.minusDays(DAYS), 1);
    var people = new ArrayList<StatementSigner>();
    var opened = new ArrayList<Future<Answer>>();
    for (int i = 0; i < PEOPLE; i++) {
      var seed = ("sample person " + i).getBytes(StandardCharsets.US_ASCII);
      var person = new StatementSigner(SigningKey.ed25519(Hash.sha256(seed).bytes()));
      people.add(person);
      long expires = clock.millis() + Duration.ofDays(365).toMillis();
      var request =
          sign(
              person,
              "account.request",
              Operations.accountRequest(AccountKind.PERSON, "phone", expires));
      opened.add(
          submit(
              new StatementSigner(enroller),
              "account.open",
              Operations.openAccount(AccountKind.PERSON, Limits.NONE, request)));
    }
    require(opened);
    var issued = new ArrayList<Future<Answer>>();
    for (int i = 0; i < PEOPLE; i++) {
      var account = AccountId.of(people.get(i).publicKey());
      var amount = new Amount(3_000_000, COIN);
      var reference = "history-" + i;
      bank.deposit(reference, amount.minorUnits());
      var approval =
          sign(
              new StatementSigner(approvers.get(1)),
              "issue.approval",
              Operations.approval(account, amount, reference));
      issued.add(
          submit(
              new StatementSigner(approvers.get(0)),
              "asset.issue",
              Operations.issue(account, amount, List.of(approval), reference)));
    }
    require(issued);
    return people;
  }

  private void pay(List<StatementSigner> people, List<Registered> shops) {
    var paid = new ArrayList<Future<Answer>>();
    for (var shop : shops) {
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        var person = people.get(random.nextInt(people.size()));
        var amount = new Amount(PRICES.get(random.nextInt(PRICES.size())), COIN);
        paid.add(
            submit(person, "transfer", Operations.transfer(shop.merchant().account(), amount, "")));
      }
    }
    require(paid);
  }

  private void settle(LocalDate day) throws IOException {
    clock.show(Instant.ofEpochMilli(BusinessDays.SEOUL.endMillis(day)).plusSeconds(60));
    gateway.settlements().wake().await();
    if (bank.work(day.plusDays(1))) gateway.settlements().wake().await();
  }

  private Future<Answer> submit(StatementSigner signer, String purpose, JsonObject operation) {
    return engine.submit(sign(signer, purpose, operation).bytes());
  }

  private Statement sign(StatementSigner signer, String purpose, JsonObject operation) {
    var hash = Hash.sha256(("history " + statements++).getBytes(StandardCharsets.US_ASCII));
    return signer.sign(
        new Statement.Payload(
            engine.standing().chain(),
            new StatementId(HexFormat.of().formatHex(hash.bytes(), 0, 16)),
            purpose,
            clock.millis() + Duration.ofMinutes(30).toMillis(),
            operation));
  }

  private static void require(List<Future<Answer>> answers) {
    for (var answer : answers) {
      if (!(answer.await() instanceof Answer.Final)) {
        throw new IllegalStateException("the sample history was refused: " + answer.result());
      }
    }
  }
}
