package io.madang.payment.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.iso20022.CreditTransfer;
import io.madang.payment.iso20022.CreditTransferFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;

/**
 * Prints how long the close of a day of 1,000,000 captures and 20,000 refunds over 10,000 merchants
 * takes, from the chain's results to the payout file, without storage and signatures. Not a test;
 * run its {@code main} with {@code -Xmx512m}.
 */
final class Speed {
  private Speed() {}

  public static void main(String[] arguments) throws IOException {
    int merchants = 10_000;
    int transactions = 1_020_000;
    var day = LocalDate.of(2026, 1, 5);
    var coin = new AssetCode("S-COIN");
    var terms = new HashMap<AccountId, MerchantTerms>();
    for (int i = 0; i < merchants; i++) {
      var fees = FeeSchedule.always(50);
      terms.put(account(i), new MerchantTerms(0, 0, 1L << 50, fees, List.of(), 1));
    }
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      var run =
          new SettlementRun(
              day,
              coin,
              BusinessDays.SEOUL,
              terms,
              _ -> new SettlementRun.Paid(1_000_000, day.minusDays(1)));
      long lines = 0;
      for (int i = 0; i < transactions; i++) {
        var position = new Position(1 + i / 2_000, i % 2_000);
        for (var posting :
            Postings.of(position, BusinessDays.SEOUL.beginMillis(day), result(i, merchants))) {
          lines += run.add(posting).isPresent() ? 1 : 0;
        }
      }
      var result = run.finish();
      var out = new StringBuilder();
      var header =
          new CreditTransferFile.Header(
              "MDG-1",
              Instant.EPOCH,
              day.plusDays(1),
              "Madang",
              new BankAccount("088", "11012345678901", "Madang"));
      var totals =
          new CreditTransferFile(header)
              .write(
                  each ->
                      result.days().stream()
                          .filter(one -> one.payout() > 0)
                          .forEach(
                              one ->
                                  each.accept(
                                      new CreditTransfer(
                                          PayoutId.of("town-1", one.settlement("run")),
                                          one.payout(),
                                          new BankAccount("004", "40123456789012", "신촌커피"),
                                          "Settlement " + day))),
                  out);
      System.out.printf(
          "%,d lines, %,d payouts, %,d bytes of file: %,d ms%n",
          lines, totals.count(), out.length(), (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static AccountId account(long number) {
    return new AccountId(77, number * 0x9E3779B97F4A7C15L);
  }

  private static byte[] result(int i, int merchants) {
    var shop = account(i % merchants);
    var person = account(1_000_000 + i % 50_000);
    var text =
        i % 51 == 50
            ? "{\"refund\":{\"amount\":%d,\"asset\":\"S-COIN\",\"payee\":\"%s\",\"payer\":\"%s\",\"payment\":\"1.%d\",\"refunded\":%d}}"
                .formatted(1 + i % 999, person, shop, i % 2_000, 1 + i % 999)
            : "{\"payment\":{\"amount\":"
                + (100 + i % 9_999)
                + ",\"asset\":\"S-COIN\",\"payee\":\""
                + shop
                + "\",\"payer\":\""
                + person
                + "\"}}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
