package io.madang.gateway.command;

import io.madang.gateway.Gateway.SampleOperator;
import io.madang.gateway.GatewayConfiguration;
import io.madang.gateway.GatewayConfiguration.DisplayName;
import io.madang.gateway.bank.SampleBank;
import io.madang.gateway.demo.HistoryClock;
import io.madang.gateway.demo.SampleHistory;
import io.madang.gateway.demo.SampleProgrammes;
import io.madang.gateway.demo.SampleTown;
import io.madang.gateway.http.RateLimit;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.Approvers;
import io.madang.gateway.settlement.FolderBank;
import io.madang.gateway.settlement.SampleApprovers;
import io.madang.gateway.settlement.SamplePayoutBank;
import io.madang.gateway.settlement.SettlementSettings;
import io.madang.gateway.setup.DataFolder;
import io.madang.ledger.AssetKind;
import io.madang.payment.iso20022.BankAccount;
import io.madang.payment.settlement.BusinessDays;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A whole town on one machine: a shop with a till, a bank, an explorer, and wallets for whoever
 * comes.
 */
@Command(
    name = "demo",
    description = "Start everything with sample data on one port. Ctrl-C stops it.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final Duration BANK_DELAY = Duration.ofMillis(400);
  private static final Duration BANK_LOOKS = Duration.ofSeconds(1);
  private static final BankAccount PAYER = new BankAccount("088", "11012345678901", "마당 정산계좌");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of the pages; 0 for any (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Where a TLS proxy or tunnel of yours makes the demo reachable for phones; https, because",
        "browsers make keys on such pages and on http://localhost only."
      })
  private Optional<URI> publicUrl = Optional.empty();

  @Option(
      names = "--smoke",
      description = "Drive one payment and one election through the public API, then stop.")
  private boolean smoke;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "With --smoke: keep what it made there.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Where the sample data lie (${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--keep",
      description = "Go on with the data of the last time instead of beginning anew.")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (publicUrl.isPresent() && !isSecure(publicUrl.get())) {
      throw new IOException(
          "--public-url must begin with https:// (or be http://localhost); keys are made on that"
              + " page.");
    }
    // People watch a demo; its log speaks only when something is wrong.
    System.setProperty("madang.log.level", "WARN");
    var machine = GatewayProcess.clock();
    var today = BusinessDays.SEOUL.of(machine.millis());
    var begin = SampleHistory.begin(today);
    boolean isFresh = !keep || !DataFolder.isSetUp(data);
    var folder = folder(begin);
    var clock = isFresh ? new HistoryClock(machine, begin) : machine;
    int chosenPort = port == 0 ? freePort() : port;
    var address = URI.create("http://127.0.0.1:" + chosenPort);
    var origin = publicUrl.orElse(address);
    // What people deposit lies on the account that pays merchants, and nothing else.
    var bank = new SamplePayoutBank(bankFolder(folder), PAYER.number(), 0);
    try (var process =
        GatewayProcess.start(
            folder,
            Optional.empty(),
            GatewayProcess.Witnessing.IN_THE_DATA_FOLDER,
            configuration(folder, chosenPort, origin, clock, bank))) {
      var operators = operators(process, folder);
      var town =
          new SampleTown(
              process.gateway(),
              address,
              origin,
              folder.administratorFile().toAbsolutePath().normalize(),
              operators);
      if (clock instanceof HistoryClock history) {
        new SampleProgrammes(
                process.engine(),
                history,
                bank,
                process.gateway().programmeFund(),
                process.gateway().programmeNames(),
                folder.approverKeys())
            .make(town.shops());
        new SampleHistory(
                process.gateway(),
                process.engine(),
                history,
                bank,
                folder.enrollerKey(),
                folder.approverKeys(),
                today)
            .make(town.shops());
      }
      town.open();
      openBank(process, bank);
      folder.keepOperatorKey(folder.operatorKeyFile(), operators.getFirst().apiKey());
      folder.keepOperatorKey(folder.secondOperatorKeyFile(), operators.getLast().apiKey());
      try (var people = people(address, folder)) {
        if (smoke) {
          return runSmoke(address, people, folder, today.minusDays(1));
        }
        greet(address, folder);
        people.holdElections();
        return process.awaitEnd();
      }
    } finally {
      if (smoke && !keep) {
        deleteAll(folder.path());
      }
    }
  }

  /** Two people, because one alone may do little: each has an API key and an approver's key. */
  private static List<SampleOperator> operators(GatewayProcess process, DataFolder folder)
      throws IOException {
    var operators = new ArrayList<SampleOperator>();
    for (var secret : folder.approverSecrets()) {
      operators.add(new SampleOperator(process.gateway().createOperatorKey().await(), secret));
    }
    return operators;
  }

  /** The bank looks into its folder now and then. */
  private static void openBank(GatewayProcess process, SamplePayoutBank bank) {
    var today = new AtomicReference<>(BusinessDays.SEOUL.of(GatewayProcess.clock().millis()));
    process
        .vertx()
        .setPeriodic(
            BANK_LOOKS.toMillis(),
            _ ->
                process
                    .vertx()
                    .executeBlocking(
                        () -> {
                          var now = BusinessDays.SEOUL.of(GatewayProcess.clock().millis());
                          var before = today.getAndSet(now);
                          if (now.isAfter(before)) bank.closeDay(before);
                          return bank.work(now) || now.isAfter(before);
                        })
                    .onSuccess(
                        worked -> {
                          if (Boolean.TRUE.equals(worked)) process.gateway().settlements().wake();
                        }));
  }

  private static Path bankFolder(DataFolder folder) {
    return folder.path().resolve("bank");
  }

  private DemoPeople people(URI address, DataFolder folder) {
    return new DemoPeople(
        address,
        folder.administratorFile().toAbsolutePath().normalize(),
        beside(folder.path(), "people"),
        mailbox(folder.path()),
        spec.commandLine().getOut());
  }

  /** Whether browsers make keys on pages from there. */
  private static boolean isSecure(URI url) {
    return "https".equals(url.getScheme())
        || ("http".equals(url.getScheme()) && "localhost".equals(url.getHost()));
  }

  private int runSmoke(URI address, DemoPeople people, DataFolder folder, LocalDate yesterday)
      throws IOException, InterruptedException {
    var text = spec.commandLine().getOut();
    text.println("Driving a payment, a settlement and an election through " + address);
    text.flush();
    if (people.runSmoke(out, folder.operatorKeyFile(), yesterday) != 0) {
      return 1;
    }
    text.println("All of it works.");
    out.ifPresent(
        kept ->
            text.printf(
                """
                Kept in %1$s; try
                  ./madang receipt verify %1$s/payment-receipt.json
                  ./madang receipt verify %1$s/ballot-receipt.json
                  ./madang election verify %1$s/*.bel
                """,
                kept));
    return 0;
  }

  private void greet(URI address, DataFolder folder) {
    PrintWriter text = spec.commandLine().getOut();
    text.println();
    text.println("  Madang · 마당 is open: " + address);
    text.println();
    text.println("    " + address + "/wallet     your wallet: charge it, then pay");
    text.println("    " + address + "/till       the till of 신촌커피 (Sinchon Coffee)");
    text.println("    " + address + "/merchant   its desk: sales, refunds, webhooks, staff");
    text.println("    " + address + "/operator   settles and approves, as one of two operators");
    text.println("    " + address + "/explorer   every block, and the receipt checker");
    text.println("    " + address + "/vote       the booth; sample voters are voter01 to voter12");
    text.println("    " + address + "/mailbox    their mailbox: credentials and one-time codes");
    text.println("    " + address + "/elections  boards, results, and the check of an archive");
    text.println("    " + address + "/administrator  sets up elections, with the key file");
    text.println("                    " + folder.administratorFile());
    text.println("    " + address + "/docs       the API");
    text.println("    ./madang settle --date DAY --operator-key " + folder.operatorKeyFile());
    text.println("                    closes a day by hand, and approvers sign on /operator;");
    text.println("                    the bank's files lie in");
    text.println("                    " + bankFolder(folder));
    text.println();
    text.println(
        "  Open the till in one window and the wallet in another. Ctrl-C stops everything.");
    text.println();
    text.print(
        publicUrl
            .filter(url -> "https".equals(url.getScheme()))
            .map(DemoCommand::onAPhone)
            .orElseGet(() -> toAPhone(address)));
    text.flush();
  }

  private static String onAPhone(URI url) {
    return "  On a phone: %s/wallet%n".formatted(url);
  }

  /** The address of this machine in the network, over http, would be a page without WebCrypto. */
  private static String toAPhone(URI address) {
    return """
      On a phone: browsers make keys and open the camera on https pages or their own machine only,
      so this machine's network address will not do. Either
        an Android phone on a USB cable: adb reverse tcp:%1$d tcp:%1$d
          and then open %2$s/wallet on it, or
        a TLS proxy or tunnel of yours to port %1$d, and: ./madang demo --public-url https://…
    """
        .formatted(address.getPort(), address);
  }

  private DataFolder folder(Instant begin) throws IOException {
    var path = smoke && !keep ? Files.createTempDirectory("madang-smoke-") : data;
    if (!keep && Files.exists(path) && DataFolder.isSetUp(path)) {
      if (!DataFolder.open(path).isSample()) {
        throw new IOException(path + " holds real data; the demo does not touch it");
      }
      deleteAll(path);
    }
    return DataFolder.isSetUp(path)
        ? DataFolder.open(path)
        : DataFolder.create(
            path,
            "madang-demo",
            List.of(
                new DataFolder.Series("S-COIN", AssetKind.COIN),
                new DataFolder.Series("U-COIN", AssetKind.COIN),
                new DataFolder.Series(SampleProgrammes.POINTS.value(), AssetKind.POINT),
                new DataFolder.Series(SampleProgrammes.VOUCHERS.value(), AssetKind.VOUCHER)),
            true,
            begin);
  }

  private static GatewayConfiguration configuration(
      DataFolder folder, int port, URI origin, Clock clock, SamplePayoutBank account)
      throws IOException {
    var approvers = folder.approverKeys();
    var bank =
        new SampleBank(approvers.get(0), approvers.get(1), clock, BANK_DELAY, account::deposit);
    return GatewayConfiguration.of(
            new MasterSecret(folder.masterSecret()), folder.enrollerKey(), bank, clock)
        .listening("127.0.0.1", port, 0, origin.toString(), 1)
        .withAssetNames(
            Map.of(
                "S-COIN",
                new DisplayName("S코인", "S-Coin"),
                "U-COIN",
                new DisplayName("U코인", "uCoin"),
                SampleProgrammes.POINTS.value(),
                new DisplayName("캠퍼스 포인트", "Campus points"),
                SampleProgrammes.VOUCHERS.value(),
                new DisplayName("신촌 상품권", "Sinchon voucher")))
        .withRates(RateLimit.unhurried())
        .withMailFolder(mailbox(folder.path()))
        .withWebhooksToPrivate()
        .withSettlement(
            SettlementSettings.none()
                .payingFrom(PAYER)
                .withBank(new FolderBank(bankFolder(folder)))
                .withApprovers(inThePast(new SampleApprovers(approvers, clock), clock)))
        .asDemo();
  }

  /** What was before the demo was approved already; what comes now is left to whoever looks. */
  private static Approvers inThePast(Approvers sample, Clock clock) {
    return wanted ->
        clock instanceof HistoryClock history && history.isInThePast()
            ? sample.complete(wanted)
            : Optional.empty();
  }

  /** The sample voters' mailbox, which is not the gateway's: beside its folder, not inside. */
  static Path mailbox(Path data) {
    return beside(data, "mailbox");
  }

  private static Path beside(Path data, String name) {
    return data.toAbsolutePath().resolveSibling(data.getFileName() + "-" + name);
  }

  private static void deleteAll(Path data) throws IOException {
    for (var folder : List.of(data, mailbox(data), beside(data, "people"))) {
      if (Files.exists(folder)) delete(folder);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
