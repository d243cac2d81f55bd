package io.madang.gateway;

import static io.madang.gateway.GivingTown.LOT;
import static io.madang.gateway.GivingTown.buying;
import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.ProgrammeCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fixed stock, and everybody who wants of it, at the routes. */
class SaleDayTest {
  private static GivingTown town;

  @BeforeAll
  static void begin() {
    town = GivingTown.funded(TestPostgres.newDatabase());
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static long gifts(Person person) {
    return of(person.client().get("/v1/me").expect(200).json().getJsonArray("balances"))
        .getOrDefault("SINCHON", 0L);
  }

  private static Map<String, Long> of(JsonArray balances) {
    var found = new HashMap<String, Long>();
    for (var one : balances) {
      var balance = (JsonObject) one;
      found.put(balance.getString("asset"), balance.getLong("available"));
    }
    return found;
  }

  private static JsonObject newest(Person person) {
    return person
        .client()
        .get("/v1/me/activity?limit=1")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getJsonObject(0);
  }

  /** Waits until the gateway itself knows that nothing is left. */
  private static void untilToldSoldOut(String code, Person stranger) {
    var forged = forged(buying(stranger, code));
    eventually(() -> assertThat(town.submit(forged).problem()).isEqualTo("sold-out"));
  }

  /** The same words with a signature that is none. */
  private static String forged(String statement) {
    int dot = statement.lastIndexOf('.');
    return statement.substring(0, dot + 1) + "A".repeat(statement.length() - dot - 1);
  }

  @Test
  void whoever_comes_first_buys_and_whoever_is_too_late_learns_it() {
    town.open("FIRST", 1);
    var mina = town.newPerson("김민아", 20_000);
    var juno = town.newPerson("이준호", 20_000);
    var bought = town.buy(mina, "FIRST").expect(200).json();
    assertThat(bought.getJsonObject("data").getJsonObject("sold"))
        .isEqualTo(
            new JsonObject()
                .put("amount", LOT)
                .put("asset", "SINCHON")
                .put("left", 0)
                .put("payee", mina.account().toString())
                .put("payer", town.hall().toString())
                .put("price", new JsonObject().put("amount", 9_000).put("asset", "S-COIN"))
                .put("programme", "FIRST"));
    town.buy(juno, "FIRST").expect(409, "sold-out");
    town.buy(mina, "FIRST").expect(409, "bought-before");
    assertThat(gifts(mina)).isEqualTo(LOT);
    assertThat(gifts(juno)).isZero();
    assertThat(juno.balance()).isEqualTo(20_000);
  }

  @Test
  void a_purchase_stands_in_the_buyers_and_the_funds_history_and_has_a_receipt() {
    town.open("HISTORY", 2);
    var mina = town.newPerson("김민아", 9_000);
    var bought = town.buy(mina, "HISTORY").expect(200).json();
    eventually(() -> assertThat(newest(mina).getString("type")).isEqualTo("bought"));
    var seen = newest(mina);
    assertThat(seen.getString("direction")).isEqualTo("in");
    assertThat(seen.getLong("amount")).isEqualTo(LOT);
    assertThat(seen.getString("asset")).isEqualTo("SINCHON");
    assertThat(seen.getString("programme")).isEqualTo("HISTORY");
    assertThat(seen.getJsonObject("price"))
        .isEqualTo(new JsonObject().put("amount", 9_000).put("asset", "S-COIN"));
    var hall = new Person(town.town(), Town.key("town hall"));
    hall.login();
    assertThat(newest(hall).getString("type")).isEqualTo("sold");
    assertThat(newest(hall).getString("direction")).isEqualTo("out");
    town.town().anyone().get("/v1/receipts/" + bought.getString("hash")).expect(200);
  }

  @Test
  void two_who_want_the_last_one_at_once_get_one_of_it() {
    for (int round = 0; round < 5; round++) {
      var code = "LAST-" + round;
      town.open(code, 1);
      var answers =
          atOnce(
              List.of(
                  buying(town.newPerson("a", 9_000), code),
                  buying(town.newPerson("b", 9_000), code)));
      assertThat(answers.stream().map(SaleDayTest::outcome))
          .containsExactlyInAnyOrder("bought", "sold-out");
    }
  }

  @Test
  void who_presses_twice_at_once_pays_once() {
    town.open("TWICE", 9);
    var mina = town.newPerson("김민아", 50_000);
    var words = buying(mina, "TWICE");
    var answers = atOnce(List.of(words, words, buying(mina, "TWICE"), buying(mina, "TWICE")));
    assertThat(answers.stream().map(SaleDayTest::outcome))
        .filteredOn("bought"::equals)
        .hasSizeBetween(1, 2); // the same bytes get the same answer
    assertThat(gifts(mina)).isEqualTo(LOT);
    assertThat(mina.balance()).isEqualTo(41_000);
  }

  private static List<Client.Answer> atOnce(List<String> statements) {
    var sent =
        statements.stream()
            .map(one -> CompletableFuture.supplyAsync(() -> town.submit(one)))
            .toList();
    return sent.stream().map(CompletableFuture::join).toList();
  }

  private static String outcome(Client.Answer answer) {
    return answer.status() == 200 ? "bought" : answer.problem();
  }

  @Test
  void a_lost_answer_is_asked_for_again_with_the_same_words_also_when_nothing_is_left() {
    town.open("LOST", 1);
    var mina = town.newPerson("김민아", 9_000);
    var words = buying(mina, "LOST");
    var first = town.submit(words).expect(200).json();
    untilToldSoldOut("LOST", town.newPerson("stranger", 0));
    assertThat(town.submit(words).expect(200).json()).isEqualTo(first);
    town.buy(mina, "LOST").expect(409, "bought-before");
  }

  @Test
  void once_sold_out_nobodys_signature_is_looked_at_but_the_buyers_are() {
    town.open("CHEAP", 1);
    var mina = town.newPerson("김민아", 9_000);
    town.buy(mina, "CHEAP").expect(200);
    var juno = town.newPerson("이준호", 9_000);
    untilToldSoldOut("CHEAP", juno);
    town.submit(forged(buying(mina, "CHEAP"))).expect(422, "wrong-signature");
    town.submit(forged(buying(juno, "UNKNOWN"))).expect(422, "wrong-signature");
  }

  @Test
  void what_is_sold_out_is_known_after_a_restart_and_what_is_added_is_sold() {
    town.open("ADDED", 1);
    var mina = town.newPerson("김민아", 9_000);
    var juno = town.newPerson("이준호", 9_000);
    town.buy(mina, "ADDED").expect(200);
    town.town().restart();
    town.submit(forged(buying(juno, "ADDED"))).expect(409, "sold-out");
    town.buy(mina, "ADDED").expect(409, "bought-before");
    long from = town.nowMillis() + 60_000;
    town.set(town.sale("ADDED", from, from + Duration.ofDays(1).toMillis(), 2));
    town.buy(juno, "ADDED").expect(409, "sold-out");
    town.forward(Duration.ofMinutes(2));
    eventually(() -> assertThat(outcome(town.buy(juno, "ADDED"))).isEqualTo("bought"));
    town.buy(mina, "ADDED").expect(409, "bought-before");
  }

  @Test
  void nobody_buys_before_the_opening_or_after_the_end() {
    long from = town.nowMillis() + Duration.ofHours(1).toMillis();
    town.set(town.sale("HOURS", from, from + Duration.ofHours(1).toMillis(), 5));
    var mina = town.newPerson("김민아", 9_000);
    town.buy(mina, "HOURS").expect(409, "programme-closed");
    town.forward(Duration.ofMinutes(61));
    town.buy(mina, "HOURS").expect(200);
    town.forward(Duration.ofMinutes(61));
    town.buy(town.newPerson("이준호", 9_000), "HOURS").expect(409, "programme-closed");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void sells_to_whom_a_plain_list_says(long seed) {
    var random = new SplittableRandom(seed);
    var code = "MODEL-" + seed;
    int stock = 1 + random.nextInt(4);
    town.open(code, stock);
    var people = IntStream.range(0, 6).mapToObj(i -> town.newPerson("사람" + i, 30_000)).toList();
    var buyers = new TreeMap<Integer, String>();
    var words = new HashMap<Integer, JsonObject>();
    for (int step = 0; step < 24; step++) {
      int who = random.nextInt(people.size());
      if (buyers.containsKey(who) && random.nextBoolean()) {
        assertThat(town.submit(buyers.get(who)).expect(200).json()).isEqualTo(words.get(who));
        continue;
      }
      var expected =
          buyers.containsKey(who)
              ? "bought-before"
              : buyers.size() == stock ? "sold-out" : "bought";
      var statement = buying(people.get(who), code);
      var answer = town.submit(statement);
      assertThat(outcome(answer)).isEqualTo(expected);
      if (expected.equals("bought")) {
        buyers.put(who, statement);
        words.put(who, answer.json());
      }
    }
    for (int who = 0; who < people.size(); who++) {
      assertThat(gifts(people.get(who))).isEqualTo(buyers.containsKey(who) ? LOT : 0);
    }
    long given =
        Town.await(
            town.town()
                .engine()
                .ask(
                    ledger ->
                        ledger.view().programme(new ProgrammeCode(code)).orElseThrow().given()));
    assertThat(given).isEqualTo(buyers.size() * LOT);
  }

  @Test
  void a_crowd_gets_exactly_what_there_is() {
    town.open("CROWD", 20);
    var statements = new ArrayList<String>();
    for (int i = 0; i < 40; i++) statements.add(buying(town.newPerson("c" + i, 9_000), "CROWD"));
    var outcomes = atOnce(statements).stream().map(SaleDayTest::outcome).toList();
    assertThat(outcomes).filteredOn("bought"::equals).hasSize(20);
    assertThat(outcomes).filteredOn("sold-out"::equals).hasSize(20);
  }
}
