package io.madang.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonFlag;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.chain.json.JsonValue;
import io.madang.ledger.Words.ProgrammeApproval;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not written in the formats is refused, and the answer names the member. */
class FormTest {
  private final Person ara = Person.number(1);
  private final Person shop = Person.number(2);
  private final Person stall = Person.number(5);
  private final World world = new World().with(10_000, ara, shop).withMerchants(stall);

  /** One good operation of every purpose, nested ones included. */
  private Map<Purpose, JsonObject> operations() {
    var payment = world.done(world.transfer(ara, shop, 5));
    var all = new LinkedHashMap<Purpose, JsonObject>();
    all.put(
        Purpose.ACCOUNT_REQUEST,
        Operations.accountRequest(AccountKind.PERSON, "phone", world.time() + 1));
    all.put(Purpose.KEY_REQUEST, Operations.keyRequest(ara.account(), "phone", world.time() + 1));
    all.put(Purpose.ISSUE_APPROVAL, Operations.approval(ara.account(), World.coins(5), "wire 5"));
    all.put(Purpose.REDEEM_APPROVAL, Operations.approval(ara.account(), World.coins(5), "wire 5"));
    all.put(Purpose.MANDATE, Operations.mandate(World.coins(5)));
    all.put(
        Purpose.ACCOUNT_OPEN,
        Operations.openAccount(
            AccountKind.PERSON, new Limits(1, 2, 3), signed(Purpose.ACCOUNT_REQUEST, all)));
    all.put(Purpose.ACCOUNT_LIMITS, Operations.setLimits(ara.account(), new Limits(1, 2, 3)));
    all.put(Purpose.KEY_ADD, Operations.addKey(signed(Purpose.KEY_REQUEST, all)));
    all.put(Purpose.KEY_REVOKE, Operations.revokeKey(ara.key()));
    all.put(
        Purpose.ASSET_ISSUE,
        Operations.issue(
            ara.account(), World.coins(5), List.of(signed(Purpose.ISSUE_APPROVAL, all)), "wire 5"));
    all.put(
        Purpose.ASSET_REDEEM,
        Operations.redeem(World.coins(5), List.of(signed(Purpose.REDEEM_APPROVAL, all)), "wire 5"));
    all.put(Purpose.TRANSFER, Operations.transfer(shop.account(), World.coins(5), "table 9"));
    all.put(
        Purpose.HOLD, Operations.hold(shop.account(), World.coins(5), world.time() + 1, "table 9"));
    all.put(Purpose.CAPTURE, Operations.capture(payment, 5, true));
    all.put(Purpose.RELEASE, Operations.release(payment));
    all.put(Purpose.REFUND, Operations.refund(5, world.proof(payment)));
    settlement(all);
    conditions(all);
    programmes(all);
    all.put(
        Purpose.MANDATE_CHARGE,
        Operations.chargeMandate(5, signed(Purpose.MANDATE, all), "table 9"));
    return all;
  }

  private void programmes(Map<Purpose, JsonObject> all) {
    long from = world.time() + 1;
    var terms =
        new ProgrammeTerms(from, from + 1, 0, 100, Optional.of(World.coins(90)), 100, 0, 1_000);
    var words =
        new ProgrammeApproval(
            World.programme("SALE"),
            ProgrammeKind.SALE,
            World.HALL.account(),
            World.VOUCHER,
            terms);
    all.put(Purpose.PROGRAMME_APPROVAL, Operations.programmeApproval(words));
    all.put(
        Purpose.PROGRAMME_SET,
        Operations.setProgramme(words, List.of(signed(Purpose.PROGRAMME_APPROVAL, all))));
    all.put(
        Purpose.PAY,
        Operations.pay(
            shop.account(),
            World.coins(5),
            List.of(new Amount(2, World.POINT), World.coins(3)),
            World.grant("EARN", 1),
            "table 9"));
    all.put(
        Purpose.REWARD,
        Operations.reward(ara.account(), World.grant("SURVEY", 1).orElseThrow(), "table 9"));
    all.put(Purpose.SALE_BUY, Operations.buy(World.programme("SALE"), World.coins(90)));
  }

