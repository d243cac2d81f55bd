package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back, and nobody has to do anything. */
class DatabaseGoneTest {
  /** A line to the database that can be cut. */
  private static final class Line implements AutoCloseable {
    private final ServerSocket door;
    private final DatabaseAddress database;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Line(DatabaseAddress database) throws IOException {
      this.database = database;
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    DatabaseAddress address() {
      return new DatabaseAddress(
          "127.0.0.1",
          door.getLocalPort(),
          database.database(),
          database.user(),
          database.password());
    }

    private void accept() {
      while (!door.isClosed()) {
        try {
          var inside = door.accept();
          if (cut) {
            inside.close();
            continue;
          }
          var outside = new Socket(database.host(), database.port());
          open.add(inside);
          open.add(outside);
          Thread.ofVirtual().start(() -> pump(inside, outside));
          Thread.ofVirtual().start(() -> pump(outside, inside));
        } catch (IOException closed) {
          // The test has ended, or the database refused.
        }
      }
    }

    private void pump(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException broken) {
        // Either side may close at any time.
      } finally {
        shut(from);
        shut(to);
      }
    }

    private void shut(Socket socket) {
      open.remove(socket);
      try {
        socket.close();
      } catch (IOException closed) {
        throw new UncheckedIOException(closed);
      }
    }

    void cut() {
      cut = true;
      Set.copyOf(open).forEach(this::shut);
    }

    void mend() {
      cut = false;
    }

    @Override
    public void close() throws IOException {
      cut();
      door.close();
    }
  }

  @Test
  void answers_503_soon_and_recovers_by_itself() throws IOException {
    try (var line = new Line(TestPostgres.newDatabase())) {
      var town = new Town(line.address(), configuration -> configuration.withRates(Town.NO_RATES));
      var shop = town.newShop("SHOP");
      var anna = town.newPerson("anna", 10_000);
      var ask = new JsonObject().put("amount", 1).put("asset", "S-COIN");
      var intent = town.shop(shop).post("/v1/intents", ask).expect(201).json().getString("id");
      line.cut();

      eventually(() -> town.anyone().get("/health/ready").expect(503));
      town.anyone().get("/health/live").expect(200);
      for (var path :
          new String[] {"/v1/merchant", "/v1/intents", "/v1/merchant/payments", "/v1/stickers"}) {
        // A gateway that waited for its database would outwait this client.
        var answer = town.shop(shop).get(path).expect(503, "unavailable");
        assertThat(answer.header("retry-after")).isNotEmpty();
      }
      anna.client().get("/v1/me").expect(503, "unavailable");
      town.shop(shop).post("/v1/intents", ask).expect(503, "unavailable");
      anna.pay(shop.merchant().account(), 1, intent).expect(503, "unavailable");

      line.mend();
      eventually(() -> town.anyone().get("/health/ready").expect(200));
      eventually(() -> anna.pay(shop.merchant().account(), 1, intent).expect(200));
      eventually(
          () ->
              assertThat(
                      town.shop(shop)
                          .get("/v1/intents/" + intent)
                          .expect(200)
                          .json()
                          .getString("status"))
                  .isEqualTo("paid"));
      town.close();
    }
  }
}
