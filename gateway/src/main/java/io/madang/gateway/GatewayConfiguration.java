package io.madang.gateway;

import io.madang.chain.SigningKey;
import io.madang.gateway.account.AccountRoutes.PhoneProof;
import io.madang.gateway.bank.Bank;
import io.madang.gateway.http.RateLimit;
import io.madang.gateway.secret.MasterSecret;
import io.madang.gateway.settlement.SettlementSettings;
import io.madang.ledger.Limits;
import io.madang.payment.qr.MadangQr;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one gateway runs. {@link #of} gives what suits one machine; {@code with…} changes one thing.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param managementPort where metrics are, on the loopback address; 0 for any free one
 * @param publicOrigin where browsers find this gateway, such as {@code https://pay.example}; logins
 *     are signed for it
 * @param eventLoops how many event loops serve the API
 * @param maxConnections more are closed at once
 * @param rates how often callers may call, by name; see {@link RateLimit#usual}
 * @param operatorDomain the operator's reversed domain name, in codes
 * @param demo whether this is the demo
 * @param masterSecret what all secrets of the gateway come from
 * @param enroller the key that opens accounts
 * @param bank where deposits come from
 * @param maxChargeAmount the most that one charge brings, in minor units
 * @param personLimits what a new person may pay
 * @param assetNames names of assets by their codes
 * @param phoneProof decides whether a number is the caller's
 * @param settlement how merchants are paid out
 * @param mailFolder where messages to voters are put, for a mail server to take
 * @param webhooksToPrivate whether webhooks go to any address and without TLS; for demos and tests
 */
public record GatewayConfiguration(
    String host,
    int port,
    int managementPort,
    String publicOrigin,
    int eventLoops,
    int maxConnections,
    Map<String, RateLimit> rates,
    String operatorDomain,
    boolean demo,
    MasterSecret masterSecret,
    SigningKey enroller,
    Bank bank,
    long maxChargeAmount,
    Limits personLimits,
    Map<String, DisplayName> assetNames,
    PhoneProof phoneProof,
    Optional<Path> mailFolder,
    boolean webhooksToPrivate,
    SettlementSettings settlement,
    Clock clock) {
  /** The code that proves every number in the demo. */
  private static final String DEMO_CODE = "000000";

  /** A name in both languages. */
  public record DisplayName(String korean, String english) {}

  /** Copies the maps, and makes an origin of an address with a slash at its end. */
  public GatewayConfiguration {
    publicOrigin = origin(URI.create(publicOrigin));
    rates = Map.copyOf(rates);
    assetNames = Map.copyOf(assetNames);
  }

  /** As browsers write it in {@code Origin} (RFC 6454, section 6.2). */
  private static String origin(URI address) {
    boolean isOrigin =
        (address.getPath().isEmpty() || address.getPath().equals("/"))
            && address.getQuery() == null
            && address.getFragment() == null;
    if (!isOrigin || address.getAuthority() == null) {
      throw new IllegalArgumentException(
          address + " is no origin: it has more, or less, than scheme, host and port");
    }
    return (address.getScheme() + "://" + address.getAuthority()).toLowerCase(Locale.ROOT);
  }

  /** A gateway for this machine only, on free ports. */
  public static GatewayConfiguration of(
      MasterSecret masterSecret, SigningKey enroller, Bank bank, Clock clock) {
    return new GatewayConfiguration(
        "127.0.0.1",
        0,
        0,
        "http://localhost",
        1,
        10_000,
        RateLimit.usual(),
        MadangQr.DEFAULT_OPERATOR_DOMAIN,
        false,
        masterSecret,
        enroller,
        bank,
        2_000_000,
        new Limits(2_000_000, 5_000_000, 2_000_000),
        Map.of(),
        // Without a service that sends codes, no number can be proven.
        (phone, code) -> Future.succeededFuture(false),
        Optional.empty(),
        false,
        SettlementSettings.none(),
        clock);
  }

  /** The same, listening elsewhere. */
  public GatewayConfiguration listening(
      String newHost, int newPort, int newManagementPort, String newPublicOrigin, int loops) {
    return but(
        next -> {
          next.host = newHost;
          next.port = newPort;
          next.managementPort = newManagementPort;
          next.publicOrigin = newPublicOrigin;
          next.eventLoops = loops;
        });
  }

  /** The same as a demo: the code {@code 000000} proves every number. */
  public GatewayConfiguration asDemo() {
    return but(
        next -> {
          next.demo = true;
          next.phoneProof =
              (phone, code) -> Future.succeededFuture(code.filter(DEMO_CODE::equals).isPresent());
        });
  }

  /** The same with other rates. */
  public GatewayConfiguration withRates(Map<String, RateLimit> newRates) {
    return but(next -> next.rates = newRates);
  }

  /** The same with names for assets. */
  public GatewayConfiguration withAssetNames(Map<String, DisplayName> newNames) {
    return but(next -> next.assetNames = newNames);
  }

  /** The same with the operator's own domain in codes. */
  public GatewayConfiguration withOperatorDomain(String newDomain) {
    return but(next -> next.operatorDomain = newDomain);
  }

  /** The same with a folder for messages to voters. */
  public GatewayConfiguration withMailFolder(Path newFolder) {
    return but(next -> next.mailFolder = Optional.of(newFolder));
  }

  /** The same with webhooks that also go to private addresses and without TLS. */
  public GatewayConfiguration withWebhooksToPrivate() {
    return but(next -> next.webhooksToPrivate = true);
  }

  /** The same with merchants paid out daily. */
  public GatewayConfiguration withSettlement(SettlementSettings newSettlement) {
    return but(next -> next.settlement = newSettlement);
  }

  private GatewayConfiguration but(Consumer<Next> change) {
    var next = new Next(this);
    change.accept(next);
    return next.configuration();
  }

  /** One that is being changed. */
  private static final class Next {
    private String host;
    private int port;
    private int managementPort;
    private String publicOrigin;
    private int eventLoops;
    private final int maxConnections;
    private Map<String, RateLimit> rates;
    private String operatorDomain;
    private boolean demo;
    private final MasterSecret masterSecret;
    private final SigningKey enroller;
    private final Bank bank;
    private final long maxChargeAmount;
    private final Limits personLimits;
    private Map<String, DisplayName> assetNames;
    private PhoneProof phoneProof;
    private Optional<Path> mailFolder;
    private boolean webhooksToPrivate;
    private SettlementSettings settlement;
    private final Clock clock;

    Next(GatewayConfiguration from) {
      host = from.host;
      port = from.port;
      managementPort = from.managementPort;
      publicOrigin = from.publicOrigin;
      eventLoops = from.eventLoops;
      maxConnections = from.maxConnections;
      rates = from.rates;
      operatorDomain = from.operatorDomain;
      demo = from.demo;
      masterSecret = from.masterSecret;
      enroller = from.enroller;
      bank = from.bank;
      maxChargeAmount = from.maxChargeAmount;
      personLimits = from.personLimits;
      assetNames = from.assetNames;
      phoneProof = from.phoneProof;
      mailFolder = from.mailFolder;
      webhooksToPrivate = from.webhooksToPrivate;
      settlement = from.settlement;
      clock = from.clock;
    }

    GatewayConfiguration configuration() {
      return new GatewayConfiguration(
          host,
          port,
          managementPort,
          publicOrigin,
          eventLoops,
          maxConnections,
          rates,
          operatorDomain,
          demo,
          masterSecret,
          enroller,
          bank,
          maxChargeAmount,
          personLimits,
          assetNames,
          phoneProof,
          mailFolder,
          webhooksToPrivate,
          settlement,
          clock);
    }
  }
}
