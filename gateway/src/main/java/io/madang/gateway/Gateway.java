package io.madang.gateway;

import io.madang.gateway.account.AccountNews;
import io.madang.gateway.account.AccountRoutes;
import io.madang.gateway.account.Aliases;
import io.madang.gateway.account.ApiKeys;
import io.madang.gateway.account.ApplicationRoutes;
import io.madang.gateway.account.Enrolment;
import io.madang.gateway.account.KeyNotices;
import io.madang.gateway.account.LocationRoutes;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.account.MerchantRoutes;
import io.madang.gateway.account.Movements;
import io.madang.gateway.account.Projection;
import io.madang.gateway.account.StaffRoutes;
import io.madang.gateway.bank.Charges;
import io.madang.gateway.bank.TransferCharges;
import io.madang.gateway.database.Sql;
import io.madang.gateway.election.ElectionOffice;
import io.madang.gateway.election.MailFolder;
import io.madang.gateway.engine.AdmissionPolicy;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.engine.OrderingPolicy;
import io.madang.gateway.event.EventRoutes;
import io.madang.gateway.event.NoticeRoutes;
import io.madang.gateway.event.Notices;
import io.madang.gateway.event.Outbox;
import io.madang.gateway.explorer.Explorer;
import io.madang.gateway.health.HealthRoutes;
import io.madang.gateway.http.Callers;
import io.madang.gateway.http.CallersByPrefix;
import io.madang.gateway.http.HttpApi;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.issuance.DepositStore;
import io.madang.gateway.issuance.IssuanceOffice;
import io.madang.gateway.issuance.IssuanceRoutes;
import io.madang.gateway.live.LiveHub;
import io.madang.gateway.live.LiveRoutes;
import io.madang.gateway.metrics.BlockMetrics;
import io.madang.gateway.metrics.Health;
import io.madang.gateway.metrics.ManagementServer;
import io.madang.gateway.metrics.PaymentMetrics;
import io.madang.gateway.payment.Payments;
import io.madang.gateway.programme.Fund;
import io.madang.gateway.programme.ProgrammeNames;
import io.madang.gateway.programme.Programmes;
import io.madang.gateway.reward.FundKeys;
import io.madang.gateway.reward.RewardFeature;
import io.madang.gateway.reward.Rewards;
import io.madang.gateway.sale.SaleBoard;
import io.madang.gateway.session.AdministratorSessions;
import io.madang.gateway.session.Administrators;
import io.madang.gateway.session.SessionRoutes;
import io.madang.gateway.settlement.SettledDays;
import io.madang.gateway.settlement.SettlementFeature;
import io.madang.gateway.settlement.SettlementOffice;
import io.madang.gateway.statement.StatementRoutes;
import io.madang.gateway.voting.Elections;
import io.madang.gateway.webhook.Webhooks;
import io.madang.ledger.Asset;
import io.madang.ledger.AssetCode;
import io.madang.ledger.AssetKind;
import io.madang.ledger.Ledger;
import io.madang.voting.chain.BallotBox;
import io.madang.voting.chain.BallotBoxView;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A running gateway. Engines and pool are the caller's: they are there before it starts and stay
 * when it is closed.
 */
public final class Gateway {
  /** How long the reading of blocks may go on after the last request. */
  private static final int READING_SECONDS = 5;

  private final Engine<Ledger> engine;
  private final HttpApi api;
  private final ManagementServer management;
  private final List<Engine.Subscription> subscriptions;
  private final Housekeeping housekeeping;
  private final Parts parts;

  private Gateway(
      Engine<Ledger> engine,
      HttpApi api,
      ManagementServer management,
      List<Engine.Subscription> subscriptions,
      Housekeeping housekeeping,
      Parts parts) {
    this.engine = engine;
    this.api = api;
    this.management = management;
    this.subscriptions = subscriptions;
    this.housekeeping = housekeeping;
    this.parts = parts;
  }

  /**
   * Starts a gateway on engines whose database is up to date. It listens only when it has read
   * every final block, so that nobody pays an intent which is paid already.
   *
   * @param engine of the payments
   * @param votes of the elections
   * @param registry where meters go, such as those that {@code vertx} measures itself with
   */
  public static Future<Gateway> start(
      Vertx vertx,
      GatewayConfiguration configuration,
      Engine<Ledger> engine,
      Engine<BallotBox> votes,
      Pool pool,
      PrometheusMeterRegistry registry) {
    var administrators = votes.ask(box -> box.view().administrators());
    return administrators.compose(
        keys ->
            start(
                vertx,
                configuration,
                engine,
                votes,
                new Administrators(votes.standing().chain(), keys),
                pool,
                registry));
  }

