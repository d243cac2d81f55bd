package io.madang.gateway.payment;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonFlag;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonText;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.PartsJson;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.Step;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What became of a merchant's act on the chain.
 *
 * @param timeMillis the time of its block
 * @param data the result's canonical JSON
 */
record ActOutcome(Position position, long timeMillis, Hash hash, byte[] data) {

  /** The answer to whoever asked for the act. */
  JsonObject view(MerchantActs.Kind kind, long amount) {
    var view =
        new JsonObject()
            .put("status", "final")
            .put("position", position.toString())
            .put("transaction", hash.toString());
    return switch (kind) {
      case REFUND ->
          PartsJson.put(
              view.put("amount", amount)
                  .put("refunded", number(result("refund"), "refunded"))
                  .put("payment", text(result("refund"), "payment")),
              PartsJson.ofResult(result("refund")));
      case CAPTURE, CUSTOMER_CODE -> view.put("amount", amount);
      case VOID -> view.put("amount", number(result("released"), "amount"));
    };
  }

  /** What it means for its intent. */
  Step step(MerchantActs.Kind kind, String statement, PaymentIntent intent) {
    return switch (kind) {
      case REFUND ->
          intent.refunded(
              Movement.position(text(result("refund"), "payment")),
              number(result("refund"), "refunded"));
      case CAPTURE -> {
        var payment = result("payment");
        yield intent.captured(
            Movement.position(text(payment, "hold")),
            payment(payment),
            words(statement).operation().get("final").orElseThrow() instanceof JsonFlag(var last)
                && last);
      }
      case VOID -> intent.voided(Movement.position(text(result("released"), "hold")));
      case CUSTOMER_CODE -> intent.paid(payment(result("payment")));
    };
  }

  private Payment payment(io.madang.chain.json.JsonObject payment) {
    return new Payment(
        position,
        AccountId.parse(text(payment, "payer")),
        AccountId.parse(text(payment, "payee")),
        new Amount(number(payment, "amount"), new AssetCode(text(payment, "asset"))),
        timeMillis,
        hash,
        Optional.empty());
  }

  private io.madang.chain.json.JsonObject result(String name) {
    if (CanonicalJson.read(data)
            instanceof CanonicalJson.Result.Read(io.madang.chain.json.JsonObject result)
        && result.get(name).orElse(null) instanceof io.madang.chain.json.JsonObject what) {
      return what;
    }
    throw new IllegalStateException("a result without its " + name);
  }

  private static Statement.Payload words(String statement) {
    if (StatementReader.read(statement) instanceof StatementReading.Read(var read)) {
      return read.payload();
    }
    throw new IllegalStateException("what was signed cannot be read");
  }

  private static String text(io.madang.chain.json.JsonObject object, String name) {
    return ((JsonText) object.get(name).orElseThrow()).value();
  }

  private static long number(io.madang.chain.json.JsonObject object, String name) {
    return ((JsonNumber) object.get(name).orElseThrow()).value();
  }
}
