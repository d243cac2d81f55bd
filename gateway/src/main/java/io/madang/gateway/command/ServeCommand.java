package io.madang.gateway.command;

import io.madang.gateway.GatewayConfiguration;
import io.madang.gateway.bank.Bank;
import io.madang.gateway.bank.NoBank;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.http.RateLimit;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.FolderBank;
import io.madang.gateway.settlement.SettlementSettings;
import io.madang.gateway.setup.DataFolder;
import io.madang.payment.iso20022.BankAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs for real. Every option can be given by its environment variable. */
@Command(
    name = "serve",
    description = {
      "Run for real, on a data folder that 'init' set up.",
      "Refuses to start on the demo's sample data and secrets."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Option(
      names = "--data",
      defaultValue = "${env:MADANG_DATA:-data/madang}",
      description = "Keys, secrets and genesis (MADANG_DATA; ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--host",
      defaultValue = "${env:MADANG_HOST:-127.0.0.1}",
      description = "The address to listen on (MADANG_HOST; ${DEFAULT-VALUE}).")
  private String host = "";

  @Option(
      names = "--port",
      defaultValue = "${env:MADANG_PORT:-8080}",
      description = "API and pages (MADANG_PORT; ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--management-port",
      defaultValue = "${env:MADANG_MANAGEMENT_PORT:-9090}",
      description = "Metrics, on the loopback address (MADANG_MANAGEMENT_PORT; ${DEFAULT-VALUE}).")
  private int managementPort;

  @Option(
      names = "--public-url",
      defaultValue = "${env:MADANG_PUBLIC_URL}",
      description = "Where browsers find this gateway; https (MADANG_PUBLIC_URL).")
  private Optional<URI> publicUrl = Optional.empty();

  @Option(
      names = "--operator-domain",
      defaultValue = "${env:MADANG_OPERATOR_DOMAIN}",
      description = "The operator's reversed domain name, in QR codes (MADANG_OPERATOR_DOMAIN).")
  private Optional<String> operatorDomain = Optional.empty();

  @Option(
      names = "--event-loops",
      defaultValue = "${env:MADANG_EVENT_LOOPS:-1}",
      description = "Threads that serve the API (MADANG_EVENT_LOOPS; ${DEFAULT-VALUE}).")
  private int eventLoops;

  /** How often callers may call. */
  enum Rates {
    usual,
    unhurried
  }

  @Option(
      names = "--rates",
      defaultValue = "${env:MADANG_RATES:-usual}",
      description = {
        "How often one address or caller may call: ${COMPLETION-CANDIDATES} (MADANG_RATES;",
        "${DEFAULT-VALUE}). Unhurried is for load tests, where all calls come from one address."
      })
  private Rates rates = Rates.usual;

  @Option(
      names = "--mail-folder",
      paramLabel = "DIR",
      defaultValue = "${env:MADANG_MAIL_FOLDER}",
      description = {
        "Where messages to voters are put, one .eml file each, for a mail server to take and"
            + " delete",
        "(MADANG_MAIL_FOLDER). Without it no voter gets a code to sign in."
      })
  private Optional<Path> mailFolder = Optional.empty();

  @Option(
      names = "--webhooks-to-private",
      description = {
        "Send webhooks to private addresses and without TLS too. For tests only: a merchant could",
        "reach into the network that this gateway stands in."
      })
  private boolean webhooksToPrivate;

  @Option(
      names = "--payout-account",
      paramLabel = "BANK:NUMBER:HOLDER",
      defaultValue = "${env:MADANG_PAYOUT_ACCOUNT}",
      description = {
        "The account from which merchants are paid each day, such as 088:11012345678901:Sinchon"
            + " City",
        "(MADANG_PAYOUT_ACCOUNT). Without it no day is settled."
      })
  private Optional<String> payoutAccount = Optional.empty();

  @Option(
      names = "--bank-folder",
      paramLabel = "DIR",
      defaultValue = "${env:MADANG_BANK_FOLDER}",
      description = {
        "A folder shared with the bank: payout files go to outbox, its answers come into inbox",
        "(MADANG_BANK_FOLDER). Without it payout files wait to be fetched."
      })
  private Optional<Path> bankFolder = Optional.empty();

  @Option(
      names = "--witness",
      paramLabel = "DIR",
      defaultValue = "${env:MADANG_WITNESS}",
      description = {
        "Where the witness of the last block is kept, best on another disk than the database",
        "(MADANG_WITNESS; the data folder)."
      })
  private Optional<Path> witness = Optional.empty();

  @Option(
      names = "--accept-rollback",
      description = {
        "Start although the database is behind its witness, or the witness is lost. What came"
            + " after",
        "is then gone for good, and its receipts contradict the chain."
      })
  private boolean acceptRollback;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var folder = DataFolder.open(data);
    if (folder.isSample()) {
      throw new IOException(
          data
              + " was made by the demo: its secrets are samples. Set up a folder with 'madang"
              + " init'.");
    }
    var origin =
        publicUrl.orElseThrow(
            () -> new IOException("Where do browsers find this gateway? Set MADANG_PUBLIC_URL."));
    if (!"https".equals(origin.getScheme()) && !isLoopback(origin)) {
      throw new IOException(
          "MADANG_PUBLIC_URL must begin with https://; keys are made on that page.");
    }
    var domain =
        operatorDomain.orElseThrow(
            () -> new IOException("Whose QR codes are these? Set MADANG_OPERATOR_DOMAIN."));
    var configuration =
        GatewayConfiguration.of(
                new MasterSecret(folder.masterSecret()),
                folder.enrollerKey(),
                bank(),
                GatewayProcess.clock())
            .listening(host, port, managementPort, origin.toString(), eventLoops)
            .withRates(
                switch (rates) {
                  case usual -> RateLimit.usual();
                  case unhurried -> RateLimit.unhurried();
                })
            .withOperatorDomain(domain);
    if (mailFolder.isPresent()) configuration = configuration.withMailFolder(mailFolder.get());
    if (webhooksToPrivate) configuration = configuration.withWebhooksToPrivate();
    if (payoutAccount.isPresent()) {
      configuration = configuration.withSettlement(settlement(payoutAccount.get()));
    }
    var witnessing = new GatewayProcess.Witnessing(witness, acceptRollback);
    try (var process = GatewayProcess.start(folder, database(), witnessing, configuration)) {
      if (!Files.exists(folder.operatorKeyFile())) {
        for (var file : List.of(folder.operatorKeyFile(), folder.secondOperatorKeyFile())) {
          folder.keepOperatorKey(file, process.gateway().createOperatorKey().await());
          LOG.info("Made an operator's API key: {}", file);
        }
      }
      LOG.info("Serving {} on port {}", origin, process.gateway().port());
      return process.awaitEnd();
    }
  }

  private SettlementSettings settlement(String account) throws IOException {
    var parts = account.split(":", 3);
    if (parts.length != 3) {
      throw new IOException("The payout account is written BANK:NUMBER:HOLDER.");
    }
    var settings = SettlementSettings.none();
    try {
      settings = settings.payingFrom(new BankAccount(parts[0], parts[1], parts[2]));
    } catch (IllegalArgumentException wrong) {
      throw new IOException("The payout account is not one: " + wrong.getMessage(), wrong);
    }
    return bankFolder.isPresent() ? settings.withBank(new FolderBank(bankFolder.get())) : settings;
  }

  private static boolean isLoopback(URI origin) {
    return "127.0.0.1".equals(origin.getHost()) || "localhost".equals(origin.getHost());
  }

  /** The database of the environment; none means the gateway's own. */
  static Optional<DatabaseAddress> database() throws IOException {
    var url = Optional.ofNullable(System.getenv("MADANG_DATABASE_URL"));
    if (url.isEmpty()) {
      return Optional.empty();
    }
    var address = DatabaseAddress.parse(url.get());
    var passwordFile = System.getenv("MADANG_DATABASE_PASSWORD_FILE");
    return Optional.of(
        passwordFile == null
            ? address
            : address.withPassword(Files.readString(Path.of(passwordFile)).strip()));
  }

  /** The bank that was put on the class path, or one that knows of no deposit. */
  private static Bank bank() {
    return ServiceLoader.load(Bank.class).findFirst().orElseGet(NoBank::new);
  }
}
