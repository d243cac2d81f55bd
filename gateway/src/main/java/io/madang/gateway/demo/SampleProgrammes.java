package io.madang.gateway.demo;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Json;
import io.madang.gateway.programme.Fund;
import io.madang.gateway.programme.ProgrammeNames;
import io.madang.gateway.settlement.SamplePayoutBank;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetRules;
import io.madang.ledger.Attributes;
import io.madang.ledger.Ledger;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.Words.ProgrammeApproval;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A demo's points and vouchers: rules that two approvers signed, a stock of each, points for
 * paying, coins at a discount, and a sale of vouchers.
 */
public final class SampleProgrammes {
  /** The demo's points. */
  public static final AssetCode POINTS = new AssetCode("POINT");

  /** The demo's vouchers: spent in one quarter, in its shops for food and drink. */
  public static final AssetCode VOUCHERS = new AssetCode("SINCHON");

  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final String QUARTER = "KR-11-SD";
  private static final long POINT_STOCK = 10_000_000;
  private static final long DISCOUNT_STOCK = 3_000_000;
  private static final long LOT = 10_000;
  private static final int LOTS = 100;
  private static final Duration YEAR = Duration.ofDays(365);

  private final Engine<Ledger> engine;
  private final Clock clock;
  private final SamplePayoutBank bank;
  private final Fund fund;
  private final ProgrammeNames names;
  private final List<StatementSigner> approvers;
  private long statements;

  /** Programmes that these approvers sign. */
  public SampleProgrammes(
      Engine<Ledger> engine,
      Clock clock,
      SamplePayoutBank bank,
      Fund fund,
      ProgrammeNames names,
      List<SigningKey> approvers) {
    this.engine = engine;
    this.clock = clock;
    this.bank = bank;
    this.fund = fund;
    this.names = names;
    this.approvers = approvers.stream().map(StatementSigner::new).toList();
  }

  /** Makes all of it, with effect from now on. */
  public void make(List<Registered> shops) {
    var account = fund.open().await();
    // Rules begin at a block's time or later; the next block comes at once.
    long from = clock.millis() + Duration.ofMinutes(1).toMillis();
    long until = from + YEAR.toMillis();
    var sent = new ArrayList<Future<Answer>>();
    sent.add(setRules(POINTS, from, pointRules(account, until)));
    sent.add(setRules(VOUCHERS, from, voucherRules(account, until)));
    shops.forEach(shop -> sent.add(place(shop)));
    sent.add(issue(account, new Amount(POINT_STOCK, POINTS), "points-1"));
    // Shops are paid won for the vouchers, so won lie at the bank for them.
    bank.deposit("vouchers-1", LOT * (LOTS + 1));
    sent.add(issue(account, new Amount(LOT * (LOTS + 1), VOUCHERS), "vouchers-1"));
    bank.deposit("discounts-1", DISCOUNT_STOCK);
    sent.add(issue(account, new Amount(DISCOUNT_STOCK, COIN), "discounts-1"));
    for (var programme : programmes(account, from, until)) {
      sent.add(set(programme));
    }
    require(sent);
    name("EARN-1", "결제 적립 1%", "1 % back in points");
    name("CHARGE-10", "충전 10% 할인", "Charge at 10 % off");
    name("SALE-LAST", "마지막 한 장 판매", "The last voucher");
    name("SALE-SINCHON", "신촌 상품권 판매", "Sinchon voucher sale");
  }

  private static AssetRules pointRules(AccountId fund, long expires) {
    return new AssetRules(
        expires,
        Optional.of(fund),
        List.of(),
        List.of(),
        false,
        Limits.UNLIMITED,
        Limits.UNLIMITED,
        500_000,
        false);
  }

  private static AssetRules voucherRules(AccountId fund, long expires) {
    return new AssetRules(
        expires,
        Optional.of(fund),
        List.of("5462", "5499", "5812", "5814"),
        List.of(QUARTER),
        true,
        50_000,
        Limits.UNLIMITED,
        300_000,
        true);
  }

  private static List<ProgrammeApproval> programmes(AccountId fund, long from, long until) {
    return List.of(
        new ProgrammeApproval(
            new ProgrammeCode("EARN-1"),
            ProgrammeKind.EARNING,
            fund,
            POINTS,
            new ProgrammeTerms(from, until, 100, 0, Optional.empty(), 5_000, 30, 5_000_000)),
        new ProgrammeApproval(
            new ProgrammeCode("CHARGE-10"),
            ProgrammeKind.DISCOUNT,
            fund,
            COIN,
            new ProgrammeTerms(
                from, until, 1_000, 0, Optional.empty(), 50_000, 30, DISCOUNT_STOCK)),
        // A sale of one lot, so that a newcomer sees how it is to be too late.
        sale("SALE-LAST", fund, from, until, 1),
        sale("SALE-SINCHON", fund, from, until, LOTS));
  }

  private static ProgrammeApproval sale(
      String code, AccountId fund, long from, long until, long lots) {
    return new ProgrammeApproval(
        new ProgrammeCode(code),
        ProgrammeKind.SALE,
        fund,
        VOUCHERS,
        new ProgrammeTerms(
            from, until, 0, LOT, Optional.of(new Amount(9_000, COIN)), LOT, 0, LOT * lots));
  }

  private void name(String code, String korean, String english) {
    names.set(code, Json.names(korean, english)).await();
  }

  private Future<Answer> setRules(AssetCode asset, long from, AssetRules rules) {
    var approval = sign(last(), "rules.approval", Operations.rulesApproval(asset, from, rules));
    return submit(
        first(), "asset.rules", Operations.setRules(asset, from, rules, List.of(approval)));
  }

  private Future<Answer> place(Registered shop) {
    var account = shop.merchant().account();
    var attributes = new Attributes(shop.merchant().listing().category(), QUARTER);
    var approval =
        sign(last(), "attributes.approval", Operations.attributesApproval(account, attributes));
    return submit(
        first(),
        "account.attributes",
        Operations.setAttributes(account, attributes, List.of(approval)));
  }

  private Future<Answer> issue(AccountId account, Amount amount, String reference) {
    var approval = sign(last(), "issue.approval", Operations.approval(account, amount, reference));
    return submit(
        first(), "asset.issue", Operations.issue(account, amount, List.of(approval), reference));
  }

  private Future<Answer> set(ProgrammeApproval words) {
    var approvals =
        approvers.stream()
            .map(one -> sign(one, "programme.approval", Operations.programmeApproval(words)))
            .toList();
    return submit(fund.signer(), "programme.set", Operations.setProgramme(words, approvals));
  }

  private StatementSigner first() {
    return approvers.getFirst();
  }

  private StatementSigner last() {
    return approvers.getLast();
  }

  private Future<Answer> submit(StatementSigner signer, String purpose, JsonObject operation) {
    return engine.submit(sign(signer, purpose, operation).bytes());
  }

  private Statement sign(StatementSigner signer, String purpose, JsonObject operation) {
    var hash = Hash.sha256(("programmes " + statements++).getBytes(StandardCharsets.US_ASCII));
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
        throw new IllegalStateException("a sample programme was refused: " + answer.result());
      }
    }
  }
}
