package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** P3: neither logs nor metrics nor errors tell who somebody is or what opens a door. */
class LogsTest {
  private static final class Kept extends AppenderBase<ILoggingEvent> {
    private final JsonEncoder encoder = new JsonEncoder();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Kept(LoggerContext context) {
      setContext(context);
      encoder.setContext(context);
      encoder.start();
      start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }
  }

  @Test
  void tell_no_secret_and_no_person() {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var kept = new Kept(root.getLoggerContext());
    root.addAppender(kept);
    try (var town = Town.start()) {
      ((Logger) LoggerFactory.getLogger("io.madang")).setLevel(Level.TRACE);
      var shop = town.newShop("SHOP");
      var anna = town.newPerson("anna", 10_000);
      var token = shop.ownerKey().token();
      anna.client()
          .put(
              "/v1/me/alias",
              new JsonObject()
                  .put("phone", "01098765432")
                  .put("name", "카나리아")
                  .put("code", "000000"))
          .expect(200);
      var transfer = anna.transfer(shop.merchant().account(), 10, "CANARY-REFERENCE");
      town.anyone()
          .post("/v1/transactions", new JsonObject().put("transaction", transfer))
          .expect(200);
      // Failures, where messages of others might quote what they were given.
      Town.await(
          town.pool()
              .query("ALTER TABLE ops.alias ADD CHECK (phone_hash IS NULL) NOT VALID")
              .execute());
      var failed =
          anna.client()
              .put(
                  "/v1/me/alias",
                  new JsonObject()
                      .put("phone", "01098765433")
                      .put("name", "카나리아")
                      .put("code", "000000"))
              .expect(500, "internal");
      assertThat(failed.response().body()).doesNotContain("ops.", "alias_", "카나리아");
      town.shop(shop).send(town.shop(shop).request("/v1/intents?limit=CANARY").GET()).expect(400);

      var metrics = metrics(town);
      assertThat(metrics)
          .contains("madang_transactions", "outcome=\"final\"", "madang_chain_height");
      assertThat(kept.lines).anyMatch(line -> line.contains(failed.json().getString("requestId")));
      var everything = String.join("\n", kept.lines) + metrics;
      assertThat(everything)
          .doesNotContain(
              "01098765432",
              "01098765433",
              "98765433",
              "카나리아",
              "CANARY",
              token,
              token.substring(3),
              transfer,
              "Bearer",
              anna.account().toString());
    } finally {
      root.detachAppender(kept);
      ((Logger) LoggerFactory.getLogger("io.madang")).setLevel(null);
    }
  }

  private static String metrics(Town town) {
    var request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + town.gateway().managementPort() + "/metrics"));
    town.anyone().get("/metrics").expect(404, "not-found");
    return town.anyone().send(request).expect(200).response().body();
  }
}
