package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.account.MerchantRoutes.Registered;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams of events, read as a browser reads them. */
class EventsTest {
  private static Town town;
  private static Registered shop;
  private static Person anna;

  @BeforeAll
  static void begin() {
    town = Town.start();
    shop = town.newShop("SHOP");
    anna = town.newPerson("anna", 50_000);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private record News(String id, String event, JsonObject data) {}

  /** One open stream. */
  private static final class Stream implements AutoCloseable {
    private final InputStream body;
    private final BlockingQueue<News> heard = new LinkedBlockingQueue<>();

    Stream(Client client, String topics, String lastId) throws Exception {
      var request = client.request("/v1/events?topics=" + topics);
      if (!lastId.isEmpty()) request.header("Last-Event-ID", lastId);
      var response = Client.http().send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      body = response.body();
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      var id = "";
      var event = "";
      try (var lines = new Scanner(body, StandardCharsets.UTF_8)) {
        while (lines.hasNextLine()) {
          var line = lines.nextLine();
          if (line.startsWith("id: ")) id = line.substring(4);
          if (line.startsWith("event: ")) event = line.substring(7);
          if (line.startsWith("data: ")) {
            heard.add(new News(id, event, new JsonObject(line.substring(6))));
          }
          if (line.startsWith(": welcome")) heard.add(new News(id, "welcome", new JsonObject()));
        }
      }
    }

    News next(Predicate<News> wanted) throws InterruptedException {
      while (true) {
        var news = heard.poll(3, TimeUnit.MINUTES);
        assertThat(news).as("news that came in time").isNotNull();
        if (wanted.test(news)) return news;
      }
    }

    News next(String event) throws InterruptedException {
      return next(news -> news.event().equals(event));
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  @Test
  void tells_a_merchant_that_an_intent_is_paid() throws Exception {
    try (var stream = new Stream(town.shop(shop), "merchant", "")) {
      stream.next("welcome");
      var ask = new JsonObject().put("amount", 4_500).put("asset", "S-COIN");
      var id = town.shop(shop).post("/v1/intents", ask).expect(201).json().getString("id");
      anna.pay(shop.merchant().account(), 4_500, id).expect(200);

      var paid = stream.next(news -> id.equals(news.data().getString("id")));
      assertThat(paid.event()).isEqualTo("intent");
      assertThat(paid.data().getString("status")).isEqualTo("paid");
      assertThat(paid.id()).isNotEmpty();
      stream.next(news -> isOf(news, 4_500));
      town.shop(shop).post("/v1/intents/" + id + "/refunds", new JsonObject()).expect(201);
      assertThat(stream.next("intent").data().getString("status")).isEqualTo("refunded");
    }
  }

  @Test
  void tells_an_account_its_balance_and_nobody_elses() throws Exception {
    var ben = town.newPerson("ben", 1_000);
    try (var stream = new Stream(ben.client(), "account,blocks", "")) {
      stream.next("welcome");
      anna.pay(shop.merchant().account(), 1, "").expect(200);
      anna.pay(ben.account(), 7, "").expect(200);
      // News of the charge before may still come first.
      var payment = stream.next(news -> isOf(news, 7));
      assertThat(payment.data().getString("direction")).isEqualTo("in");
      var balance = stream.next("balance").data().getJsonArray("balances").getJsonObject(0);
      assertThat(balance.getLong("available")).isEqualTo(1_007);
    }
  }

  private static boolean isOf(News news, long amount) {
    return news.event().equals("payment") && news.data().getLong("amount") == amount;
  }

  @Test
  void goes_on_where_a_lost_stream_ended() throws Exception {
    var ben = town.newPerson("ben", 1_000);
    String last;
    try (var stream = new Stream(ben.client(), "account", "")) {
      last = stream.next("welcome").id();
    }
    ben.pay(anna.account(), 11, "").expect(200);
    ben.pay(anna.account(), 12, "").expect(200);
    Person.eventually(
        () ->
            assertThat(ben.client().get("/v1/me/activity").json().getJsonArray("items"))
                .hasSize(3));
    try (var stream = new Stream(ben.client(), "account", last)) {
      // News of the charge before may still come first.
      stream.next(news -> isOf(news, 11));
      stream.next(news -> isOf(news, 12));
    }
  }

  @Test
  void says_when_it_cannot_go_on() throws Exception {
    for (var stale : new String[] {"nonsense", "abc-1"}) {
      try (var stream = new Stream(town.anyone(), "blocks", stale)) {
        stream.next("reset");
      }
    }
  }

  @Test
  void opens_no_stream_of_somebody_else() {
    town.anyone().get("/v1/events?topics=account").expect(401, "unauthorized");
    town.shop(shop).get("/v1/events?topics=account").expect(403, "forbidden");
    anna.client().get("/v1/events?topics=merchant").expect(403, "forbidden");
    town.anyone().get("/v1/events?topics=all").expect(400, "malformed-request");
    town.anyone().get("/v1/events").expect(400, "malformed-request");
  }
}
