package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.gateway.Client.Answer;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An intent is paid once, in the way that it asks for, to the payee whose it is. */
class OneIntentOnePaymentTest {
  private static final Amount PRICE = new Amount(1_000, new AssetCode("S-COIN"));
  private static Town town;

  @BeforeAll
  static void open() {
    town = Town.start();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void a_hold_does_not_pay_what_is_paid_at_once() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var intent = newIntent(shop);
    var payee = shop.merchant().account();

    send(hold(anna, payee, intent)).expect(422, "intent-needs-transfer");
    anna.pay(payee, 1_000, intent).expect(200);
    send(hold(anna, payee, intent)).expect(409, "intent-already-paid");
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void nobody_charges_a_mandate_for_another_shops_intent() {
    var shop = town.newShop("SHOP");
    var anna = town.newPerson("anna", 10_000);
    var ben = town.newPerson("ben", 0);
    var intent = newIntent(shop);

    send(charge(ben, anna, intent)).expect(409, "intent-payee-differs");
    anna.pay(shop.merchant().account(), 1_000, intent).expect(200);
    send(charge(ben, anna, intent)).expect(409, "intent-already-paid");
    assertThat(anna.balance()).isEqualTo(9_000);
  }

  @Test
  void neither_may_name_a_sticker_or_an_intent_that_nobody_made() {
    var anna = town.newPerson("anna", 10_000);
    var ben = town.newPerson("ben", 0);
    for (var reference : new String[] {"S-0123456789abcdef", "S-"}) {
      send(hold(anna, ben.account(), reference)).expect(422, "intent-needs-transfer");
      send(charge(ben, anna, reference)).expect(422, "intent-needs-transfer");
    }
    var nobodys = "0123456789abcdef01234567";
    send(hold(anna, ben.account(), nobodys)).expect(404, "no-such-intent");
    send(charge(ben, anna, nobodys)).expect(404, "no-such-intent");
    assertThat(anna.balance()).isEqualTo(10_000);
  }

  @Test
  void both_pass_with_references_of_their_own() {
    var anna = town.newPerson("anna", 10_000);
    var ben = town.newPerson("ben", 0);
    for (var reference : new String[] {"TABLE-7", ""}) {
      send(hold(anna, ben.account(), reference)).expect(200);
      send(charge(ben, anna, reference)).expect(200);
    }
    assertThat(ben.balance()).isEqualTo(2_000);
    assertThat(anna.balance()).isEqualTo(6_000);
  }

  private static String newIntent(io.madang.gateway.account.MerchantRoutes.Registered shop) {
    return town.shop(shop)
        .post("/v1/intents", new JsonObject().put("amount", 1_000).put("asset", "S-COIN"))
        .expect(201)
        .json()
        .getString("id");
  }

  private static String hold(Person payer, io.madang.ledger.AccountId payee, String reference) {
    return payer.sign(
        "hold", Operations.hold(payee, PRICE, System.currentTimeMillis() + 3_600_000, reference));
  }

  private static String charge(Person payee, Person payer, String reference) {
    var mandate = payer.sign("mandate", Operations.mandate(PRICE));
    return payee.sign(
        "mandate.charge", Operations.chargeMandate(1_000, statement(mandate), reference));
  }

  private static Statement statement(String text) {
    return ((StatementReading.Read) StatementReader.read(text)).statement();
  }

  private static Answer send(String transaction) {
    return town.anyone().post("/v1/transactions", new JsonObject().put("transaction", transaction));
  }
}