  private static Future<Gateway> start(
      Vertx vertx,
      GatewayConfiguration configuration,
      Engine<Ledger> engine,
      Engine<BallotBox> votes,
      Administrators administrators,
      Pool pool,
      PrometheusMeterRegistry registry) {
    return engine
        .ask(ledger -> ledger.view().assets())
        .map(
            assets ->
                new Parts(
                    vertx,
                    configuration,
                    engine,
                    votes,
                    administrators,
                    new Sql(pool),
                    registry,
                    codes(assets),
                    codes(coins(assets))))
        .compose(parts -> parts.load().compose(_ -> parts.listen()));
  }

  private static Set<AssetCode> codes(List<Asset> assets) {
    return assets.stream().map(Asset::code).collect(Collectors.toUnmodifiableSet());
  }

  /** What is charged against won; points and vouchers come from programmes. */
  private static List<Asset> coins(List<Asset> assets) {
    return assets.stream().filter(asset -> asset.kind() == AssetKind.COIN).toList();
  }

  /** The port of the API and the pages. */
  public int port() {
    return api.port();
  }

  /** The port of the metrics, on the loopback address. */
  public int managementPort() {
    return management.port();
  }

  /** Makes an API key for an operator; the only time that it is shown. */
  public Future<String> createOperatorKey() {
    return parts.keys.createForOperator().map(ApiKeys.NewKey::token);
  }

  /**
   * Registers a merchant under a name; the same name again finds the same merchant with the same
   * owner's key.
   *
   * @param details as the contract's {@code applyForMerchant} takes them
   */
  public Future<MerchantRoutes.Registered> registerMerchant(String name, JsonObject details) {
    return parts.merchantRoutes.register(name, details);
  }

  /** Carries bank transfers out that visitors of the demo only pretend to make. */
  public interface SampleTransfers {
    /**
     * Money comes in.
     *
     * @param words what stands beside the transfer
     */
    Future<?> payIn(String words, long won);
  }

  /** Lets a sample bank carry transfers out when the demo's pages ask for them. */
  public void transferBy(SampleTransfers bank) {
    parts.demo.transferBy(bank);
  }

  /** Tells operators how full the disk of this folder is. */
  public void watchDisk(Path folder) {
    parts.systemHealth.watchDisk(folder);
  }

  /** Coins against deposits. */
  public IssuanceOffice issuance() {
    return parts.issuance;
  }

  /** The daily settlement. */
  public SettlementOffice settlements() {
    return parts.settlements;
  }

  /** The account that the gateway's programmes give from. */
  public Fund programmeFund() {
    return parts.programmes.fund();
  }

  /** What people call programmes. */
  public ProgrammeNames programmeNames() {
    return parts.programmes.names();
  }

  /**
   * A sample operator of the demo, whom its pages may act as.
   *
   * @param apiKey signs in
   * @param approverKey the secret of an approver's key file
   */
  public record SampleOperator(String apiKey, String approverKey) {
    @Override
    public String toString() {
      return "SampleOperator[secret]";
    }
  }

  /**
   * Shows the demo's pages which merchant to begin with, at which addresses, where the sample
   * administrator's key file lies, and the sample operators.
   */
  public void showDemo(
      MerchantRoutes.Registered merchant,
      String till,
      List<String> addresses,
      Path administratorKeyFile,
      List<SampleOperator> operators) {
    parts.demo.show(
        new JsonObject()
            .put(
                "merchant",
                new JsonObject()
                    .put("apiKey", merchant.ownerKey().token())
                    .put("name", merchant.merchant().names())
                    .put("till", till))
            .put("addresses", new JsonArray(List.copyOf(addresses)))
            .put("administratorKeyFile", administratorKeyFile.toString())
            .put("operators", new JsonArray(operators.stream().map(Gateway::shown).toList())));
  }

  private static JsonObject shown(SampleOperator operator) {
    return new JsonObject()
        .put("apiKey", operator.apiKey())
        .put("approverKey", operator.approverKey());
  }

  /**
   * Stops listening, reads what became final until then, and stops reading; what was answered stays
   * done. When the database is away, it is read at the next start.
   */
  public Future<Void> close() {
    housekeeping.close();
    parts.webhooks.close();
    var servers = Future.join(api.close(), management.close());
    return servers
        .transform(_ -> parts.projection.reached(engine.standing().height()))
        .timeout(READING_SECONDS, TimeUnit.SECONDS)
        .transform(
            _ -> {
              subscriptions.forEach(Engine.Subscription::cancel);
              engine.setOrderingPolicy(OrderingPolicy.OPEN);
              engine.setAdmissionPolicy(AdmissionPolicy.OPEN);
              return Future.join(parts.projection.idle(), parts.elections.idle());
            })
        .compose(_ -> servers)
        .mapEmpty();
  }

