package io.madang.gateway.command;

import io.madang.chain.SigningKey;
import io.madang.gateway.GatewayConfiguration;
import io.madang.gateway.GatewayConfiguration.DisplayName;
import io.madang.gateway.bank.SampleBank;
import io.madang.gateway.demo.SampleElections;
import io.madang.gateway.demo.SampleTown;
import io.madang.gateway.demo.Smoke;
import io.madang.gateway.election.MailFolder;
import io.madang.gateway.http.RateLimit;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.setup.AdministratorKeyFile;
import io.madang.gateway.setup.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    var folder = folder();
    int chosenPort = port == 0 ? freePort() : port;
    var address = URI.create("http://127.0.0.1:" + chosenPort);
    var origin = publicUrl.orElse(address);
    try (var process =
        GatewayProcess.start(
            folder,
            Optional.empty(),
            GatewayProcess.Witnessing.IN_THE_DATA_FOLDER,
            configuration(folder, chosenPort, origin))) {
      new SampleTown(
              process.gateway(),
              address,
              origin,
              folder.administratorFile().toAbsolutePath().normalize())
          .open();
      var administrator = AdministratorKeyFile.read(folder.administratorFile());
      var mail =
          new MailFolder(
              process.vertx(),
              mailbox(folder.path()),
              "registrar@campus.example",
              GatewayProcess.clock());
      if (smoke) {
        return runSmoke(address, administrator, mail);
      }
      greet(address, folder);
      holdElections(address, administrator, mail);
      return process.awaitEnd();
    } finally {
      if (smoke && !keep) {
        delete(folder.path());
      }
    }
  }

  /** Whether browsers make keys on pages from there. */
  private static boolean isSecure(URI url) {
    return "https".equals(url.getScheme())
        || ("http".equals(url.getScheme()) && "localhost".equals(url.getHost()));
  }

  /** Beside everything else: encrypting for a dozen voters takes some seconds. */
  private void holdElections(URI address, SigningKey administrator, MailFolder mail) {
    var text = spec.commandLine().getOut();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                SampleElections.hold(address, administrator, mail);
                text.println("  The elections are there: one is open, one has a result.");
              } catch (RuntimeException failed) {
                text.println("  The sample elections could not be held: " + failed.getMessage());
              }
              text.flush();
            });
  }

  private int runSmoke(URI address, SigningKey administrator, MailFolder mail) {
    var text = spec.commandLine().getOut();
    text.println("Driving a payment and an election through " + address);
    try {
      new Smoke(address, text, out, administrator, mail).run();
    } catch (RuntimeException failed) {
      text.println("FAILED  " + failed.getMessage());
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
    text.println("    " + address + "/explorer   every block, and the receipt checker");
    text.println("    " + address + "/vote       the booth; sample voters are voter01 to voter12");
    text.println("    " + address + "/mailbox    their mailbox: credentials and one-time codes");
    text.println("    " + address + "/elections  boards, results, and the check of an archive");
    text.println("    " + address + "/administrator  sets up elections, with the key file");
    text.println("                    " + folder.administratorFile());
    text.println("    " + address + "/docs       the API");
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

  private DataFolder folder() throws IOException {
    var path = smoke && !keep ? Files.createTempDirectory("madang-smoke-") : data;
    if (!keep && Files.exists(path) && DataFolder.isSetUp(path)) {
      if (!DataFolder.open(path).isSample()) {
        throw new IOException(path + " holds real data; the demo does not touch it");
      }
      delete(path);
      if (Files.exists(mailbox(path))) delete(mailbox(path));
    }
    return DataFolder.isSetUp(path)
        ? DataFolder.open(path)
        : DataFolder.create(path, "madang-demo", List.of("S-COIN", "U-COIN"), true, Instant.now());
  }

  private static GatewayConfiguration configuration(DataFolder folder, int port, URI origin)
      throws IOException {
    var approvers = folder.approverKeys();
    var clock = GatewayProcess.clock();
    var bank = new SampleBank(approvers.get(0), approvers.get(1), clock, BANK_DELAY);
    return GatewayConfiguration.of(
            new MasterSecret(folder.masterSecret()), folder.enrollerKey(), bank, clock)
        .listening("127.0.0.1", port, 0, origin.toString(), 1)
        .withAssetNames(
            Map.of(
                "S-COIN", new DisplayName("S코인", "S-Coin"),
                "U-COIN", new DisplayName("U코인", "uCoin")))
        .withRates(RateLimit.unhurried())
        .withMailFolder(mailbox(folder.path()))
        .withWebhooksToPrivate()
        .asDemo();
  }

  /** The sample voters' mailbox, which is not the gateway's: beside its folder, not inside. */
  static Path mailbox(Path data) {
    return data.toAbsolutePath().resolveSibling(data.getFileName() + "-mailbox");
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
