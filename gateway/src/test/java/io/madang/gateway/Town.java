package io.madang.gateway;

import io.madang.chain.Hash;
import io.madang.chain.Member;
import io.madang.chain.SigningKey;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonValue;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.bank.SampleBank;
import io.madang.gateway.database.Database;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.TestPostgres;
import io.madang.gateway.engine.Channel;
import io.madang.gateway.engine.EmbeddedEngine;
import io.madang.gateway.engine.EngineLimits;
import io.madang.gateway.engine.Genesis;
import io.madang.gateway.engine.StartCheck;
import io.madang.gateway.http.RateLimit;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.AccountId;
import io.madang.ledger.Ledger;
import io.madang.ledger.LedgerCandidate;
import io.madang.voting.board.Checks;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.VotingCandidate;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A real gateway over a real database, with a town of people who use it through HTTP. */
public final class Town implements AutoCloseable {
  /** The chain of the town. */
  public static final String CHAIN = "town-1";

  /** The voting channel of the town. */
  public static final String VOTES = "town-1-votes";

  private static final MasterSecret SECRET =
      new MasterSecret(key("master secret").sign(new byte[1]));
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** No limits that a test could meet by accident. */
  public static final Map<String, RateLimit> NO_RATES = Map.of();

  private final Vertx vertx;
  private final DatabaseAddress address;
  private final Clock clock;
  private final UnaryOperator<GatewayConfiguration> settings;
  private final Checks checks;
  private final List<String> coins;
  private EmbeddedEngine<Ledger, LedgerCandidate> engine;
  private EmbeddedEngine<BallotBox, VotingCandidate> votes;
  private Pool pool;
  private Gateway gateway;
  private final String operatorKey;

  /** A town with the usual settings, but for rates. */
  public static Town start() {
    return start(configuration -> configuration.withRates(NO_RATES));
  }

  /** A town with its own settings. */
  public static Town start(UnaryOperator<GatewayConfiguration> settings) {
    return new Town(TestPostgres.newDatabase(), settings);
  }

  /** A town in this database. */
  public Town(DatabaseAddress address, UnaryOperator<GatewayConfiguration> settings) {
    this(address, Clock.systemUTC(), settings, Checks.inOrder(), List.of("S-COIN"));
  }

  /** A town in this database that goes by this clock. */
  public Town(DatabaseAddress address, Clock clock, UnaryOperator<GatewayConfiguration> settings) {
    this(address, clock, settings, Checks.inOrder(), List.of("S-COIN"));
  }

  /** A town in this database that goes by this clock and has these coins, or others. */
  public Town(
      DatabaseAddress address,
      Clock clock,
      UnaryOperator<GatewayConfiguration> settings,
      List<String> coins) {
    this(address, clock, settings, Checks.inOrder(), coins);
  }

  /** A town in this database, whose voting channel has an election's credentials checked so. */
  public Town(
      DatabaseAddress address, UnaryOperator<GatewayConfiguration> settings, Checks checks) {
    this(address, Clock.systemUTC(), settings, checks, List.of("S-COIN"));
  }

  private Town(
      DatabaseAddress address,
      Clock clock,
      UnaryOperator<GatewayConfiguration> settings,
      Checks checks,
      List<String> coins) {
    this.clock = clock;
    this.coins = List.copyOf(coins);
    this.vertx = Vertx.vertx();
    this.address = address;
    this.settings = settings;
    this.checks = checks;
    open();
    this.operatorKey = await(gateway.createOperatorKey());
  }

