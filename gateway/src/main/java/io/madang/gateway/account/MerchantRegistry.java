package io.madang.gateway.account;

import io.madang.chain.SigningKey;
import io.madang.gateway.database.Columns;
import io.madang.gateway.database.Sql;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.qr.MerchantListing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The merchants. All are kept in memory, because every scan and every payment asks for one and they
 * only ever grow in number.
 */
public final class MerchantRegistry {
  private static final String COLUMNS =
      "number, id, account, name_ko, name_en, city_ko, city_en, category, postal_code";

  private final Sql sql;
  private final MasterSecret secret;
  private final Map<MerchantId, Merchant> byId = new ConcurrentHashMap<>();
  private final Map<AccountId, Merchant> byAccount = new ConcurrentHashMap<>();

  /** An empty registry; {@link #load} fills it. */
  public MerchantRegistry(Sql sql, MasterSecret secret) {
    this.sql = sql;
    this.secret = secret;
  }

  /** Reads all merchants. */
  public Future<Void> load() {
    return sql.run("SELECT " + COLUMNS + " FROM ops.merchant")
        .map(
            rows -> {
              rows.forEach(row -> keep(read(row)));
              return null;
            });
  }

  /** The merchant of this identifier. */
  public Optional<Merchant> byId(MerchantId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The merchant that is paid through this account. */
  public Optional<Merchant> byAccount(AccountId account) {
    return Optional.ofNullable(byAccount.get(account));
  }

  /** All merchants, in no particular order. */
  public List<Merchant> all() {
    return List.copyOf(byId.values());
  }

  /** Merchants in descending order of their numbers, one more than the limit if there are more. */
  public Future<List<Merchant>> list(long beforeNumber, int limit) {
    return sql.run(
            "SELECT "
                + COLUMNS
                + " FROM ops.merchant WHERE number < $1 ORDER BY number DESC LIMIT $2",
            beforeNumber,
            limit + 1)
        .map(
            rows -> {
              var merchants = new ArrayList<Merchant>();
              rows.forEach(row -> merchants.add(read(row)));
              return List.copyOf(merchants);
            });
  }

  /** Those of them whose name or identifier has these words in it, in any case. */
  List<Merchant> find(String words, long beforeNumber, int limit) {
    var wanted = words.strip().toLowerCase(Locale.ROOT);
    return byId.values().stream()
        .filter(merchant -> merchant.number() < beforeNumber)
        .filter(merchant -> names(merchant).anyMatch(name -> name.contains(wanted)))
        .sorted(Comparator.comparingLong(Merchant::number).reversed())
        .limit(limit + 1L)
        .toList();
  }

  private static Stream<String> names(Merchant merchant) {
    var listing = merchant.listing();
    return Stream.of(listing.koreanName(), listing.asciiName(), merchant.id().value())
        .map(name -> name.toLowerCase(Locale.ROOT));
  }

  /** Stores a merchant and the seed of its key; again is harmless. */
  Future<Merchant> add(
      SqlConnection connection, MerchantListing listing, AccountId account, byte[] seed) {
    return Sql.run(
            connection,
            "INSERT INTO ops.merchant (id, account, name_ko, name_en, city_ko, city_en, category,"
                + " postal_code, sealed_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                + " ON CONFLICT (id) DO NOTHING",
            listing.merchantId().value(),
            Columns.of(account),
            listing.koreanName(),
            listing.asciiName(),
            listing.koreanCity(),
            listing.asciiCity(),
            listing.category(),
            listing.postalCode(),
            Buffer.buffer(secret.seal(use(listing.merchantId()), seed)))
        .compose(
            _ ->
                Sql.run(
                    connection,
                    "SELECT " + COLUMNS + " FROM ops.merchant WHERE id = $1",
                    listing.merchantId().value()))
        .map(rows -> read(rows.iterator().next()));
  }

  /** Makes a stored merchant known; only after its transaction is durable. */
  void keep(Merchant merchant) {
    byId.put(merchant.id(), merchant);
    byAccount.put(merchant.account(), merchant);
  }

  /** The key that signs refunds for a merchant. */
  public Future<SigningKey> key(MerchantId id) {
    return sql.run("SELECT sealed_key FROM ops.merchant WHERE id = $1", id.value())
        .map(
            rows ->
                SigningKey.ed25519(
                    secret.open(
                        use(id), rows.iterator().next().getBuffer("sealed_key").getBytes())));
  }

  private static String use(MerchantId id) {
    return "key of merchant " + id;
  }

  private static Merchant read(Row row) {
    return new Merchant(
        row.getLong("number"),
        new MerchantListing(
            new MerchantId(row.getString("id")),
            row.getString("category"),
            row.getString("name_en"),
            row.getString("city_en"),
            row.getString("postal_code"),
            row.getString("name_ko"),
            row.getString("city_ko")),
        Columns.account(row, "account"));
  }
}