  private void conditions(Map<Purpose, JsonObject> all) {
    var rules =
        Rules.caps(
            Rules.takenBy(
                Rules.expiring(Rules.OPEN, world.time() + World.DAY),
                List.of("5411", "5812"),
                List.of("11680", "KR-11")),
            1,
            2,
            3);
    var attributes = new Attributes("5411", "KR-11");
    long from = world.time() + 1;
    all.put(Purpose.RULES_APPROVAL, Operations.rulesApproval(World.POINT, from, rules));
    all.put(Purpose.ATTRIBUTES_APPROVAL, Operations.attributesApproval(shop.account(), attributes));
    all.put(
        Purpose.ASSET_RULES,
        Operations.setRules(
            World.POINT, from, rules, List.of(signed(Purpose.RULES_APPROVAL, all))));
    all.put(
        Purpose.ACCOUNT_ATTRIBUTES,
        Operations.setAttributes(
            shop.account(), attributes, List.of(signed(Purpose.ATTRIBUTES_APPROVAL, all))));
    all.put(Purpose.ASSET_SWEEP, Operations.sweep(World.POINT, List.of(ara.account())));
  }

  private void settlement(Map<Purpose, JsonObject> all) {
    world.done(world.transfer(ara, stall, 5));
    world.pass(World.DAY);
    var settlement = world.yesterday(stall, 5, 5);
    var position = world.done(world.settle(settlement));
    var id = PayoutId.of(World.CHAIN, settlement);
    all.put(Purpose.SETTLE_APPROVAL, Operations.settleApproval(settlement));
    all.put(Purpose.VOID_APPROVAL, Operations.voidApproval(id, "AC04"));
    all.put(
        Purpose.SETTLE,
        Operations.settle(settlement, List.of(signed(Purpose.SETTLE_APPROVAL, all))));
    all.put(
        Purpose.SETTLEMENT_VOID,
        Operations.voidPayout(
            world.proof(position), "AC04", List.of(signed(Purpose.VOID_APPROVAL, all))));
  }

  private Statement signed(Purpose purpose, Map<Purpose, JsonObject> all) {
    var operation = all.get(purpose);
    if (operation == null) {
      throw new AssertionError(purpose);
    }
    return world.sign(ara, purpose, operation);
  }

  private String answer(Statement statement) {
    return answer(statement.bytes());
  }

  private String answer(byte[] transaction) {
    return switch (world.ledger().admit(transaction)) {
      case Admission.Admitted<LedgerCandidate> _ -> "admitted";
      case Admission.NotAdmitted<LedgerCandidate>(var refusal) ->
          refusal.name() + ": " + refusal.detail();
    };
  }

  @Test
  void takes_every_operation_that_the_helpers_make() {
    operations()
        .forEach(
            (purpose, operation) ->
                assertThat(answer(world.sign(ara, purpose, operation)))
                    .as("%s", purpose)
                    .startsWith(purpose.isTransaction() ? "admitted" : "unknown-purpose"));
  }

  @Test
  void n3_words_signed_for_one_purpose_mean_nothing_for_another() {
    var all = operations();
    for (var nested : Purpose.values()) {
      if (nested.isTransaction()) {
        continue;
      }
      var right = signed(nested, all).text();
      for (var other : Purpose.values()) {
        var wrong =
            world.sign(ara, other, all.getOrDefault(nested, JsonObject.builder().build())).text();
        all.forEach(
            (purpose, operation) -> {
              var expected = purpose.isTransaction() && uses(purpose) == nested;
              if (expected) {
                var swapped = replaceNested(operation, wrong);
                assertThat(answer(world.sign(ara, purpose, swapped)))
                    .as("%s in %s", other, purpose)
                    .startsWith(other == nested ? "admitted" : "wrong-nested-purpose");
                assertThat(answer(world.sign(ara, purpose, replaceNested(operation, right))))
                    .isEqualTo("admitted");
              }
            });
      }
    }
  }

  @Test
  void n3_words_signed_for_another_chain_mean_nothing_here() {
    var mandate =
        World.sign(
            ara,
            "town-2",
            "mandate",
            Operations.mandate(World.coins(5)),
            world.freshId(),
            world.time());
    assertThat(answer(world.charge(shop, mandate, 5))).startsWith("wrong-nested-purpose");
  }

  private static Purpose uses(Purpose purpose) {
    return switch (purpose) {
      case ACCOUNT_OPEN -> Purpose.ACCOUNT_REQUEST;
      case KEY_ADD -> Purpose.KEY_REQUEST;
      case ASSET_ISSUE -> Purpose.ISSUE_APPROVAL;
      case ASSET_REDEEM -> Purpose.REDEEM_APPROVAL;
      case MANDATE_CHARGE -> Purpose.MANDATE;
      case SETTLE -> Purpose.SETTLE_APPROVAL;
      case SETTLEMENT_VOID -> Purpose.VOID_APPROVAL;
      case ASSET_RULES -> Purpose.RULES_APPROVAL;
      case PROGRAMME_SET -> Purpose.PROGRAMME_APPROVAL;
      case ACCOUNT_ATTRIBUTES -> Purpose.ATTRIBUTES_APPROVAL;
      default -> purpose;
    };
  }

