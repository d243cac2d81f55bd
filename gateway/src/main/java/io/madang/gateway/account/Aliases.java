package io.madang.gateway.account;

import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Telephone numbers and names that people gave. A number is found by a keyed hash and shown after
 * unsealing, so the table alone tells nothing; erasing a row erases the person.
 */
public final class Aliases {
  private final Sql sql;
  private final MasterSecret secret;

  /** Aliases in this database. */
  public Aliases(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** What a person gave. */
  public record Alias(AccountId account, String phone, String name) {}

  /** A number in one form: digits only, from 0. */
  static String normal(String phone) {
    var digits = phone.replace("-", "");
    return digits.startsWith("+82") ? "0" + digits.substring(3) : digits;
  }

  /** Sets a person's alias. A number that another account had now belongs to this one. */
  Future<?> set(Alias alias) {
    var phone = normal(alias.phone());
    var hash = Buffer.buffer(secret.hash("phone", phone));
    return sql.transaction(
        connection ->
            Sql.run(
                    connection,
                    "DELETE FROM ops.alias WHERE phone_hash = $1 AND account <> $2",
                    hash,
                    Columns.of(alias.account()))
                .compose(
                    _ ->
                        Sql.run(
                            connection,
                            "INSERT INTO ops.alias (account, phone_hash, sealed_phone, sealed_name)"
                                + " VALUES ($1, $2, $3, $4) ON CONFLICT (account) DO UPDATE SET"
                                + " phone_hash = excluded.phone_hash,"
                                + " sealed_phone = excluded.sealed_phone,"
                                + " sealed_name = excluded.sealed_name",
                            Columns.of(alias.account()),
                            hash,
                            seal(alias.account(), phone),
                            seal(alias.account(), alias.name()))));
  }

  /** Erases a person's alias. */
  Future<?> erase(AccountId account) {
    return sql.run("DELETE FROM ops.alias WHERE account = $1", Columns.of(account));
  }

  /** The alias of an account. */
  public Future<Optional<Alias>> of(AccountId account) {
    return find("account = $1", Columns.of(account));
  }

  /** The alias that holds this number. */
  public Future<Optional<Alias>> byPhone(String phone) {
    return find("phone_hash = $1", Buffer.buffer(secret.hash("phone", normal(phone))));
  }

  private Future<Optional<Alias>> find(String condition, Buffer value) {
    return sql.run(
            "SELECT account, sealed_phone, sealed_name FROM ops.alias WHERE " + condition, value)
        .map(
            rows -> {
              if (rows.size() == 0) return Optional.empty();
              var row = rows.iterator().next();
              var account = Columns.account(row, "account");
              return Optional.of(
                  new Alias(
                      account,
                      open(account, row.getBuffer("sealed_phone")),
                      open(account, row.getBuffer("sealed_name"))));
            });
  }

  /** A name of which the middle is hidden: 김*수, J***n. */
  public static String masked(String name) {
    int[] points = name.codePoints().toArray();
    if (points.length < 2) return "*";
    for (int i = 1; i < Math.max(2, points.length - 1); i++) {
      points[i] = '*';
    }
    return new String(points, 0, points.length);
  }

  private Buffer seal(AccountId account, String text) {
    return Buffer.buffer(secret.seal(use(account), text.getBytes(StandardCharsets.UTF_8)));
  }

  private String open(AccountId account, Buffer sealed) {
    return new String(secret.open(use(account), sealed.getBytes()), StandardCharsets.UTF_8);
  }

  private static String use(AccountId account) {
    return "alias of " + account;
  }
}
