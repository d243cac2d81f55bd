package io.madang.gateway.settlement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.SettledUntil;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.settlement.FeeSchedule;
import io.madang.payment.settlement.MerchantTerms;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** With what every merchant goes into a run. For a thread that may wait. */
final class MerchantBook {
  /** Nothing is ever paid out to whoever has no bank account: it is carried. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final int ASKED_AT_ONCE = 500;

  private final Sql sql;
  private final Engine<Ledger> engine;
  private final MerchantRegistry merchants;
  private final BankAccounts accounts;
  private final Agreements agreements;
  private final DayStore days;

  MerchantBook(
      Sql sql,
      Engine<Ledger> engine,
      MerchantRegistry merchants,
      BankAccounts accounts,
      Agreements agreements,
      DayStore days) {
    this.sql = sql;
    this.engine = engine;
    this.merchants = merchants;
    this.accounts = accounts;
    this.agreements = agreements;
    this.days = days;
  }

  /** What the chain knows of a merchant. */
  record Standing(long carried, long redeemable) {
    static final Standing NONE = new Standing(0, 0);
  }

  /** Terms by account, and the bank account that each payout goes to. */
  record Pages(Map<AccountId, MerchantTerms> terms, Map<AccountId, Long> bankAccounts) {
    Optional<Long> bankAccount(AccountId account) {
      return Optional.ofNullable(bankAccounts.get(account));
    }
  }

  /** The terms of all merchants for a day. */
  Pages open(AssetCode asset, LocalDate day, long endMillis) {
    var all = merchants.all();
    var standings = standings(all.stream().map(Merchant::account).toList(), asset);
    agreements.untilNow().await();
    var fees = fees();
    var corrections = agreements.corrections(asset, day).await();
    var effective = accounts.effective(endMillis).await();
    var owed = new HashMap<AccountId, Long>();
    days.owed(asset, day).await().forEach(one -> owed.put(one.account(), one.amount()));
    var terms = new HashMap<AccountId, MerchantTerms>();
    var bankAccounts = new HashMap<AccountId, Long>();
    for (var merchant : all) {
      var account = merchant.account();
      var number = effective.get(merchant.id());
      if (number != null) bankAccounts.put(account, number);
      var standing = standings.getOrDefault(account, Standing.NONE);
      terms.put(
          account,
          new MerchantTerms(
              standing.carried(),
              owed.getOrDefault(account, 0L),
              standing.redeemable(),
              fees.getOrDefault(merchant.id(), FeeSchedule.FREE),
              corrections.getOrDefault(merchant.id(), List.of()),
              leastPayout(number != null)));
    }
    return new Pages(terms, bankAccounts);
  }

  static long leastPayout(boolean hasBankAccount) {
    return hasBankAccount ? 1 : NEVER;
  }

  /** What the chain knows of accounts, asked in parts: between two of them blocks are made. */
  Map<AccountId, Standing> standings(List<AccountId> wanted, AssetCode asset) {
    var standings = new HashMap<AccountId, Standing>();
    for (int from = 0; from < wanted.size(); from += ASKED_AT_ONCE) {
      var part = wanted.subList(from, Math.min(wanted.size(), from + ASKED_AT_ONCE));
      standings.putAll(
          engine
              .ask(
                  ledger -> {
                    var answers = new HashMap<AccountId, Standing>();
                    for (var account : part) {
                      var settled = ledger.view().settledUntil(account, asset);
                      answers.put(
                          account,
                          new Standing(
                              settled.map(SettledUntil::carried).orElse(0L),
                              ledger.view().balance(account, asset).available()));
                    }
                    return Map.copyOf(answers);
                  })
              .await());
    }
    return standings;
  }

  private Map<MerchantId, FeeSchedule> fees() {
    var rates = new HashMap<MerchantId, Map<LocalDate, Integer>>();
    sql.run("SELECT merchant, from_day, basis_points FROM ops.merchant_fee")
        .await()
        .forEach(
            row ->
                rates
                    .computeIfAbsent(
                        new MerchantId(row.getString("merchant")), _ -> new HashMap<>())
                    .put(row.getLocalDate("from_day"), row.getInteger("basis_points")));
    var schedules = new HashMap<MerchantId, FeeSchedule>();
    rates.forEach((merchant, ofDay) -> schedules.put(merchant, new FeeSchedule(ofDay)));
    return Map.copyOf(schedules);
  }
}
