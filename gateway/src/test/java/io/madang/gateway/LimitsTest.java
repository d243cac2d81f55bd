package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.http.RateLimit;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A5: those who ask too much or too slowly harm nobody else. */
class LimitsTest {
  @Test
  void refuses_too_many_calls_before_any_effect() {
    var rates =
        Map.of("general", new RateLimit(Duration.ofHours(1), 10), "login", RateLimit.perMinute(5));
    try (var town = Town.start(configuration -> configuration.withRates(rates))) {
      var shop = town.newShop("SHOP");
      var ask = new JsonObject().put("amount", 1).put("asset", "S-COIN");
      for (int i = 0; i < 9; i++) {
        town.shop(shop).post("/v1/intents", ask).expect(201);
      }
      assertThat(
              town.shop(shop).get("/v1/intents?limit=100").expect(200).json().getJsonArray("items"))
          .hasSize(9);
      var refused = town.shop(shop).post("/v1/intents", ask).expect(429, "rate-limited");
      assertThat(Long.parseLong(refused.header("retry-after"))).isBetween(3_500L, 3_600L);
      assertThat(refused.json().getBoolean("retry")).isTrue();
      // Another caller has an account of its own.
      town.shop(town.newShop("OTHER")).get("/v1/intents").expect(200);
      for (int i = 0; i < 5; i++) {
        town.anyone().post("/v1/sessions/challenges", new JsonObject()).expect(201);
      }
      town.anyone().post("/v1/sessions/challenges", new JsonObject()).expect(429, "rate-limited");
      // Health is asked by machines that must not be turned away.
      for (int i = 0; i < 30; i++) {
        town.anyone().get("/health/live").expect(200);
      }
    }
  }

  @Test
  void serves_others_while_hundreds_of_clients_are_slow() throws IOException {
    try (var town = Town.start()) {
      var sockets = new ArrayList<Socket>();
      try {
        for (int i = 0; i < 600; i++) {
          var socket = new Socket(InetAddress.getLoopbackAddress(), town.gateway().port());
          sockets.add(socket);
          // A third says nothing, a third stops within the head, a third within the body.
          var start =
              switch (i % 3) {
                case 0 -> "";
                case 1 -> "GET /v1/chain HTTP/1.1\r\nHost:";
                default ->
                    "POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 60000\r\n\r\n{";
              };
          socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
          socket.getOutputStream().flush();
        }
        var anna = town.newPerson("anna", 10_000);
        var shop = town.newShop("SHOP");
        long[] millis = new long[60];
        for (int i = 0; i < millis.length; i++) {
          long start = System.nanoTime();
          anna.pay(shop.merchant().account(), 1, "").expect(200);
          millis[i] = (System.nanoTime() - start) / 1_000_000;
        }
        Arrays.sort(millis);
        // Who had to wait for a slow client would wait until that one is shown out.
        assertThat(millis[58]).as("all but the slowest payment, in ms").isLessThan(15_000);
      } finally {
        for (var socket : sockets) {
          socket.close();
        }
      }
    }
  }

  @Test
  void closes_connections_beyond_the_most_it_takes() throws IOException {
    try (var town =
        Town.start(
            configuration ->
                new GatewayConfiguration(
                    configuration.host(),
                    0,
                    0,
                    configuration.publicOrigin(),
                    1,
                    20,
                    Town.NO_RATES,
                    configuration.operatorDomain(),
                    false,
                    configuration.masterSecret(),
                    configuration.enroller(),
                    configuration.bank(),
                    configuration.maxChargeAmount(),
                    configuration.personLimits(),
                    configuration.assetNames(),
                    configuration.phoneProof(),
                    configuration.mailFolder(),
                    configuration.webhooksToPrivate(),
                    configuration.settlement(),
                    configuration.clock()))) {
      var sockets = new ArrayList<Socket>();
      try {
        for (int i = 0; i < 40; i++) {
          var socket = new Socket(InetAddress.getLoopbackAddress(), town.gateway().port());
          socket.setSoTimeout(60_000);
          sockets.add(socket);
        }
        for (var late : sockets.subList(25, 40)) {
          assertThat(isClosed(late)).isTrue();
        }
        // The first one was taken, and is served.
        var first = sockets.getFirst();
        first
            .getOutputStream()
            .write(
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(first.getInputStream().read()).isEqualTo('H');
      } finally {
        for (var socket : sockets) {
          socket.close();
        }
      }
      Person.eventually(() -> town.anyone().get("/health/live").expect(200));
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