  /** The parts before they run. */
  private static final class Parts {
    private final Vertx vertx;
    private final GatewayConfiguration configuration;
    private final Engine<Ledger> engine;
    private final PrometheusMeterRegistry registry;
    private final Sql sql;
    private final MerchantRegistry merchants;
    private final ApiKeys keys;
    private final Payments payments;
    private final Charges charges;
    private final Programmes programmes;
    private final Projection projection;
    private final SessionRoutes sessions;
    private final AdministratorSessions administratorSessions;
    private final MerchantRoutes merchantRoutes;
    private final ApplicationRoutes applications;
    private final ElectionOffice electionOffice;
    private final FundKeys fundKeys;
    private final Rewards rewards;
    private final Webhooks webhooks;
    private final HealthRoutes systemHealth;
    private final IssuanceOffice issuance;
    private final SettlementOffice settlements;
    private final Elections elections;
    private final Demo demo = new Demo();
    private final List<Operations.Feature> features;

    Parts(
        Vertx vertx,
        GatewayConfiguration configuration,
        Engine<Ledger> engine,
        Engine<BallotBox> votes,
        Administrators administrators,
        Sql sql,
        PrometheusMeterRegistry registry,
        Set<AssetCode> assets,
        Set<AssetCode> coins) {
      this.vertx = vertx;
      this.configuration = configuration;
      this.engine = engine;
      this.registry = registry;
      this.sql = sql;
      var clock = configuration.clock();
      var secret = configuration.masterSecret();
      var metrics = new PaymentMetrics(registry);
      var hub = new LiveHub(clock.millis());
      var outbox = new Outbox();
      var idempotency = new Idempotency(sql, secret);
      var aliases = new Aliases(sql, secret);
      var movements = new Movements(sql);
      merchants = new MerchantRegistry(sql, secret);
      keys = new ApiKeys(sql, secret, merchants);
      payments =
          new Payments(
              new Payments.Surroundings(
                  vertx,
                  engine,
                  sql,
                  secret,
                  idempotency,
                  merchants,
                  aliases,
                  movements,
                  hub,
                  outbox,
                  metrics,
                  configuration.operatorDomain(),
                  assets,
                  clock));
      var transfers = new TransferCharges(sql, configuration.settlement().payer());
      charges =
          new Charges(
              vertx,
              sql,
              idempotency,
              engine,
              configuration.bank(),
              transfers,
              hub,
              coins,
              configuration.maxChargeAmount(),
              clock);
      webhooks =
          new Webhooks(
              vertx, sql, secret, idempotency, outbox, configuration.webhooksToPrivate(), clock);
      var enrolment =
          new Enrolment(engine, configuration.enroller(), clock, configuration.personLimits());
      var readers = new ArrayList<>(payments.readers());
      programmes =
          new Programmes(vertx, sql, secret, idempotency, engine, enrolment, assetNames(), clock);
      readers.add(new AccountNews(engine, merchants, hub));
      readers.add(programmes.reader());
      readers.add(new BlockMetrics(metrics));
      projection = new Projection(sql, movements, readers);
      sessions =
          new SessionRoutes(vertx, sql, secret, engine, clock, configuration.publicOrigin(), keys);
      administratorSessions =
          new AdministratorSessions(
              vertx, sql, secret, clock, configuration.publicOrigin(), administrators);
      var keyNotices = new KeyNotices(new Notices(outbox), clock);
      merchantRoutes =
          new MerchantRoutes(
              sql, secret, enrolment, merchants, keys, keyNotices, configuration.operatorDomain());
      applications = new ApplicationRoutes(sql, secret, idempotency, merchantRoutes, merchants);
      electionOffice =
          new ElectionOffice(
              new ElectionOffice.Surroundings(
                  vertx,
                  sql,
                  secret,
                  idempotency,
                  engine,
                  enrolment,
                  assets,
                  id ->
                      votes.ask(
                          box ->
                              box.view().election(id).map(BallotBoxView.ElectionStanding::stage)),
                  configuration
                      .mailFolder()
                      .map(folder -> new MailFolder(vertx, folder, sender(), clock)),
                  configuration.demo(),
                  configuration.publicOrigin(),
                  clock));
      issuance = new IssuanceOffice(sql, engine, secret);
      fundKeys = new FundKeys(sql, secret, programmes.fund().account());
      rewards = new Rewards(sql, engine, programmes.fund().signer(), clock);
      settlements =
          new SettlementOffice(
              sql,
              engine,
              secret,
              merchants,
              outbox,
              configuration.settlement().takingIn(new DepositStore(sql, secret)),
              clock);
      elections = new Elections(vertx, votes, sql, hub, electionOffice.turnout(), clock);
      var live = new LiveRoutes(hub, vertx);
      metrics.gauge("madang.streams.open", "Streams of events that are open", live::openStreams);
      metrics.gauge(
          "madang.transactions.waiting",
          "Transactions taken on and not answered yet",
          engine::waiting);
      metrics.gauge("madang.chain.height", "Last final block", () -> engine.standing().height());
      metrics.gauge(
          "madang.votes.waiting",
          "Ballots and other transactions of the voting channel that are not answered yet",
          votes::waiting);
      metrics.gauge(
          "madang.votes.height",
          "Last final block of the voting channel",
          () -> votes.standing().height());
      metrics.gauge(
          "madang.projection.lag",
          "Final blocks that are not read yet",
          () -> engine.standing().height() - projection.lastHeight());
      systemHealth =
          new HealthRoutes(
              vertx,
              engine,
              votes,
              sql,
              () -> engine.standing().height() - projection.lastHeight(),
              clock);
      features =
          List.of(
              payments,
              charges,
              sessions,
              administratorSessions,
              electionOffice,
              merchantRoutes,
              applications,
              new StaffRoutes(sql, idempotency, keys, keyNotices),
              new LocationRoutes(sql, idempotency, keyNotices, payments::stickerClosed),
              new NoticeRoutes(sql, clock),
              new AccountRoutes(
                  engine,
                  enrolment,
                  aliases,
                  movements,
                  merchants,
                  configuration.phoneProof(),
                  configuration.clock()),
              new Explorer(engine, assetNames(), configuration.demo()),
              programmes,
              elections,
              new EventRoutes(vertx, sql, outbox),
              webhooks,
              live,
              new Health(engine, votes, sql),
              systemHealth,
              new IssuanceRoutes(vertx, sql, idempotency, engine, issuance, transfers, clock),
              new RewardFeature(rewards, fundKeys, idempotency),
              new SettlementFeature(vertx, sql, engine, settlements, merchants, idempotency),
              new StatementRoutes(
                  vertx,
                  sql,
                  engine,
                  new SettledDays(settlements),
                  merchants,
                  assetNames(),
                  configuration.publicOrigin()),
              demo);
    }

