package io.madang.gateway.demo;

import io.madang.gateway.Gateway;
import io.madang.gateway.account.MerchantRoutes.Registered;
import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.client.WalletClient;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Fills a fresh demo: a shop with a till and the first payments of its day. */
public final class SampleTown {
  private static final String ASSET = "S-COIN";
  private static final String SHOP = "sinchon-coffee";
  private static final String TILL = "T1";
  private static final List<Long> FIRST_PAYMENTS = List.of(4_500L, 12_000L, 3_800L);

  private final Gateway gateway;
  private final URI address;
  private final URI shown;
  private final Path administratorKeyFile;
  private final List<Gateway.SampleOperator> operators;

  /**
   * A town on this gateway.
   *
   * @param address where this machine reaches it
   * @param shown where people reach it, for the front page's QR
   * @param administratorKeyFile the key of who sets up elections
   * @param operators who settle and approve
   */
  public SampleTown(
      Gateway gateway,
      URI address,
      URI shown,
      Path administratorKeyFile,
      List<Gateway.SampleOperator> operators) {
    this.gateway = gateway;
    this.address = address;
    this.shown = shown;
    this.administratorKeyFile = administratorKeyFile;
    this.operators = List.copyOf(operators);
  }

  /** The shop, and a bakery; those that were there before are found again. */
  public List<Registered> shops() {
    return List.of(
        merchant(SHOP, "신촌커피", "SINCHON COFFEE", "5814"),
        merchant("campus-bakery", "캠퍼스 빵집", "CAMPUS BAKERY", "5462"));
  }

  private Registered merchant(String name, String korean, String english, String category) {
    return gateway
        .registerMerchant(
            name,
            new JsonObject()
                .put("name", new JsonObject().put("ko", korean).put("en", english))
                .put("city", new JsonObject().put("ko", "서울").put("en", "SEOUL"))
                .put("category", category)
                .put("postalCode", "04107"))
        .await();
  }

  /** Opens the shop; a shop that was open before is found again. */
  public void open() {
    var shop = shops().getFirst();
    gateway.showDemo(shop, TILL, List.of(shown.toString()), administratorKeyFile, operators);
    var till = new GatewayClient(address).with(shop.ownerKey().token());
    if (till.get("/v1/intents").getJsonArray("items").isEmpty()) {
      firstPayments(till);
    }
  }

  private void firstPayments(GatewayClient till) {
    var shopper = WalletClient.open(new GatewayClient(address));
    shopper.charge(ASSET, FIRST_PAYMENTS.stream().mapToLong(Long::longValue).sum());
    for (var amount : FIRST_PAYMENTS) {
      var intent =
          till.post(
              "/v1/intents",
              new JsonObject().put("amount", amount).put("asset", ASSET).put("till", TILL));
      shopper.pay(
          intent.getJsonObject("merchant").getString("account"),
          ASSET,
          amount,
          intent.getString("id"));
    }
  }
}
