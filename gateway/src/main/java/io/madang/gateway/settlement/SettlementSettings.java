package io.madang.gateway.settlement;

import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BankingDays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * How an operator settles.
 *
 * @param payer the account that pays, and whose name stands in the files; without one no day is
 *     ever settled
 * @param bank where files go; without one they wait to be fetched by hand
 * @param deposits where money goes that came in
 * @param approvers who signs without being asked, for demos
 * @param bankingDays when banks pay
 * @param silence after this long without news the bank is asked
 * @param changeWait how long a merchant's new bank account waits before it counts; the first one
 *     does not
 */
public record SettlementSettings(
    Optional<BankAccount> payer,
    Optional<PayoutBank> bank,
    Deposits deposits,
    Approvers approvers,
    BankingDays bankingDays,
    Duration silence,
    Duration changeWait) {

  /** No settlement. */
  public static SettlementSettings none() {
    return new SettlementSettings(
        Optional.empty(),
        Optional.empty(),
        Deposits.LEFT_TO_PEOPLE,
        Approvers.PEOPLE,
        korea(),
        Duration.ofHours(4),
        Duration.ofDays(1));
  }

  /** Settlement from this account. */
  public SettlementSettings payingFrom(BankAccount account) {
    return new SettlementSettings(
        Optional.of(account), bank, deposits, approvers, bankingDays, silence, changeWait);
  }

  /** The same with a bank. */
  public SettlementSettings withBank(PayoutBank newBank) {
    return new SettlementSettings(
        payer, Optional.of(newBank), deposits, approvers, bankingDays, silence, changeWait);
  }

  /** The same with money that comes in taken there. */
  public SettlementSettings takingIn(Deposits newDeposits) {
    return new SettlementSettings(
        payer, bank, newDeposits, approvers, bankingDays, silence, changeWait);
  }

  /** The same with approvers whose keys are at hand. */
  public SettlementSettings withApprovers(Approvers newApprovers) {
    return new SettlementSettings(
        payer, bank, deposits, newApprovers, bankingDays, silence, changeWait);
  }

  /** The same, asking after another time. */
  public SettlementSettings withSilence(Duration newSilence) {
    return new SettlementSettings(
        payer, bank, deposits, approvers, bankingDays, newSilence, changeWait);
  }

  private static BankingDays korea() {
    try (var in = BankingDays.class.getResourceAsStream("bank-holidays-kr.txt")) {
      return BankingDays.read(
          new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
