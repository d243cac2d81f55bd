package io.madang.gateway.database;

import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** How identities stand in columns. */
public final class Columns {
  private Columns() {}

  /** An account id as 16 bytes. */
  public static Buffer of(AccountId account) {
    return Buffer.buffer(16).appendLong(account.high()).appendLong(account.low());
  }

  /** A hash as 32 bytes. */
  public static Buffer of(Hash hash) {
    return Buffer.buffer(hash.bytes());
  }

  /** The account in a column that is never null. */
  public static AccountId account(Row row, String column) {
    return account(row.getBuffer(column));
  }

  /** The account in a column, if there is one. */
  public static Optional<AccountId> optionalAccount(Row row, String column) {
    return Optional.ofNullable(row.getBuffer(column)).map(Columns::account);
  }

  private static AccountId account(Buffer bytes) {
    return new AccountId(bytes.getLong(0), bytes.getLong(8));
  }

  /** The hash in a column that is never null. */
  public static Hash hash(Row row, String column) {
    return Hash.of(row.getBuffer(column).getBytes());
  }
}
