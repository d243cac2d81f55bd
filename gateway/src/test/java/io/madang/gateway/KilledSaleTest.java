package io.madang.gateway;

import static io.madang.gateway.GivingTown.LOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.database.EmbeddedPostgres;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.AccountId;
import io.madang.ledger.ProgrammeCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed in the middle of a sale. */
class KilledSaleTest {
  private static final String CODE = "KILLED";
  private static final int STOCK = 1_000;
  private static final int ANSWERS_BEFORE_KILL = 12;

  @TempDir Path folder;

  /** A gateway in a process of its own, at which person after person buys; prints the answers. */
  static final class Seller {
    private Seller() {}

    public static void main(String[] arguments) throws IOException {
      var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), TestPostgres.SOFTWARE);
      var town = GivingTown.funded(postgres.address());
      town.open(CODE, STOCK);
      for (int i = 0; ; i++) {
        var buyer = town.newPerson("buyer" + i, 9_000);
        var bought = town.buy(buyer, CODE).expect(200).json();
        System.out.println("answered " + bought.getString("hash") + " " + buyer.account());
      }
    }
  }

  @Test
  void whoever_was_told_that_they_bought_has_bought_and_the_sale_goes_on() throws Exception {
    var answered = sellUntilKilled();
    // The killed gateway left its PostgreSQL running; this one stops it and starts its own.
    try (var postgres = EmbeddedPostgres.start(folder, TestPostgres.SOFTWARE);
        var town = new GivingTown(postgres.address())) {
      // The chain's time is where the sale had opened.
      town.forward(Duration.ofMinutes(3));
      answered.forEach(
          (hash, buyer) -> {
            var seen = town.town().anyone().get("/v1/transactions/" + hash).expect(200).json();
            assertThat(seen.getString("status")).isEqualTo("final");
            assertThat(balance(town, buyer)).isEqualTo(LOT);
          });
      long before = given(town);
      // One more may be written without having been answered.
      assertThat(before / LOT).isBetween((long) answered.size(), answered.size() + 1L);
      town.buy(town.newPerson("늦은 사람", 9_000), CODE).expect(200);
      assertThat(given(town)).isEqualTo(before + LOT);
    }
  }

  private static long balance(GivingTown town, AccountId account) {
    return Town.await(
        town.town()
            .engine()
            .ask(ledger -> ledger.view().balance(account, GivingTown.GIFT).available()));
  }

  private static long given(GivingTown town) {
    return Town.await(
        town.town()
            .engine()
            .ask(ledger -> ledger.view().programme(new ProgrammeCode(CODE)).orElseThrow().given()));
  }

  private Map<String, AccountId> sellUntilKilled() throws Exception {
    var seller =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Seller.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var answered = new LinkedHashMap<String, AccountId>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(seller.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("answered ")) continue;
        var words = line.split(" ", 3);
        answered.put(words[1], AccountId.parse(words[2]));
        // Through the handle: the process itself would close the lines still to be read.
        if (answered.size() == ANSWERS_BEFORE_KILL) seller.toHandle().destroyForcibly();
      }
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_KILL);
    assertThat(seller.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return answered;
  }
}
