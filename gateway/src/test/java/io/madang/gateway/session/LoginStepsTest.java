package io.madang.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.SignatureVerifier;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.Town;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.Engine;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.secret.MasterSecret;
import io.madang.ledger.Ledger;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * A3: who guesses learns nothing from how a refused login is worked off. What is compared are the
 * steps, which are the same on every machine; the times are printed for people to look at.
 */
class LoginStepsTest {
  private static final int EACH = 1_000;
  private static final String AUDIENCE = "https://pay.example";

  /** What somebody without a known account's key can send. */
  private enum Guess {
    KNOWN_KEY_WRONG_SIGNATURE,
    UNKNOWN_KEY_WRONG_SIGNATURE,
    UNKNOWN_KEY_RIGHT_SIGNATURE
  }

  /** What was done since the last look, in order. */
  private final List<String> steps = new CopyOnWriteArrayList<>();

  @Test
  void takes_the_same_steps_whether_or_not_an_account_is_known() {
    var vertx = Vertx.vertx();
    try (var town = Town.start()) {
      var sessions = sessions(vertx, town);
      int strangers = 0;
      var known = Town.key("known");
      town.newPerson(known);

      // The counting sees what is done: this one is let in, and a session is stored.
      var opened = Town.await(sessions.open(login(sessions, known)));
      assertThat(opened.token()).startsWith("ws_");
      assertThat(take())
          .satisfiesExactly(
              step -> assertThat(step).isEqualTo("verify"),
              step -> assertThat(step).isEqualTo("ask"),
              step -> assertThat(step).startsWith("INSERT INTO ops.used_challenge"),
              step -> assertThat(step).startsWith("INSERT INTO ops.session"));

      Map<Guess, List<Long>> nanos = new EnumMap<>(Guess.class);
      for (int i = 0; i < EACH; i++) {
        for (var guess : Guess.values()) {
          var key =
              guess == Guess.KNOWN_KEY_WRONG_SIGNATURE ? known : Town.key("stranger" + ++strangers);
          var right = login(sessions, key);
          var login = guess == Guess.UNKNOWN_KEY_RIGHT_SIGNATURE ? right : forged(right);
          long start = System.nanoTime();
          assertThat(refusal(sessions, login)).isEqualTo(ProblemType.LOGIN_REFUSED.kebabName());
          nanos.computeIfAbsent(guess, _ -> new ArrayList<>()).add(System.nanoTime() - start);
          assertThat(take())
              .as(guess.toString())
              .satisfiesExactly(
                  step -> assertThat(step).isEqualTo("verify"),
                  step -> assertThat(step).isEqualTo("ask"),
                  step -> assertThat(step).startsWith("INSERT INTO ops.used_challenge"));
        }
      }
      Map<Guess, Long> medians = new EnumMap<>(Guess.class);
      nanos.forEach((guess, times) -> medians.put(guess, median(times)));
      long yardstick = medians.getOrDefault(Guess.KNOWN_KEY_WRONG_SIGNATURE, 1L);
      medians.forEach(
          (guess, median) ->
              System.out.printf(
                  "%s: median %d us, %.2f of that for a known key%n",
                  guess, median / 1_000, (double) median / yardstick));
    } finally {
      Town.await(vertx.close());
    }
  }

  /** Sessions on the town's own engine and database, with the steps written down. */
  private Sessions sessions(Vertx vertx, Town town) {
    var verifier = new SignatureVerifier(new SecureRandom()::nextBytes, 0);
    @SuppressWarnings("unchecked")
    Engine<Ledger> engine =
        watched(
            Engine.class,
            town.engine(),
            (method, _) -> {
              if (method.equals("ask")) steps.add(method);
            });
    var pool =
        watched(
            Pool.class,
            town.pool(),
            (method, first) -> {
              if (method.endsWith("uery")) steps.add(String.valueOf(first));
            });
    return new Sessions(
        vertx,
        new Sql(pool),
        new MasterSecret(MasterSecret.random(32)),
        engine,
        Clock.systemUTC(),
        login -> {
          steps.add("verify");
          return verifier.verifies(login);
        },
        AUDIENCE);
  }

  private interface Watcher {
    void called(String method, Object firstArgument);
  }

  private static <T> T watched(Class<T> type, T real, Watcher watcher) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              watcher.called(
                  method.getName(), arguments == null ? "" : Arrays.asList(arguments).getFirst());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private List<String> take() {
    var taken = List.copyOf(steps);
    steps.clear();
    return taken;
  }

  private static String login(Sessions sessions, SigningKey key) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                Town.CHAIN,
                new StatementId(HexFormat.of().formatHex(MasterSecret.random(16))),
                "login",
                System.currentTimeMillis() + 60_000,
                JsonObject.builder()
                    .put("audience", AUDIENCE)
                    .put("challenge", sessions.challenge().text())
                    .build()))
        .text();
  }

  /** The same words under another signature. */
  private static String forged(String login) {
    int middle = login.lastIndexOf('.') + 60;
    char other = login.charAt(middle) == 'A' ? 'B' : 'A';
    return login.substring(0, middle) + other + login.substring(middle + 1);
  }

  private static String refusal(Sessions sessions, String login) {
    return Town.await(sessions.open(login).map(_ -> "let in").otherwise(LoginStepsTest::name));
  }

  private static String name(Throwable failure) {
    return failure instanceof Problem.Raised raised ? raised.problem().name() : failure.toString();
  }

  private static long median(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
  }
}