  private void open() {
    var database = await(Database.open(vertx, address));
    engine =
        await(
            EmbeddedEngine.start(
                new EmbeddedEngine.Parts<>(
                    vertx,
                    database,
                    Channel.PAYMENTS,
                    new Ledger(),
                    key("member"),
                    EngineLimits.forProcessors(2),
                    clock,
                    StartCheck.ALL,
                    this::genesis)));
    votes =
        await(
            EmbeddedEngine.start(
                new EmbeddedEngine.Parts<>(
                    vertx,
                    database,
                    Channel.VOTES,
                    new BallotBox(checks),
                    key("votes member"),
                    EngineLimits.forBallots(2),
                    clock,
                    StartCheck.ALL,
                    this::votesGenesis)));
    pool = database.pool(4);
    var configuration =
        GatewayConfiguration.of(
                SECRET,
                key("town hall"),
                new SampleBank(key("bank"), key("university"), clock, Duration.ZERO),
                clock)
            .asDemo()
            .withAssetNames(
                Map.of("S-COIN", new GatewayConfiguration.DisplayName("에스코인", "S-Coin")));
    gateway =
        await(
            Gateway.start(
                vertx,
                settings.apply(configuration),
                engine,
                votes,
                pool,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
  }

  /** Stops everything but the database and starts it again. */
  public void restart() {
    stop();
    open();
  }

  private void stop() {
    await(gateway.close());
    await(pool.close());
    await(engine.close());
    await(votes.close());
  }

  @Override
  public void close() {
    stop();
    await(vertx.close());
  }

  /** Where the gateway listens. */
  public String url(String path) {
    return "http://127.0.0.1:" + gateway.port() + path;
  }

  /** The running gateway. */
  public Gateway gateway() {
    return gateway;
  }

  /** The pool that the gateway uses. */
  public Pool pool() {
    return pool;
  }

  /** The clock that everything goes by. */
  public Clock clock() {
    return clock;
  }

  /** What all secrets of the gateway come from. */
  public static MasterSecret secret() {
    return SECRET;
  }

  /** The engine under the gateway. */
  public EmbeddedEngine<Ledger, LedgerCandidate> engine() {
    return engine;
  }

  /** The database under the gateway. */
  public Database database() {
    return await(Database.open(vertx, address));
  }

  /** The engine of the voting channel. */
  public EmbeddedEngine<BallotBox, VotingCandidate> votes() {
    return votes;
  }

  /** A client without a token. */
  public Client anyone() {
    return new Client(this, "");
  }

  /** A client with this token. */
  public Client holder(String token) {
    return new Client(this, token);
  }

  /** The operator's client. */
  public Client operator() {
    return new Client(this, operatorKey);
  }

  /** A merchant's owner. */
  public Client shop(Registered shop) {
    return new Client(this, shop.ownerKey().token());
  }

  /** A new merchant. */
  public Registered newShop(String english) {
    return await(
        gateway.registerMerchant(
            english + NAMES.incrementAndGet(),
            new JsonObject()
                .put("name", new JsonObject().put("ko", "신촌커피").put("en", english))
                .put("city", new JsonObject().put("ko", "서울").put("en", "SEOUL"))
                .put("category", "5814")));
  }

  /** A person with an account, a session and some coins. */
  public Person newPerson(String name, long coins) {
    var person = newPerson(key(name + NAMES.incrementAndGet()));
    if (coins > 0) person.charge(coins);
    return person;
  }

  /** A person with an account and a session, whose first key is this one. */
  public Person newPerson(SigningKey key) {
    var person = new Person(this, key);
    person.open();
    person.login();
    return person;
  }

  /** The key of a name. */
  public static SigningKey key(String name) {
    return SigningKey.ed25519(Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes());
  }

  private Genesis votesGenesis() {
    var member = new TrustedMembers.Named("town", new Member(key("votes member").publicKey(), 1));
    return new Genesis(
        new TrustedMembers(VOTES, List.of(member)),
        clock.millis() - 60_000,
        io.madang.chain.json.JsonObject.builder()
            .put("administrators", List.of(key("election office").publicKey().toString()))
            .build());
  }

  private Genesis genesis() {
    long now = clock.millis() - 60_000;
    var member = new TrustedMembers.Named("town", new Member(key("member").publicKey(), 1));
    var approvers =
        List.of(
            AccountId.of(key("bank").publicKey()).toString(),
            AccountId.of(key("university").publicKey()).toString());
    return new Genesis(
        new TrustedMembers(CHAIN, List.of(member)),
        now,
        io.madang.chain.json.JsonObject.builder()
            .put(
                "accounts",
                new JsonArray(
                    List.<JsonValue>of(
                        account("town hall", "system", now, List.of("enroller")),
                        account("bank", "issuer", now, List.of()),
                        account("university", "issuer", now, List.of()))))
            .put(
                "assets",
                new JsonArray(
                    coins.stream().<JsonValue>map(coin -> coin(coin, approvers)).toList()))
            .put("dayOffsetMillis", 32_400_000)
            .build());
  }

  /** An asset such as {@code S-COIN}, or {@code GIFT:voucher}. */
  private static io.madang.chain.json.JsonObject coin(String asset, List<String> approvers) {
    int colon = asset.indexOf(':');
    return io.madang.chain.json.JsonObject.builder()
        .put("approvers", approvers)
        .put("code", colon < 0 ? asset : asset.substring(0, colon))
        .put("kind", colon < 0 ? "coin" : asset.substring(colon + 1))
        .put("scale", 0)
        .put("threshold", 2)
        .build();
  }

  private static io.madang.chain.json.JsonObject account(
      String name, String kind, long now, List<String> roles) {
    var account =
        io.madang.chain.json.JsonObject.builder()
            .put("id", AccountId.of(key(name).publicKey()).toString())
            .put("kind", kind)
            .put(
                "keys",
                new JsonArray(
                    List.<JsonValue>of(
                        io.madang.chain.json.JsonObject.builder()
                            .put("expiresMillis", now + 1_000L * 24 * 3_600_000)
                            .put("key", key(name).publicKey().toString())
                            .put("label", "office")
                            .build())));
    if (!roles.isEmpty()) account.put("roles", roles);
    return account.build();
  }

  /** Waits for a future. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(3, TimeUnit.MINUTES);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
