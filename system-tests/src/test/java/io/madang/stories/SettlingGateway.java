package io.madang.stories;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.GatewayConfiguration;
import io.madang.gateway.account.Merchant;
import io.madang.gateway.bank.SampleBank;
import io.madang.gateway.command.GatewayProcess;
import io.madang.gateway.engine.Answer;
import io.madang.gateway.http.RateLimit;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.FolderBank;
import io.madang.gateway.settlement.SampleApprovers;
import io.madang.gateway.settlement.SettlementSettings;
import io.madang.gateway.setup.DataFolder;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.payment.iso20022.BankAccount;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole gateway in a process of its own whose clock is ahead, so that days end when a story wants
 * it. Has some shops with bank accounts; sells as much as it reads, a line for each time, from its
 * input.
 */
final class SettlingGateway {
  static final String PAYER = "11012345678901";
  static final int SHOPS = 12;

  private static final AssetCode COIN = new AssetCode("S-COIN");
  private static final Duration KEY_LIFE = Duration.ofDays(365);
  private static final Duration VALIDITY = Duration.ofMinutes(10);

  private final GatewayProcess process;
  private final DataFolder folder;
  private final Clock clock;
  private final StatementSigner customer =
      new StatementSigner(SigningKey.ed25519(Hash.sha256(new byte[] {7}).bytes()));
  private final List<Merchant> shops = new ArrayList<>();

  private SettlingGateway(GatewayProcess process, DataFolder folder, Clock clock) {
    this.process = process;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the data folder, the bank's folder, and by how many milliseconds the clock is
   *     ahead
   */
  public static void main(String[] arguments) throws Exception {
    var clock = Clock.offset(Clock.systemUTC(), Duration.ofMillis(Long.parseLong(arguments[2])));
    var data = Path.of(arguments[0]);
    boolean isNew = !DataFolder.isSetUp(data);
    var folder =
        isNew
            ? DataFolder.create(data, "story", DataFolder.Series.coins(COIN.value()), true, clock.instant())
            : DataFolder.open(data);
    int port = freePort();
    try (var process =
        GatewayProcess.start(
            folder,
            Optional.empty(),
            GatewayProcess.Witnessing.IN_THE_DATA_FOLDER,
            configuration(folder, Path.of(arguments[1]), port, clock))) {
      var gateway = new SettlingGateway(process, folder, clock);
      gateway.openShops(isNew);
      if (isNew) gateway.giveCoins();
      System.out.println("ready " + port + " " + process.gateway().createOperatorKey().await());
      Thread.ofPlatform().daemon().start(gateway::sell);
      process.awaitEnd();
    }
  }

  private static GatewayConfiguration configuration(
      DataFolder folder, Path bank, int port, Clock clock) throws IOException {
    var approvers = folder.approverKeys();
    return GatewayConfiguration.of(
            new MasterSecret(folder.masterSecret()),
            folder.enrollerKey(),
            new SampleBank(approvers.get(0), approvers.get(1), clock, Duration.ZERO),
            clock)
        .listening("127.0.0.1", port, 0, URI.create("http://127.0.0.1:" + port).toString(), 1)
        .withRates(RateLimit.unhurried())
        .withSettlement(
            SettlementSettings.none()
                .payingFrom(new BankAccount("088", PAYER, "마당시 정산계좌"))
                .withBank(new FolderBank(bank))
                .withApprovers(new SampleApprovers(approvers, clock)))
        .asDemo();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void openShops(boolean areNew) {
    for (int i = 0; i < SHOPS; i++) {
      var details =
          new io.vertx.core.json.JsonObject()
              .put(
                  "name",
                  new io.vertx.core.json.JsonObject().put("ko", "가게 " + i).put("en", "SHOP " + i))
              .put("city", new io.vertx.core.json.JsonObject().put("ko", "서울").put("en", "SEOUL"))
              .put("category", "5814");
      var shop = process.gateway().registerMerchant("shop-" + i, details).await().merchant();
      shops.add(shop);
      if (areNew) {
        var account = new BankAccount("004", "40123456789" + (100 + i), "가게 " + i);
        process.gateway().settlements().agreeOnAccount(shop, account, "one", "two").await();
      }
    }
  }

  private void giveCoins() throws IOException {
    long expires = clock.millis() + KEY_LIFE.toMillis();
    var request =
        sign(
            customer,
            "account.request",
            Operations.accountRequest(AccountKind.PERSON, "phone", expires));
    require(
        List.of(
            sign(
                new StatementSigner(folder.enrollerKey()),
                "account.open",
                Operations.openAccount(AccountKind.PERSON, Limits.NONE, request))));
    var account = AccountId.of(customer.publicKey());
    var coins = new Amount(1_000_000_000, COIN);
    var approvers = folder.approverKeys().stream().map(StatementSigner::new).toList();
    var approval =
        sign(approvers.get(1), "issue.approval", Operations.approval(account, coins, "story"));
    require(
        List.of(
            sign(
                approvers.get(0),
                "asset.issue",
                Operations.issue(account, coins, List.of(approval), "story"))));
  }

  private void sell() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      String line;
      while ((line = in.readLine()) != null) {
        var amounts = Stream.of(line.split(" ", -1)).map(Long::valueOf).toList();
        var payments = new ArrayList<Statement>();
        for (int i = 0; i < amounts.size(); i++) {
          var shop = shops.get(i % SHOPS).account();
          payments.add(
              sign(
                  customer,
                  "transfer",
                  Operations.transfer(shop, new Amount(amounts.get(i), COIN), "")));
        }
        require(payments);
        System.out.println("sold");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void require(List<Statement> statements) {
    var answers = statements.stream().map(one -> process.engine().submit(one.bytes())).toList();
    for (Future<Answer> answer : answers) {
      if (!(answer.await() instanceof Answer.Final)) {
        throw new IllegalStateException("refused: " + answer.result());
      }
    }
  }

  private Statement sign(StatementSigner signer, String purpose, JsonObject operation) {
    return signer.sign(
        new Statement.Payload(
            process.engine().standing().chain(),
            new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
            purpose,
            clock.millis() + VALIDITY.toMillis(),
            operation));
  }
}
