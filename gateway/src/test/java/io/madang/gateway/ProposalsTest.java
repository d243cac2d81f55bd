package io.madang.gateway;

import static io.madang.gateway.Person.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.chain.json.CanonicalJson;
import io.madang.gateway.database.TestPostgres;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators propose rules, attributes and programmes; approvers sign; the chain remembers. */
class ProposalsTest {
  private static final String PROPOSALS = "/v1/proposals";
  private static final SigningKey BANK = Town.key("bank");
  private static final SigningKey UNIVERSITY = Town.key("university");
  private static final long DAY = 24L * 3_600_000;
  private static final AheadClock CLOCK = new AheadClock();
  private static Town town;

  /** The machine's clock, and whatever the tests put it ahead. */
  private static final class AheadClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void pass(Duration time) {
      ahead.accumulateAndGet(time, Duration::plus);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeAll
  static void begin() {
    town =
        new Town(
            TestPostgres.newDatabase(),
            CLOCK,
            configuration -> configuration.withRates(Town.NO_RATES),
            List.of(
                "S-COIN", "POINT:point", "GIFT:voucher", "RACE:point", "HIST:point", "OLD:point"));
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static long now() {
    return town.clock().millis();
  }

  private static JsonObject rules(String asset, long from, JsonObject rules) {
    var members = new JsonObject().put("forWon", false).put("gifts", false).mergeIn(rules);
    return new JsonObject()
        .put("purpose", "asset.rules")
        .put(
            "words",
            new JsonObject().put("asset", asset).put("fromMillis", from).put("rules", members));
  }

  private static JsonObject proposed(JsonObject wish) {
    return town.operator().post(PROPOSALS, wish).expect(201).json();
  }

  private static Client.Answer send(JsonObject proposal, String statement) {
    return town.operator()
        .post(
            PROPOSALS + "/" + proposal.getLong("number") + "/signatures",
            new JsonObject().put("statement", statement));
  }

  private static JsonObject seen(JsonObject proposal) {
    return town.operator().get(PROPOSALS + "/" + proposal.getLong("number")).expect(200).json();
  }

  /** What a page signs: the approval, or the whole transaction when it is the last signature. */
  private static String signed(JsonObject proposal, SigningKey key) {
    int missing = proposal.getInteger("signatures") - proposal.getJsonArray("approvals").size();
    var words = proposal.getJsonObject("words").copy();
    boolean isLast = missing <= 1;
    if (isLast && proposal.containsKey("approvalPurpose")) {
      words.put("approvals", proposal.getJsonArray("approvals"));
    }
    var purpose = proposal.getString(isLast ? "purpose" : "approvalPurpose");
    return signed(purpose, words, key, now() + 3_600_000);
  }

  private static String signed(String purpose, JsonObject words, SigningKey key, long until) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                Town.CHAIN, new StatementId(Person.newId()), purpose, until, canonical(words)))
        .text();
  }

  private static io.madang.chain.json.JsonObject canonical(JsonObject json) {
    var sorted = sorted(json).encode().getBytes(StandardCharsets.UTF_8);
    if (CanonicalJson.read(sorted)
        instanceof CanonicalJson.Result.Read(io.madang.chain.json.JsonObject object)) {
      return object;
    }
    throw new AssertionError(json);
  }

  private static JsonObject sorted(JsonObject json) {
    var members = new TreeMap<String, Object>();
    for (var member : json) {
      var value = member.getValue();
      members.put(member.getKey(), value instanceof JsonObject inner ? sorted(inner) : value);
    }
    return new JsonObject(members);
  }

  /** Both approvers, one after the other. */
  private static JsonObject agreed(JsonObject wish) {
    var proposal = proposed(wish);
    send(proposal, signed(seen(proposal), BANK)).expect(200);
    return send(proposal, signed(seen(proposal), UNIVERSITY)).expect(200).json();
  }

  private static JsonArray history(String path) {
    var items = new JsonArray();
    eventually(
        () -> {
          items.clear();
          items.addAll(
              town.anyone().get(path + "/history").expect(200).json().getJsonArray("items"));
          assertThat(items.size()).isPositive();
        });
    return items;
  }

  @Test
  void rules_hold_when_two_approvers_have_signed_and_everybody_reads_who_did() {
    long from = now() + DAY;
    var wish =
        rules(
            "HIST",
            from,
            new JsonObject().put("expiresMillis", from + 30 * DAY).put("holdingCap", 50_000));
    var proposal = proposed(wish);
    assertThat(proposal.getString("state")).isEqualTo("waiting");
    assertThat(proposal.getInteger("signatures")).isEqualTo(2);

    send(proposal, signed(seen(proposal), BANK)).expect(200);
    assertThat(seen(proposal).getString("state")).isEqualTo("waiting");
    assertThat(town.anyone().get("/v1/assets/HIST").expect(200).json().getJsonArray("scheduled"))
        .isEmpty();
    var done = send(proposal, signed(seen(proposal), UNIVERSITY)).expect(200).json();

    assertThat(done.getString("state")).isEqualTo("done");
    var scheduled =
        town.anyone().get("/v1/assets/HIST").expect(200).json().getJsonArray("scheduled");
    assertThat(scheduled.getJsonObject(0).getLong("holdingCap")).isEqualTo(50_000);
    assertThat(scheduled.getJsonObject(0).getString("expiredTo"))
        .isEqualTo(town.gateway().programmeFund().account().toString());
    var record = history("/v1/assets/HIST").getJsonObject(0);
    assertThat(record.getString("signer"))
        .isEqualTo(AccountId.of(UNIVERSITY.publicKey()).toString());
    assertThat(record.getJsonArray("approvers"))
        .containsExactly(AccountId.of(BANK.publicKey()).toString());
    assertThat(record.getJsonObject("words")).isEqualTo(done.getJsonObject("words"));
    assertThat(record.getString("transaction")).isEqualTo(done.getString("transaction"));
    town.anyone().get("/v1/receipts/" + done.getString("transaction")).expect(200);
  }

  @Test
  void a_rule_that_operators_changed_binds_the_next_payment() {
    var anna = town.newPerson("anna", 0);
    var ben = town.newPerson("ben", 0);
    issue(anna.account(), "GIFT", 1_000);
    pays(anna.transfer(ben.account(), "GIFT", 10, "")).expect(200);
    agreed(rules("GIFT", now() + DAY, new JsonObject()));
    pays(anna.transfer(ben.account(), "GIFT", 10, "")).expect(200);

    CLOCK.pass(Duration.ofDays(2));

    pays(anna.transfer(ben.account(), "GIFT", 10, "")).expect(409, "gift-not-allowed");
    assertThat(town.anyone().get("/v1/assets/GIFT").json().getJsonObject("rules")).isNotNull();
  }

  @Test
  void what_expired_is_collected_half_a_year_later_by_one_approver() {
    var anna = town.newPerson("anna", 0);
    issue(anna.account(), "OLD", 700);
    var expires = new JsonObject().put("expiresMillis", now() + 2 * DAY);
    agreed(rules("OLD", now() + DAY, expires));
    var wish =
        new JsonObject()
            .put("purpose", "asset.sweep")
            .put("words", new JsonObject().put("asset", "OLD"));
    CLOCK.pass(Duration.ofDays(3));
    wrong(wish, 409, "not-collected-yet");
    CLOCK.pass(Duration.ofDays(180));

    var proposal = proposed(wish);
    assertThat(proposal.getJsonObject("words").getJsonArray("accounts"))
        .containsExactly(anna.account().toString());
    assertThat(proposal.getInteger("signatures")).isEqualTo(1);
    assertThat(send(proposal, signed(proposal, BANK)).expect(200).json().getString("state"))
        .isEqualTo("done");
    wrong(wish, 409, "nothing-to-collect");
    eventually(
        () ->
            assertThat(
                    town.anyone()
                        .get("/v1/assets/OLD/history")
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("purpose"))
                .isEqualTo("asset.sweep"));
  }

  private static Client.Answer pays(String transaction) {
    return town.anyone().post("/v1/transactions", new JsonObject().put("transaction", transaction));
  }

  private static void issue(AccountId account, String asset, long units) {
    var amount = new Amount(units, new AssetCode(asset));
    var words = Operations.approval(account, amount, "issue-" + asset);
    var approval =
        signed("issue.approval", new JsonObject(words.canonical()), UNIVERSITY, now() + 60_000);
    var whole = Operations.issue(account, amount, List.of(), "issue-" + asset);
    var issue = new JsonObject(whole.canonical()).put("approvals", new JsonArray().add(approval));
    pays(signed("asset.issue", issue, BANK, now() + 60_000)).expect(200);
  }

  @Test
  void a_programme_of_the_gateways_fund_is_set_as_soon_as_approvers_have_agreed() {
    long from = now() + DAY;
    var wish =
        new JsonObject()
            .put("purpose", "programme.set")
            .put("name", new JsonObject().put("ko", "결제 적립 1%").put("en", "1 % back"))
            .put(
                "words",
                new JsonObject()
                    .put("asset", "POINT")
                    .put("code", "EARN-9")
                    .put("fromMillis", from)
                    .put("kind", "earning")
                    .put("perPerson", 5_000)
                    .put("periodDays", 30)
                    .put("rate", 100)
                    .put("total", 1_000_000)
                    .put("untilMillis", from + DAY));
    var done = agreed(wish);

    assertThat(done.getString("state")).isEqualTo("done");
    var anna = town.newPerson("anna", 0);
    var shown = anna.client().get("/v1/programmes/EARN-9").expect(200).json();
    assertThat(shown.getString("state")).isEqualTo("coming");
    assertThat(shown.getJsonObject("name").getString("ko")).isEqualTo("결제 적립 1%");
    assertThat(shown.getLong("left")).isEqualTo(1_000_000);
    // The fund has nothing yet, so there is nothing for anybody.
    assertThat(shown.getJsonObject("mine"))
        .isEqualTo(new JsonObject().put("given", 0).put("left", 0));
    assertThat(town.anyone().get("/v1/programmes/EARN-9").json().containsKey("mine")).isFalse();
    var record = history("/v1/programmes/EARN-9").getJsonObject(0);
    assertThat(record.getJsonArray("approvers")).hasSize(2);
    assertThat(record.getString("signer"))
        .isEqualTo(town.gateway().programmeFund().account().toString());
    // The same code is the same programme for ever.
    var other = wish.copy();
    other.getJsonObject("words").put("asset", "GIFT").put("fromMillis", from + 1);
    town.operator().post(PROPOSALS, other).expect(409, "programme-mismatch");
  }

  @Test
  void operators_say_what_a_merchant_is() {
    var account = town.newShop("BAKERY").merchant().account().toString();
    var wish =
        new JsonObject()
            .put("purpose", "account.attributes")
            .put(
                "words",
                new JsonObject()
                    .put("account", account)
                    .put("category", "5462")
                    .put("region", "KR-11"));
    agreed(wish);

    var said = town.anyone().get("/v1/accounts/" + account + "/attributes").expect(200).json();
    assertThat(said.getString("category")).isEqualTo("5462");
    assertThat(said.getString("region")).isEqualTo("KR-11");
    assertThat(history("/v1/accounts/" + account + "/attributes")).hasSize(1);
    var nobody = wish.copy();
    nobody.getJsonObject("words").put("account", "0".repeat(32));
    town.operator().post(PROPOSALS, nobody).expect(404, "unknown-account");
  }

  @Test
  void two_approvers_who_sign_at_once_do_not_lose_a_signature() throws InterruptedException {
    var proposal = proposed(rules("RACE", now() + DAY, new JsonObject()));
    var answers = new ConcurrentLinkedQueue<Integer>();
    var threads =
        List.of(BANK, UNIVERSITY).stream()
            .map(
                key -> {
                  var text = signed(proposal, key);
                  return Thread.ofVirtual().start(() -> answers.add(send(proposal, text).status()));
                })
            .toList();
    for (var thread : threads) thread.join();

    // The second one is told to sign the transaction, which has the first one's approval inside.
    assertThat(answers).containsExactlyInAnyOrder(200, 422);
    var left = seen(proposal);
    assertThat(left.getJsonArray("approvals")).hasSize(1);
    var first = AccountId.of(BANK.publicKey());
    boolean isBanks =
        io.madang.chain.StatementReader.read(left.getJsonArray("approvals").getString(0))
                instanceof io.madang.chain.StatementReading.Read(var statement)
            && AccountId.of(statement.signer()).equals(first);
    var last = isBanks ? UNIVERSITY : BANK;
    assertThat(send(proposal, signed(left, last)).expect(200).json().getString("state"))
        .isEqualTo("done");
    send(proposal, signed(left, last)).expect(409, "proposal-is-over");
  }

  @Test
  void takes_no_signature_that_is_not_an_approvers_over_these_very_words() {
    var proposal = proposed(rules("POINT", now() + DAY, new JsonObject()));
    var stranger = Town.key("stranger");
    var words = proposal.getJsonObject("words");
    refused(proposal, signed(proposal, stranger), "not-an-approver");
    var other = words.copy();
    other.getJsonObject("rules").put("gifts", true);
    refused(proposal, signed("rules.approval", other, BANK, now() + 60_000), "other-words");
    refused(proposal, signed("asset.rules", words, BANK, now() + 60_000), "approvals-missing");
    refused(proposal, signed("programme.approval", words, BANK, now() + 60_000), "other-words");
    refused(proposal, signed("rules.approval", words, BANK, now() - 1), "not-valid-now");
    refused(proposal, signed("rules.approval", words, BANK, now() + 2 * DAY), "not-valid-now");
    refused(proposal, signed(proposal, BANK).replaceFirst(".$", "!"), "not-a-signed-approval");

    send(proposal, signed(proposal, BANK)).expect(200);
    refused(proposal, signed(seen(proposal), BANK), "approver-twice");
    refused(proposal, signed(proposal, UNIVERSITY), "transaction-wanted");
  }

  private static void refused(JsonObject proposal, String statement, String reason) {
    var answer = send(proposal, statement).expect(422, "approval-refused");
    assertThat(answer.json().getString("reason")).isEqualTo(reason);
  }

  @Test
  void an_approval_that_has_run_out_has_to_come_again() {
    var proposal = proposed(rules("POINT", now() + 5 * DAY, new JsonObject()));
    send(proposal, signed(proposal, BANK)).expect(200);
    assertThat(seen(proposal).getJsonArray("approvals")).hasSize(1);

    CLOCK.pass(Duration.ofHours(2));

    assertThat(seen(proposal).getJsonArray("approvals")).isEmpty();
    send(proposal, signed(seen(proposal), BANK)).expect(200);
    assertThat(seen(proposal).getJsonArray("approvals")).hasSize(1);
  }

  @Test
  void what_was_taken_back_is_signed_no_more() {
    var proposal = proposed(rules("POINT", now() + DAY, new JsonObject()));
    var path = PROPOSALS + "/" + proposal.getLong("number") + "/withdrawal";
    town.operator().post(path, new JsonObject().put("reason", "한도를 다시 정해요")).expect(204);

    assertThat(seen(proposal).getString("reason")).isEqualTo("한도를 다시 정해요");
    send(proposal, signed(proposal, BANK)).expect(409, "proposal-is-over");
    town.operator()
        .post(path, new JsonObject().put("reason", "again"))
        .expect(409, "proposal-is-over");
    town.operator().get(PROPOSALS + "/999999").expect(404, "not-found");
  }

  @Test
  void proposes_nothing_that_the_ledger_would_refuse() {
    wrong(rules("POINT", now() - 1, new JsonObject()), 422, "rules-not-ahead");
    wrong(rules("S-COIN", now() + DAY, new JsonObject()), 422, "rules-of-coin");
    wrong(rules("NONE", now() + DAY, new JsonObject()), 404, "unknown-asset");
    wrong(
        rules(
            "POINT",
            now() + DAY,
            new JsonObject()
                .put("expiresMillis", now() + 2 * DAY)
                .put("expiredTo", town.newPerson("eve", 0).account().toString())),
        422,
        "not-fund");
    malformed(rules("POINT", now() + DAY, new JsonObject().put("perDay", -1)));
    malformed(rules("POINT", now() + DAY, new JsonObject().put("code", "x")));
    malformed(rules("POINT", now() + DAY, categories("5814", "5462")));
    malformed(rules("POINT", now() + DAY, categories("5814", "5814")));
    malformed(rules("POINT", now() + DAY, categories("카페")));
    malformed(rules("POINT", now() + DAY, categories()));
    malformed(
        rules(
            "POINT",
            now() + DAY,
            categories(
                IntStream.range(1_000, 1_101).mapToObj(Integer::toString).toArray(String[]::new))));
    wrong(
        new JsonObject()
            .put("purpose", "asset.sweep")
            .put("words", new JsonObject().put("asset", "POINT")),
        409,
        "not-collected-yet");
    malformed(new JsonObject().put("purpose", "transfer").put("words", new JsonObject()));
    malformed(new JsonObject().put("purpose", "programme.set").put("words", new JsonObject()));
    var rate =
        new JsonObject()
            .put("asset", "POINT")
            .put("code", "EARN-8")
            .put("fromMillis", now() + DAY)
            .put("kind", "earning")
            .put("perPerson", 1)
            .put("rate", 5_001)
            .put("total", 1)
            .put("untilMillis", now() + 2 * DAY);
    malformed(new JsonObject().put("purpose", "programme.set").put("words", rate));
    var before = rate.copy().put("rate", 1).put("untilMillis", rate.getLong("fromMillis"));
    malformed(new JsonObject().put("purpose", "programme.set").put("words", before));
  }

  private static JsonObject categories(String... codes) {
    return new JsonObject().put("categories", new JsonArray(List.of(codes)));
  }

  private static void wrong(JsonObject wish, int status, String problem) {
    town.operator().post(PROPOSALS, wish).expect(status, problem);
  }

  private static void malformed(JsonObject wish) {
    wrong(wish, 400, "malformed-request");
  }

  @Test
  void the_same_key_writes_a_proposal_down_once() {
    var wish = rules("POINT", now() + DAY, new JsonObject());
    var key = Client.key();
    var made = town.operator().post(PROPOSALS, wish, key).expect(201).json();
    assertThat(town.operator().post(PROPOSALS, wish, key).expect(201).json()).isEqualTo(made);
  }

  @Test
  void everybody_reads_the_assets_and_nobody_one_that_is_not_there() {
    var items = town.anyone().get("/v1/assets").expect(200).json().getJsonArray("items");
    assertThat(items).hasSize(6);
    town.anyone().get("/v1/assets/NONE").expect(404, "not-found");
    town.anyone().get("/v1/programmes/NONE").expect(404, "not-found");
    town.anyone().get("/v1/accounts/" + "0".repeat(32) + "/attributes").expect(404, "not-found");
    town.anyone().get("/v1/assets/POINT/history?cursor=nonsense").expect(400, "malformed-request");
    town.anyone().get("/v1/assets/NONE/history").expect(200);
  }
}
