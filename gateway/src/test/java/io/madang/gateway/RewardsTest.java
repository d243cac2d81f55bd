package io.madang.gateway;

import static io.madang.gateway.GivingTown.GIFT;
import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.AccountId;
import io.madang.ledger.AccountKind;
import io.madang.ledger.Amount;
import io.madang.ledger.Limits;
import io.madang.ledger.Operations;
import io.madang.ledger.ProgrammeCode;
import io.madang.ledger.ProgrammeKind;
import io.madang.ledger.ProgrammeTerms;
import io.madang.ledger.Words.ProgrammeApproval;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever answered a survey gets points, once. */
class RewardsTest {
  private static final SigningKey FUND =
      SigningKey.ed25519(Town.secret().hash("programmes", "fund"));

  private static GivingTown town;
  private static Client surveys;

  @BeforeAll
  static void begin() {
    town = GivingTown.funded(TestPostgres.newDatabase());
    openFund();
    town.issue(AccountId.of(FUND.publicKey()), new Amount(100_000, GIFT));
    long from = town.nowMillis() + 60_000;
    var terms =
        new ProgrammeTerms(
            from,
            from + Duration.ofDays(30).toMillis(),
            0,
            1_000,
            Optional.empty(),
            2_500,
            0,
            50_000);
    var words =
        new ProgrammeApproval(
            new ProgrammeCode("SURVEY"),
            ProgrammeKind.REWARD,
            AccountId.of(FUND.publicKey()),
            GIFT,
            terms);
    var approvals =
        List.of(
            town.sign("bank", "programme.approval", Operations.programmeApproval(words)),
            town.sign("university", "programme.approval", Operations.programmeApproval(words)));
    town.submit(fundSays("programme.set", Operations.setProgramme(words, approvals))).expect(200);
    town.forward(Duration.ofMinutes(2));
    var made = town.town().operator().post("/v1/fund-keys", new JsonObject().put("name", "설문 서버"));
    surveys = town.town().holder(made.expect(201).json().getString("apiKey"));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static void openFund() {
    var until = town.nowMillis() + Duration.ofDays(1_000).toMillis();
    var request =
        fundSays("account.request", Operations.accountRequest(AccountKind.SYSTEM, "fund", until));
    town.submit(
            town.sign(
                "town hall",
                "account.open",
                Operations.openAccount(AccountKind.SYSTEM, Limits.NONE, request)))
        .expect(200);
  }

  private static Statement fundSays(String purpose, io.madang.chain.json.JsonObject operation) {
    return new StatementSigner(FUND)
        .sign(
            new Statement.Payload(
                Town.CHAIN,
                new StatementId(Person.newId()),
                purpose,
                town.nowMillis() + 60_000,
                operation));
  }

  private static JsonObject reward(Person to, long amount, String occasion) {
    return new JsonObject()
        .put("programme", "SURVEY")
        .put("to", to.account().toString())
        .put("amount", amount)
        .put("occasion", occasion);
  }

  private static long gifts(Person person) {
    return person
        .client()
        .get("/v1/me")
        .expect(200)
        .json()
        .getJsonArray("balances")
        .getJsonObject(1)
        .getLong("available");
  }

  @Test
  void rewards_a_person_once_for_an_occasion_however_often_it_is_asked() {
    var mina = town.newPerson("김민아", 0);
    var words = reward(mina, 1_000, "survey 2026-11");
    var answers =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> surveys.post("/v1/rewards", words)))
            .limit(5)
            .toList();
    assertThat(answers.stream().map(one -> one.join().expect(200).json()).distinct()).hasSize(1);
    town.town().restart();
    surveys.post("/v1/rewards", words).expect(200);
    assertThat(gifts(mina)).isEqualTo(1_000);
    surveys
        .post("/v1/rewards", reward(mina, 900, "survey 2026-11"))
        .expect(409, "rewarded-otherwise");
    surveys.post("/v1/rewards", reward(mina, 900, "survey 2026-12")).expect(200);
    assertThat(gifts(mina)).isEqualTo(1_900);
    eventually(
        () -> {
          var seen =
              mina.client().get("/v1/me/activity").json().getJsonArray("items").getJsonObject(1);
          assertThat(seen.getString("type")).isEqualTo("reward");
          assertThat(seen.getString("reference")).isEqualTo("survey 2026-11");
          assertThat(seen.getString("programme")).isEqualTo("SURVEY");
          assertThat(seen.getString("direction")).isEqualTo("in");
        });
    var history = surveys.get("/v1/me/activity?limit=1").expect(200).json().getJsonArray("items");
    assertThat(history.getJsonObject(0).getString("direction")).isEqualTo("out");
  }

  @Test
  void keeps_to_the_caps_and_takes_what_was_refused_again() {
    var mina = town.newPerson("김민아", 0);
    surveys.post("/v1/rewards", reward(mina, 1_001, "a")).expect(422, "over-rule");
    surveys.post("/v1/rewards", reward(mina, 1_000, "b")).expect(200);
    surveys.post("/v1/rewards", reward(mina, 1_000, "c")).expect(200);
    surveys.post("/v1/rewards", reward(mina, 1_000, "d")).expect(409, "over-person-share");
    surveys.post("/v1/rewards", reward(mina, 1_000, "d")).expect(409, "over-person-share");
    assertThat(gifts(mina)).isEqualTo(2_000);
    surveys
        .post("/v1/rewards", reward(mina, 500, "e").put("programme", "NOWHERE"))
        .expect(404, "unknown-programme");
  }

  @Test
  void a_key_that_was_ended_gives_nothing() {
    var made =
        town.town()
            .operator()
            .post("/v1/fund-keys", new JsonObject().put("name", "old"))
            .expect(201)
            .json();
    var old = town.town().holder(made.getString("apiKey"));
    town.town().operator().delete("/v1/fund-keys/" + made.getString("id")).expect(204);
    old.post("/v1/rewards", reward(town.newPerson("b", 0), 1, "x")).expect(401, "unauthorized");
    assertThat(town.town().operator().get("/v1/fund-keys").expect(200).json().encode())
        .contains("설문 서버")
        .doesNotContain(made.getString("id"))
        .doesNotContain("fk_");
  }
}