  private static JsonObject replaceNested(JsonObject operation, String statement) {
    var changed = JsonObject.builder();
    operation
        .members()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "request", "mandate" -> changed.put(name, statement);
                case "approvals" -> changed.put(name, List.of(statement));
                default -> changed.put(name, value);
              }
            });
    return changed.build();
  }

  @Test
  void refuses_an_operation_with_any_member_missing_added_or_of_another_type() {
    var optional =
        List.of(
            "limits",
            "reference",
            "heldAtOnce",
            "perDay",
            "perPayment",
            "category",
            "region",
            "earn");
    operations()
        .forEach(
            (purpose, operation) -> {
              if (!purpose.isTransaction()) {
                return;
              }
              var extra = with(operation, "zebra", new JsonFlag(true));
              assertThat(answer(world.sign(ara, purpose, extra))).contains("operation.zebra");
              for (var name : operation.members().keySet()) {
                if (!optional.contains(name)) {
                  assertThat(answer(world.sign(ara, purpose, without(operation, name))))
                      .as("%s without %s", purpose, name)
                      .contains("malformed: The member operation." + name + " is missing.");
                }
                for (var wrong : otherTypes(operation.members().get(name))) {
                  assertThat(answer(world.sign(ara, purpose, with(operation, name, wrong))))
                      .as("%s with %s %s", purpose, name, wrong)
                      .startsWith("malformed: The member operation." + name + " must be");
                }
              }
            });
  }

  private static List<JsonValue> otherTypes(@Nullable JsonValue value) {
    var others = new ArrayList<JsonValue>();
    for (var other :
        List.of(
            new JsonText("1"),
            new JsonNumber(1),
            new JsonFlag(true),
            new JsonArray(List.of()),
            JsonObject.builder().build())) {
      if (value != null && other.getClass() != value.getClass()) {
        others.add(other);
      }
    }
    return others;
  }

  private static JsonObject without(JsonObject object, String name) {
    var changed = JsonObject.builder();
    object
        .members()
        .forEach(
            (each, value) -> {
              if (!each.equals(name)) {
                changed.put(each, value);
              }
            });
    return changed.build();
  }

  private static JsonObject with(JsonObject object, String name, JsonValue value) {
    var changed = JsonObject.builder();
    without(object, name).members().forEach(changed::put);
    return changed.put(name, value).build();
  }

  /** Signs nothing: form is looked at before signatures. */
  private byte[] raw(String operation) {
    var good = world.transfer(ara, shop, 5);
    var payload =
        "{\"chain\":\"town-1\",\"id\":\"%032x\",\"operation\":%s,\"purpose\":\"transfer\",\"validUntilMillis\":%d,\"version\":1}"
            .formatted(5, operation, world.time());
    var parts = good.text().split("\\.", -1);
    parts[1] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    return String.join(".", parts).getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "-0",
        "9007199254740992",
        "9007199254740993",
        "9223372036854775808",
        "1e400",
        "1e3",
        "5.0",
        "05",
        "+5",
        "\"5\"",
        "５",
        "0x5",
        "null",
        "true",
        "[5]"
      })
  void m6_an_amount_is_a_plain_integer_from_1_to_2_53_minus_1(String amount) {
    var operation =
        "{\"amount\":%s,\"asset\":\"S-COIN\",\"to\":\"%s\"}".formatted(amount, shop.account());
    assertThat(answer(raw(operation))).startsWith("malformed");
    assertThat(answer(raw(operation.replace(":" + amount + ",", ":9007199254740991,"))))
        .isEqualTo("admitted");
  }

  @Test
  void n2_the_same_meaning_in_another_form_is_refused() {
    var to = "\"to\":\"" + shop.account() + "\"";
    assertThat(answer(raw("{\"amount\":5,\"asset\":\"S-COIN\"," + to + "}"))).isEqualTo("admitted");
    for (var other :
        List.of(
            "{\"amount\":5,\"amount\":5,\"asset\":\"S-COIN\"," + to + "}",
            "{\"asset\":\"S-COIN\",\"amount\":5," + to + "}",
            "{\"amount\": 5,\"asset\":\"S-COIN\"," + to + "}",
            "{\"amount\":5,\"asset\":\"S\\u002dCOIN\"," + to + "}",
            "{\"amount\":5,\"asset\":\"S-COIN\"," + to.toUpperCase(Locale.ROOT) + "}")) {
      assertThat(answer(raw(other))).startsWith("malformed");
    }
  }

  @Test
  void results_are_canonical_json() {
    var hold = world.done(world.hold(ara, shop, 50, 60_000));
    var steps =
        List.of(
            world.transfer(ara, shop, 5),
            world.capture(shop, hold, 20, false),
            world.release(shop, hold),
            world.charge(shop, world.mandate(ara, World.coins(9)), 3),
            world.issue(ara, World.coins(7), "wire 77"),
            world.openAccount(Person.number(8), AccountKind.MERCHANT, Limits.NONE),
            world.sign(
                World.HALL, Purpose.KEY_REVOKE, Operations.revokeKey(Person.number(8).key())));
    for (var step : steps) {
      var height = world.done(step).height();
      var data = world.finalized().get((int) height - 1).results().getFirst().data();
      assertThat(CanonicalJson.read(data)).isInstanceOf(CanonicalJson.Result.Read.class);
    }
    world.done(world.transfer(ara, stall, 5));
    world.pass(World.DAY);
    var settlement = world.yesterday(stall, -5, 0);
    var position = world.done(world.settle(settlement));
    assertThat(lastResult().get("settlement")).isPresent();
    assertThat(position.index()).isZero();
    assertThat(world.done(world.refund(shop, lastPayment(), 1))).isNotNull();
    var data = world.finalized().getLast().results().getFirst().data();
    assertThat(World.object(data).get("refund")).isPresent();
  }

  private JsonObject lastResult() {
    return World.object(world.finalized().getLast().results().getFirst().data());
  }

  private Position lastPayment() {
    return world.done(world.transfer(ara, shop, 5));
  }

  @Test
  void rules_of_an_asset_have_one_form() {
    var good = Objects.requireNonNull(operations().get(Purpose.ASSET_RULES)).canonical();
    assertThat(answer(altered(good, "", ""))).isEqualTo("admitted");
    assertThat(answer(altered(good, "\"5411\",\"5812\"", "\"5812\",\"5411\"")))
        .contains("operation.rules.categories must not be empty and must ascend");
    assertThat(answer(altered(good, "\"5411\",\"5812\"", "\"5411\",\"5411\""))).contains("ascend");
    assertThat(answer(altered(good, "\"5411\",\"5812\"", ""))).contains("must not be empty");
    assertThat(answer(altered(good, "\"5411\"", "\"541\""))).contains("categories.0");
    assertThat(answer(altered(good, "\"5411\"", "\"５４１１\""))).contains("categories.0");
    assertThat(answer(altered(good, "\"KR-11\"", "\"서울\""))).contains("regions.1");
    assertThat(answer(altered(good, "\"expiredTo\":\"" + World.HALL.account() + "\",", "")))
        .contains("operation.rules.expiredTo is missing");
    assertThat(answer(altered(good, "\"gifts\":true", "\"gifts\":1"))).contains("rules.gifts");
  }

  @Test
  void nothing_is_sold_for_itself() {
    var sale = Objects.requireNonNull(operations().get(Purpose.PROGRAMME_SET)).canonical();
    var changed = sale.replace("\"asset\":\"GIFT-2026\",\"code\"", "\"asset\":\"S-COIN\",\"code\"");
    var statement =
        world.sign(
            World.HALL,
            Purpose.PROGRAMME_SET,
            World.object(changed.getBytes(StandardCharsets.US_ASCII)));
    assertThat(answer(statement)).contains("price.asset must be another than what is sold");
  }

  private Statement altered(String operation, String text, String by) {
    assertThat(operation).contains(text);
    var changed = operation.replace(text, by).getBytes(StandardCharsets.UTF_8);
    return world.sign(World.HALL, Purpose.ASSET_RULES, World.object(changed));
  }

  @Test
  void ids_are_shared_by_no_two_signers() {
    var id = new StatementId("%032x".formatted(77));
    for (var person : List.of(ara, shop)) {
      world.done(
          world.sign(
              person,
              Purpose.TRANSFER,
              Operations.transfer(World.BANK.account(), World.coins(1), ""),
              id,
              world.time()));
    }
    assertThat(world.available(World.BANK)).isEqualTo(2);
  }
}