    /** Whom messages to voters come from: a mail server of this origin's host sends them. */
    private String sender() {
      return "elections@" + URI.create(configuration.publicOrigin()).getHost();
    }

    private Map<String, JsonObject> assetNames() {
      var names = new HashMap<String, JsonObject>();
      configuration
          .assetNames()
          .forEach((code, name) -> names.put(code, Json.names(name.korean(), name.english())));
      return names;
    }

    Future<Void> load() {
      return merchants.load().compose(_ -> payments.load());
    }

    Future<Gateway> listen() {
      engine.setOrderingPolicy(payments.policy());
      return projection
          .height()
          .compose(
              height -> {
                long target = engine.standing().height();
                var subscription = engine.follow(height, projection);
                return projection
                    .reached(target)
                    .compose(_ -> charges.resume())
                    .compose(_ -> followSales())
                    .compose(
                        sales ->
                            elections
                                .follow()
                                .compose(votes -> servers(List.of(subscription, sales, votes))));
              });
    }

    private Future<Engine.Subscription> followSales() {
      var board = new SaleBoard(engine, configuration.clock());
      engine.setAdmissionPolicy(board);
      return board.follow();
    }

    private Future<Gateway> servers(List<Engine.Subscription> subscriptions) {
      return HttpApi.start(vertx, options(), callers(), features)
          .compose(
              api ->
                  ManagementServer.start(vertx, configuration.managementPort(), registry)
                      .map(
                          management ->
                              new Gateway(
                                  engine,
                                  api,
                                  management,
                                  subscriptions,
                                  new Housekeeping(
                                      vertx,
                                      sql,
                                      payments,
                                      charges,
                                      electionOffice,
                                      rewards,
                                      webhooks,
                                      issuance,
                                      programmes,
                                      settlements),
                                  this)));
    }

    private Callers callers() {
      var prefixes = new HashMap<>(electionOffice.callers());
      prefixes.put(AdministratorSessions.PREFIX, administratorSessions);
      prefixes.put(FundKeys.PREFIX, fundKeys);
      prefixes.put(ApplicationRoutes.PREFIX, applications);
      return new CallersByPrefix(prefixes, sessions);
    }

    private HttpApi.Options options() {
      return new HttpApi.Options(
          configuration.host(),
          configuration.port(),
          configuration.publicOrigin(),
          configuration.eventLoops(),
          configuration.maxConnections(),
          configuration.rates());
    }
  }
}
