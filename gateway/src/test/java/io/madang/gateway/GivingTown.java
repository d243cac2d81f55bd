package io.madang.gateway;

import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.Words.ProgrammeApproval;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A town whose hall gives by programmes: it sells gift certificates and adds to charges. */
final class GivingTown implements AutoCloseable {
  static final AssetCode COIN = new AssetCode("S-COIN");
  static final AssetCode GIFT = new AssetCode("SINCHON");
  static final long LOT = 10_000;
  static final Amount PRICE = new Amount(9_000, COIN);

  /** As much as one test may give. */
  private static final long FUND = 1_000_000_000;

  private static final AtomicInteger REFERENCES = new AtomicInteger();

  private final Ahead clock = new Ahead();
  private final Town town;

  /** A clock that a test moves forward. */
  private static final class Ahead extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("always UTC");
    }
  }

  /** A town in this database; its hall has no funds yet. */
  GivingTown(DatabaseAddress address) {
    town =
        new Town(
            address,
            clock,
            configuration -> configuration.withRates(Town.NO_RATES),
            List.of(COIN.value(), GIFT.value() + ":voucher"));
  }

  /** A town whose hall has funds of both. */
  static GivingTown funded(DatabaseAddress address) {
    var giving = new GivingTown(address);
    giving.issue(giving.hall(), new Amount(FUND, GIFT));
    giving.issue(giving.hall(), new Amount(FUND, COIN));
    return giving;
  }

  Town town() {
    return town;
  }

  long nowMillis() {
    return clock.millis();
  }

  void forward(Duration more) {
    clock.ahead = clock.ahead.plus(more);
  }

  AccountId hall() {
    return AccountId.of(Town.key("town hall").publicKey());
  }

  /** Gives an account something new, with both approvals. */
  void issue(AccountId to, Amount amount) {
    var reference = "T-" + System.nanoTime() + "-" + REFERENCES.incrementAndGet();
    var approval = sign("university", "issue.approval", Operations.approval(to, amount, reference));
    submit(sign("bank", "asset.issue", Operations.issue(to, amount, List.of(approval), reference)))
        .expect(200);
  }

  /** Somebody with coins, without waiting for a bank. */
  Person newPerson(String name, long coins) {
    var person = town.newPerson(name, 0);
    if (coins > 0) issue(person.account(), new Amount(coins, COIN));
    return person;
  }

  /** Terms of a sale of so many lots. */
  ProgrammeApproval sale(String code, long fromMillis, long untilMillis, int lots) {
    return words(
        code,
        ProgrammeKind.SALE,
        GIFT,
        new ProgrammeTerms(
            fromMillis, untilMillis, 0, LOT, Optional.of(PRICE), LOT, 0, lots * LOT));
  }

  ProgrammeApproval words(String code, ProgrammeKind kind, AssetCode asset, ProgrammeTerms terms) {
    return new ProgrammeApproval(new ProgrammeCode(code), kind, hall(), asset, terms);
  }

  /** The hall offers it, and both approvers agree. */
  void set(ProgrammeApproval words) {
    var approvals =
        List.of(
            sign("bank", "programme.approval", Operations.programmeApproval(words)),
            sign("university", "programme.approval", Operations.programmeApproval(words)));
    submit(sign("town hall", "programme.set", Operations.setProgramme(words, approvals)))
        .expect(200);
  }

  /** A sale that opens in a moment, and has opened when this returns. */
  void open(String code, int lots) {
    long from = nowMillis() + 60_000;
    set(sale(code, from, from + Duration.ofDays(1).toMillis(), lots));
    forward(Duration.ofMinutes(2));
  }

  static io.madang.chain.json.JsonObject purchase(String code) {
    return Operations.buy(new ProgrammeCode(code), PRICE);
  }

  /** Signed words of somebody who wants a lot. */
  static String buying(Person person, String code) {
    return person.sign("sale.buy", purchase(code));
  }

  Client.Answer buy(Person person, String code) {
    return submit(buying(person, code));
  }

  Statement sign(String name, String purpose, io.madang.chain.json.JsonObject operation) {
    return new StatementSigner(Town.key(name))
        .sign(
            new Statement.Payload(
                Town.CHAIN,
                new StatementId(Person.newId()),
                purpose,
                nowMillis() + 60_000,
                operation));
  }

  Client.Answer submit(Statement statement) {
    return submit(statement.text());
  }

  Client.Answer submit(String statement) {
    return town.anyone().post("/v1/transactions", new JsonObject().put("transaction", statement));
  }

  @Override
  public void close() {
    town.close();
  }
}
