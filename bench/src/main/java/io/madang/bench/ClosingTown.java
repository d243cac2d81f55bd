package io.madang.bench;

import io.madang.chain.Hash;
import io.madang.chain.Member;
import io.madang.chain.SigningKey;
import io.madang.chain.StatementSigner;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonValue;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.database.Database;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Channel;
import io.madang.gateway.engine.EmbeddedEngine;
import io.madang.gateway.engine.EngineLimits;
import io.madang.gateway.engine.Genesis;
import io.madang.gateway.engine.StartCheck;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.SampleApprovers;
import io.madang.gateway.settlement.SettlementOffice;
import io.madang.gateway.settlement.SettlementSettings;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BusinessDays;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A chain in a database and what settles it, without HTTP: the parts that take part in the close of
 * a day. Every key follows from a seed, so that another process can go on with the same town.
 */
final class ClosingTown implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  static final AssetCode COIN = new AssetCode("S-COIN");

  private static final String CHAIN = "closing-1";
  private static final long YEAR_MILLIS = 365L * 24 * 3_600_000;
  private static final int CONNECTIONS = 8;

  private final long seed;
  private final MasterSecret secret;
  private final DayClock clock = new DayClock();
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;
  private final Sql sql;
  private final EmbeddedEngine<Ledger, LedgerCandidate> engine;
  private final MerchantRegistry merchants;

  ClosingTown(DatabaseAddress address, long seed) {
    this.seed = seed;
    secret = new MasterSecret(seed("master secret"));
    clock.show(BusinessDays.SEOUL.beginMillis(DAY));
    var database = Database.open(vertx, address).await();
    pool = database.pool(CONNECTIONS);
    sql = new Sql(pool);
    engine =
        EmbeddedEngine.start(
                new EmbeddedEngine.Parts<>(
                    vertx,
                    database,
                    Channel.PAYMENTS,
                    new Ledger(),
                    key("member"),
                    EngineLimits.forProcessors(Runtime.getRuntime().availableProcessors()),
                    clock,
                    StartCheck.LAST_BLOCKS,
                    this::genesis))
            .await();
    merchants = new MerchantRegistry(sql, secret);
    merchants.load().await();
  }

  /** Shows the time that it is told. */
  static final class DayClock extends Clock {
    private volatile long millis;

    void show(long newMillis) {
      millis = newMillis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
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

  private byte[] seed(String name) {
    return Hash.sha256((seed + " " + name).getBytes(StandardCharsets.UTF_8)).bytes();
  }

  /** The key of a name. */
  SigningKey key(String name) {
    return SigningKey.ed25519(seed(name));
  }

  /** Who signs with the key of a name. */
  StatementSigner signer(String name) {
    return new StatementSigner(key(name));
  }

  /** The key of a merchant as the gateway keeps it. */
  byte[] sealedKey(String merchant) {
    return secret.seal("key of merchant " + merchant, seed(merchant));
  }

  DayClock clock() {
    return clock;
  }

  Sql sql() {
    return sql;
  }

  EmbeddedEngine<Ledger, LedgerCandidate> engine() {
    return engine;
  }

  MerchantRegistry merchants() {
    return merchants;
  }

  /** An office whose two approvers sign by themselves. */
  SettlementOffice office(UnaryOperator<SettlementSettings> change, Consumer<String> stepDone) {
    var settings =
        SettlementSettings.none()
            .payingFrom(new BankAccount("088", "11012345678901", "마당시 정산계좌"))
            .withApprovers(new SampleApprovers(List.of(key("bank"), key("university")), clock));
    return new SettlementOffice(
        sql, engine, secret, merchants, new Outbox(), change.apply(settings), clock, stepDone);
  }

  private Genesis genesis() {
    var member = new TrustedMembers.Named("town", new Member(key("member").publicKey(), 1));
    return new Genesis(
        new TrustedMembers(CHAIN, List.of(member)),
        clock.millis() - 1,
        JsonObject.builder()
            .put(
                "accounts",
                new JsonArray(
                    List.<JsonValue>of(
                        account("town hall", "system").put("roles", List.of("enroller")).build(),
                        account("bank", "issuer").build(),
                        account("university", "issuer").build())))
            .put(
                "assets",
                new JsonArray(
                    List.<JsonValue>of(
                        JsonObject.builder()
                            .put("approvers", List.of(id("bank"), id("university")))
                            .put("code", COIN.value())
                            .put("kind", "coin")
                            .put("scale", 0)
                            .put("threshold", 2)
                            .build())))
            .put("dayOffsetMillis", BusinessDays.SEOUL.offsetMillis())
            .build());
  }

  private String id(String name) {
    return AccountId.of(key(name).publicKey()).toString();
  }

  private JsonObject.Builder account(String name, String kind) {
    var office =
        JsonObject.builder()
            .put("expiresMillis", clock.millis() + YEAR_MILLIS)
            .put("key", key(name).publicKey().toString())
            .put("label", "office")
            .build();
    return JsonObject.builder()
        .put("id", id(name))
        .put("keys", new JsonArray(List.<JsonValue>of(office)))
        .put("kind", kind);
  }

  @Override
  public void close() {
    engine.close().await();
    pool.close().await();
    vertx.close().await();
  }
}
