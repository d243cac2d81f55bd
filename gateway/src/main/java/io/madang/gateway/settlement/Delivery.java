package io.madang.gateway.settlement;

import io.madang.chain.Hash;
import io.madang.gateway.database.Sql;
import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.iso20022.CreditTransfer;
import io.madang.payment.iso20022.CreditTransferFile;
import io.madang.payment.settlement.Closing;
import io.madang.payment.settlement.ClosingNews;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A run's payout file: made, stored, handed over once. For a thread that may wait. */
final class Delivery {
  private static final int STORE_SECONDS = 30;

  private final Sql sql;
  private final BankFiles files;
  private final BankAccounts accounts;
  private final BankAccount payer;

  Delivery(Sql sql, BankFiles files, BankAccounts accounts, BankAccount payer) {
    this.sql = sql;
    this.files = files;
    this.accounts = accounts;
    this.payer = payer;
  }

  /** Makes the file and stores it with what was reached; the same run gives the same bytes. */
  Closing make(Run run) throws IOException {
    var file = file(run);
    var hash = file.map(Hash::sha256).orElse(Closing.NOTHING);
    var step = run.closing().next(new ClosingNews.FileMade(hash));
    sql.longTransaction(
            STORE_SECONDS,
            connection -> {
              Future<?> kept =
                  file.isEmpty()
                      ? Future.succeededFuture()
                      : files.keepOut(connection, run.id() + ".xml", file.get());
              return kept.compose(_ -> RunStore.reached(connection, run.id(), step.closing()));
            })
        .await();
    return step.closing();
  }

  /** The file of a run whose settlements are on the chain; empty when nobody is paid. */
  private Optional<byte[]> file(Run run) throws IOException {
    var lines = lines(run);
    if (lines.isEmpty()) return Optional.empty();
    var computed = run.computed().orElseThrow();
    var header =
        new CreditTransferFile.Header(
            run.id().toString(),
            Instant.ofEpochMilli(computed.createdMillis()),
            computed.executeOn(),
            payer.holder(),
            payer);
    var out = new StringBuilder(1_024 + 700 * lines.size());
    new CreditTransferFile(header).write(lines::forEach, out);
    return Optional.of(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<CreditTransfer> lines(Run run) {
    var rows =
        sql.run(
                "SELECT p.id, p.won, d.bank_account FROM ops.payout AS p"
                    + " JOIN ops.settlement_day AS d ON d.payout_id = p.id"
                    + " WHERE p.run = $1 ORDER BY p.account",
                run.id().toString())
            .await();
    var numbers = new TreeSet<Long>();
    rows.forEach(row -> numbers.add(row.getLong("bank_account")));
    var creditors = accounts.byNumber(List.copyOf(numbers)).await();
    var remittance = "Settlement " + run.id().day() + " " + run.id().asset();
    var lines = new ArrayList<CreditTransfer>();
    for (var row : rows) {
      lines.add(
          new CreditTransfer(
              PayoutId.parse(row.getString("id")),
              row.getLong("won"),
              Optional.ofNullable(creditors.get(row.getLong("bank_account"))).orElseThrow(),
              remittance));
    }
    return lines;
  }

  /** The bytes that were stored. */
  Future<Optional<byte[]>> stored(Run run) {
    if (run.closing().file().equals(Closing.NOTHING)) {
      return Future.succeededFuture(Optional.empty());
    }
    return files.content(run.closing().file());
  }

  /** Whether the file, made again from what is stored, is the one that was stored: a bug if not. */
  boolean isReproducible(Run run) throws IOException {
    return file(run).map(Hash::sha256).orElse(Closing.NOTHING).equals(run.closing().file());
  }
}
