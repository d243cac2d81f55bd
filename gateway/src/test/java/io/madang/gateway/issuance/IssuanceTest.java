package io.madang.gateway.issuance;

import static io.madang.gateway.Town.await;
import static io.madang.gateway.issuance.PayingTown.ACCOUNT;
import static io.madang.gateway.issuance.PayingTown.reference;
import static io.madang.gateway.issuance.PayingTown.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.Client;
import io.madang.gateway.Person;
import io.madang.gateway.Town;
import io.madang.ledger.AccountId;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From money on the bank's account to coins in a wallet, by two people's signatures. */
class IssuanceTest {
  private static final AccountId BANK = AccountId.of(Town.key("bank").publicKey());

  @TempDir private static Path folder = Path.of("");
  private static PayingTown town;
  private static Person anna;

  @BeforeAll
  static void begin() {
    town = new PayingTown(folder.resolve("bank"));
    anna = town.town.newPerson("anna", 0);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void a_deposit_with_a_charges_reference_becomes_coins_when_two_have_signed() {
    var charge = town.charge(anna, 30_001);
    var payIn = charge.getJsonObject("payIn");
    assertThat(payIn.getString("number")).isEqualTo(ACCOUNT.number());
    assertThat(payIn.getLong("amount")).isEqualTo(30_001);
    assertThat(charge.getString("deposit")).isEqualTo("awaited");
    long before = town.coins(anna.account());

    town.payIn("T-1", 30_001, "충전 " + reference(charge).toLowerCase(java.util.Locale.ROOT));

    assertThat(town.charge(anna, charge).getString("deposit")).isEqualTo("seen");
    var issue = town.waiting(30_001);
    assertThat(issue.getString("account")).isEqualTo(anna.account().toString());
    assertThat(issue.getJsonObject("deposit").getString("payer")).isEqualTo("김하나");
    assertThat(issue.getBoolean("byHand")).isFalse();
    assertThat(town.coins(anna.account())).isEqualTo(before);

    town.issue(30_001);

    assertThat(town.coins(anna.account())).isEqualTo(before + 30_001);
    var done = town.charge(anna, charge);
    assertThat(done.getString("status")).isEqualTo("confirmed");
    town.town.anyone().get("/v1/transactions/" + done.getString("transaction")).expect(200);
    assertThat(town.deposits(one -> one.getLong("amount") == 30_001))
        .extracting(one -> one.getString("state"))
        .containsExactly("issued");
  }

  @Test
  void the_same_entry_in_other_files_brings_no_second_coins() {
    var charge = town.charge(anna, 30_002);
    long before = town.coins(anna.account());
    town.payIn("T-2", 30_002, reference(charge));
    town.payIn("T-2", 30_002, reference(charge));
    town.issue(30_002);
    town.payIn("T-2", 30_002, reference(charge));
    town.file(Camt.statement("S-2", 0, Camt.entry("T-2", 30_002, reference(charge))));

    assertThat(town.deposits(one -> one.getLong("amount") == 30_002)).hasSize(1);
    assertThat(town.issues(one -> one.getLong("amount") == 30_002)).hasSize(1);
    assertThat(town.coins(anna.account())).isEqualTo(before + 30_002);
  }

  @Test
  void an_entry_told_again_with_another_amount_is_for_people() {
    town.payIn("T-DIFFERS", 30_101, "");
    town.payIn("T-DIFFERS", 30_102, "");
    assertThat(town.deposits(one -> one.getString("entry").endsWith("T-DIFFERS"))).hasSize(1);
    assertThat(puzzles()).contains("deposit-differs");
  }

  @Test
  void an_entry_without_the_banks_reference_is_taken_from_the_statement_only() {
    var charge = town.charge(anna, 30_003);
    town.file(Camt.notification("N-3", Camt.entry("", 30_003, reference(charge))));
    assertThat(town.deposits(one -> one.getLong("amount") == 30_003)).isEmpty();
    var statement = Camt.statement("S-3", 0, Camt.entry("", 30_003, reference(charge)));
    town.file(statement);
    town.file(statement);
    assertThat(town.deposits(one -> one.getLong("amount") == 30_003)).hasSize(1);
    town.issue(30_003);
    assertThat(town.charge(anna, charge).getString("status")).isEqualTo("confirmed");
  }

  @Test
  void two_people_of_the_same_amount_get_each_their_own() {
    var ben = town.town.newPerson("ben", 0);
    var hers = town.charge(anna, 30_004);
    var his = town.charge(ben, 30_004);
    town.payIn("T-4B", 30_004, reference(his));
    assertThat(town.charge(anna, hers).getString("deposit")).isEqualTo("awaited");
    town.issue(30_004);
    assertThat(town.coins(ben.account())).isEqualTo(30_004);
    town.payIn("T-4A", 30_004, reference(hers));
    town.issue(30_004);
    assertThat(town.charge(anna, hers).getString("status")).isEqualTo("confirmed");
  }

  @Test
  void what_no_rule_may_match_is_assigned_or_sent_back_by_people() {
    var charge = town.charge(anna, 30_005);
    town.payIn("T-5", 29_995, reference(charge));
    var deposit = town.deposits(one -> one.getLong("amount") == 29_995).getFirst();
    assertThat(deposit.getString("state")).isEqualTo("unmatched");
    assertThat(puzzles()).contains("unmatched-deposit");
    long number = deposit.getLong("number");

    assertThat(town.decide(number, "assign", "00000000", 404).getString("type"))
        .endsWith("no-such-charge");
    var decided = town.decide(number, "assign", reference(charge), 200);
    assertThat(decided.getString("state")).isEqualTo("matched");
    assertThat(town.decide(number, "return", "", 409).getString("type"))
        .endsWith("deposit-decided");
    assertThat(town.waiting(29_995).getBoolean("byHand")).isTrue();
    town.issue(29_995);
    assertThat(town.charge(anna, charge).getLong("amount")).isEqualTo(29_995);

    town.payIn("T-6", 30_006, "누구세요");
    long other = town.deposits(one -> one.getLong("amount") == 30_006).getFirst().getLong("number");
    town.decide(other, "returned", "", 409);
    assertThat(town.decide(other, "return", "", 200).getString("state")).isEqualTo("to-return");
    assertThat(town.decide(other, "returned", "", 200).getString("state")).isEqualTo("returned");
  }

  @Test
  void a_proposal_is_taken_back_until_enough_have_signed_and_its_deposit_can_be_assigned_anew() {
    var charge = town.charge(anna, 30_007);
    town.payIn("T-7", 30_007, reference(charge));
    var issue = town.waiting(30_007);
    town.approve(signed(issue, "bank"));
    var path = "/v1/issuance/issues/" + issue.getLong("number") + "/withdrawal";
    var note = new JsonObject().put("note", "전화로 취소했어요");
    var halfSigned = town.waiting(30_007);
    town.operator().post(path, note).expect(204);
    assertThat(town.refused(signed(halfSigned, "university"))).isEqualTo("nothing-to-approve");
    assertThat(town.charge(anna, charge).getString("deposit")).isEqualTo("awaited");

    long number =
        town.deposits(one -> one.getLong("amount") == 30_007).getFirst().getLong("number");
    town.decide(number, "assign", reference(charge), 200);
    town.issue(30_007);
    town.operator().post(path, note).expect(409, "issue-is-signed");
    assertThat(town.charge(anna, charge).getString("status")).isEqualTo("confirmed");
  }

  @Test
  void approvers_sign_what_was_proposed_each_once_and_nobody_else_does() {
    var charge = town.charge(anna, 30_008);
    town.payIn("T-8", 30_008, reference(charge));
    var issue = town.waiting(30_008);
    var altered = signed(issue, "bank").replaceFirst(".{8}$", "AAAAAAAA");
    assertThat(town.refused(altered)).isEqualTo("not-a-signed-approval");
    assertThat(town.refused(signed(issue, "town hall"))).isEqualTo("not-an-approver");
    var more = issue.copy();
    more.getJsonObject("words").getJsonObject("approval").put("amount", 30_009);
    assertThat(town.refused(signed(more, "bank"))).isEqualTo("other-words");
    var words = PayingTown.canonical(issue.getJsonObject("words").getJsonObject("approval"));
    for (long until : List.of(1_000L, System.currentTimeMillis() + 90_000_000)) {
      assertThat(town.refused(signed(Town.key("bank"), "issue.approval", words, until)))
          .isEqualTo("not-valid-now");
    }
    assertThat(town.refused(signed(Town.key("bank"), "redeem.approval", words, 1_000)))
        .isEqualTo("nothing-to-approve");

    assertThat(town.approve(signed(issue, "bank")).getInteger("accepted")).isEqualTo(1);
    assertThat(town.refused(signed(issue, "bank"))).isEqualTo("approver-twice");
    assertThat(town.refused(signed(town.waiting(30_008), "bank"))).isEqualTo("approver-twice");
    assertThat(town.refused(signed(issue, "university"))).isEqualTo("transaction-wanted");
    assertThat(town.approve(signed(town.waiting(30_008), "university")).getInteger("accepted"))
        .isEqualTo(1);
    town.look();
    assertThat(town.charge(anna, charge).getString("status")).isEqualTo("confirmed");
  }

  @Test
  void two_approvers_at_once_are_one_approval_and_one_who_signs_again() throws Exception {
    for (int round = 0; round < 5; round++) {
      long amount = 31_000L + round;
      var charge = town.charge(anna, amount);
      town.payIn("RACE-" + round, amount, reference(charge));
      var issue = town.waiting(amount);
      List<Callable<JsonObject>> both =
          List.of(
              () -> town.approve(signed(issue, "bank")),
              () -> town.approve(signed(issue, "university")));
      int accepted = 0;
      try (var threads = Executors.newFixedThreadPool(2)) {
        for (var answer : threads.invokeAll(both)) {
          accepted += answer.get().getInteger("accepted");
        }
      }
      assertThat(accepted).isEqualTo(1);
      var half = town.waiting(amount);
      var last =
          List.of("bank", "university").stream()
              .mapToInt(name -> town.approve(signed(half, name)).getInteger("accepted"))
              .sum();
      assertThat(last).isEqualTo(1);
      town.look();
      assertThat(town.charge(anna, charge).getString("status")).isEqualTo("confirmed");
    }
  }

  @Test
  void whoever_submits_the_signed_words_themselves_takes_nothing_from_the_books() {
    var charge = town.charge(anna, 30_010);
    town.payIn("T-10", 30_010, reference(charge));
    long before = town.coins(anna.account());
    town.approve(signed(town.waiting(30_010), "bank"));
    var half = town.waiting(30_010);
    // Two whole transactions with the same bank reference: one goes past the desk.
    var own = signed(half, "university").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    await(town.town.engine().submit(own));
    town.approve(signed(half, "university"));
    Person.eventually(
        () -> {
          town.look();
          assertThat(town.charge(anna, charge).getString("status")).isEqualTo("confirmed");
        });
    assertThat(town.coins(anna.account())).isEqualTo(before + 30_010);
  }

  @Test
  void operators_issue_to_a_system_with_a_reason_or_a_deposit_and_end_an_issuers_coins() {
    var wish =
        new JsonObject()
            .put("kind", "issue")
            .put("asset", "S-COIN")
            .put("account", BANK.toString())
            .put("amount", 30_011)
            .put("reason", "할인 재원");
    propose(wish.copy().put("account", anna.account().toString()))
        .expect(422, "not-an-issuers-account");
    propose(wish.copy().put("asset", "NO-COIN")).expect(422, "unknown-asset-here");
    propose(wish).expect(201);
    long before = town.coins(BANK);
    town.issue(30_011);
    assertThat(town.coins(BANK)).isEqualTo(before + 30_011);

    town.payIn("T-12", 30_012, "재원 입금");
    var number = town.deposits(one -> one.getLong("amount") == 30_012).getFirst().getLong("number");
    propose(wish.copy().put("deposit", number)).expect(409, "deposit-differs");
    propose(wish.copy().put("deposit", number).put("amount", 30_012)).expect(201);
    town.issue(30_012);
    propose(wish.copy().put("deposit", number).put("amount", 30_012))
        .expect(409, "deposit-decided");

    propose(wish.copy().put("kind", "redeem").put("amount", 60_023)).expect(201);
    town.approve(signed(town.waiting(60_023), "bank"));
    town.approve(signed(town.waiting(60_023), "university"));
    var whole = town.waiting(60_023);
    assertThat(town.refused(signed(whole, "university"))).isEqualTo("not-the-holder");
    assertThat(town.approve(signed(whole, "bank")).getInteger("accepted")).isEqualTo(1);
    town.look();
    assertThat(town.coins(BANK)).isEqualTo(before);
  }

  private static Client.Answer propose(JsonObject wish) {
    return town.operator().post("/v1/issuance/issues", wish, Client.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(\"http://evil\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "홍길동 \u202e gpj.exe",
        "<script>alert(1)</script>",
        "'; DROP TABLE ops.deposit; --",
        "가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가가"
      })
  void hostile_words_of_a_payer_are_words(String words) {
    long amount = 40_000L + Math.floorMod(words.hashCode(), 9_999);
    town.payIn("HOSTILE-" + amount, amount, words);
    assertThat(town.deposits(one -> one.getLong("amount") == amount))
        .extracting(one -> one.getString("text"))
        .containsExactly(words);
  }

  @Test
  void a_file_in_another_currency_or_with_a_negative_amount_is_refused_whole() {
    var charge = town.charge(anna, 30_013);
    var good = Camt.entry("T-13", 30_013, reference(charge));
    town.file(Camt.notification("N-13", good + Camt.entry("T-14", 5, "").replace("KRW", "USD")));
    town.file(Camt.notification("N-14", good + Camt.entry("T-15", 5, "").replace(">5<", ">-5<")));
    town.file(Camt.notification("N-15", good).substring(0, 500));
    town.file(new byte[33 << 20]);
    assertThat(town.deposits(one -> one.getLong("amount") == 30_013)).isEmpty();
    town.file(Camt.notification("N-16", good + Camt.entry("T-16", 0, "")));
    assertThat(town.deposits(one -> one.getLong("amount") == 30_013)).hasSize(1);
  }

  @Test
  void money_on_another_account_and_pending_entries_bring_nothing() {
    var charge = town.charge(anna, 30_017);
    var entry = Camt.entry("T-17", 30_017, reference(charge));
    town.file(Camt.notification("N-17", entry).replace(ACCOUNT.number(), "99999999999"));
    town.file(Camt.notification("N-18", entry.replace("BOOK", "PDNG")));
    town.file(Camt.notification("N-19", entry.replace("CRDT", "DBIT")));
    assertThat(town.deposits(one -> one.getLong("amount") == 30_017)).isEmpty();
  }

  private static List<String> puzzles() {
    return town
        .operator()
        .get("/v1/settlement/work?limit=100")
        .json()
        .getJsonArray("items")
        .stream()
        .map(one -> ((JsonObject) one).getString("puzzle"))
        .toList();
  }
}
