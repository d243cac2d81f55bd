package io.madang.ledger;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.PublicKey;
import io.madang.ledger.Words.AttributesApproval;
import io.madang.ledger.Words.VoidApproval;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of results: canonical JSON, written directly because every payment has one. Nothing in
 * it ever needs escaping; names are put in ascending order here, and a test compares with the
 * general writer.
 */
final class ResultData {
  private static final String NO_REFERENCE = "";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private ResultData() {}

  static byte[] payment(AccountId payer, AccountId payee, Amount amount, String reference) {
    var out = start("payment", amount);
    parties(out, payer, payee);
    return end(withReference(out, reference));
  }

  static byte[] captured(Hold hold, long amount) {
    var out = start("payment", new Amount(amount, hold.asset()));
    text(out, "hold", hold.position().toString());
    parties(out, hold.payer(), hold.payee());
    return end(withReference(out, hold.reference()));
  }

  static byte[] hold(AccountId payer, AccountId payee, Amount amount, long expiresMillis) {
    var out = start("hold", amount);
    out.append(",\"expiresMillis\":").append(expiresMillis);
    parties(out, payer, payee);
    return end(out);
  }

  static byte[] released(long amount, Position hold) {
    var out = new StringBuilder("{\"released\":{\"amount\":").append(amount);
    return end(text(out, "hold", hold.toString()));
  }

  static byte[] refund(
      AccountId payer, AccountId payee, Amount amount, Position payment, long refunded) {
    var out = start("refund", amount);
    parties(out, payer, payee);
    text(out, "payment", payment.toString());
    return end(out.append(",\"refunded\":").append(refunded));
  }

  static byte[] issued(
      AccountId account, Amount amount, @Nullable Programme programme, @Nullable Grant bonus) {
    var out = supply("issued", account, amount);
    if (programme != null && bonus != null) {
      out.append(",\"bonus\":");
      granted(out, programme, bonus.amount());
    }
    return end(out);
  }

  private static void granted(StringBuilder out, Programme programme, long amount) {
    out.append("{\"amount\":").append(amount);
    text(out, "asset", programme.asset().value());
    text(out, "from", programme.fund().toString());
    text(out, "programme", programme.code().value()).append('}');
  }

  static byte[] composite(AccountId payer, Operation.Pay pay, @Nullable Programme programme) {
    var out = start("composite", pay.price());
    var earn = pay.earn();
    if (programme != null && earn.isPresent()) {
      out.append(",\"earned\":");
      granted(out, programme, earn.get().amount());
    }
    legs(out, pay.legs(), null);
    parties(out, payer, pay.to());
    return end(withReference(out, pay.reference()));
  }

  private static void legs(
      StringBuilder out, List<Amount> legs, @Nullable List<Long> refundedInAll) {
    out.append(",\"legs\":[");
    for (int i = 0; i < legs.size(); i++) {
      out.append(i == 0 ? "" : ",").append("{\"amount\":").append(legs.get(i).minorUnits());
      text(out, "asset", legs.get(i).asset().value());
      if (refundedInAll != null) {
        number(out, "refunded", refundedInAll.get(i));
      }
      out.append('}');
    }
    out.append(']');
  }

  /**
   * The refund of a payment of several legs.
   *
   * @param withheld coins that the fund gets in the place of points that are not there any more
   */
  static byte[] unwound(
      PaymentProof proof, Unwinding unwinding, long amount, long refunded, long withheld) {
    var payment = proof.payment();
    var out = start("refund", new Amount(amount, payment.amount().asset()));
    payment
        .earned()
        .ifPresent(
            earned -> {
              out.append(",\"earned\":{\"amount\":").append(unwinding.earnedBack() - withheld);
              text(out, "asset", earned.asset().value());
              text(out, "to", earned.from().toString());
              number(out, "withheld", withheld);
              out.append('}');
            });
    legs(out, unwinding.legs(), unwinding.legsInAll());
    parties(out, payment.payee(), payment.payer());
    text(out, "payment", proof.position().toString());
    return end(out.append(",\"refunded\":").append(refunded));
  }

  static byte[] programme(Programme programme, long fromMillis) {
    var out = new StringBuilder("{\"programme\":{\"code\":\"").append(programme.code());
    out.append('"');
    number(out, "fromMillis", fromMillis);
    number(out, "version", programme.version());
    return end(out);
  }

  static byte[] reward(Programme programme, Operation.Reward reward) {
    var out = start("reward", new Amount(reward.grant().amount(), programme.asset()));
    parties(out, programme.fund(), reward.to());
    text(out, "programme", programme.code().value());
    return end(withReference(out, reward.reference()));
  }

  static byte[] sold(Programme programme, long lot, AccountId buyer, Amount price, long left) {
    var out = start("sold", new Amount(lot, programme.asset()));
    number(out, "left", left);
    parties(out, programme.fund(), buyer);
    out.append(",\"price\":{\"amount\":").append(price.minorUnits());
    text(out, "asset", price.asset().value()).append('}');
    return end(text(out, "programme", programme.code().value()));
  }

  static byte[] redeemed(AccountId account, Amount amount) {
    return end(supply("redeemed", account, amount));
  }

  static byte[] settlement(AccountId operator, Settlement settlement, String chain) {
    var out = new StringBuilder(448).append("{\"settlement\":{\"asset\":\"");
    out.append(settlement.asset()).append('"');
    number(out, "attempt", settlement.attempt());
    number(out, "carried", settlement.carried());
    number(out, "charges", settlement.charges());
    number(out, "count", settlement.count());
    number(out, "day", settlement.day());
    text(out, "merchant", settlement.merchant().toString());
    number(out, "net", settlement.net());
    text(out, "operator", operator.toString());
    number(out, "payout", settlement.payout());
    text(out, "payoutId", PayoutId.of(chain, settlement).toString());
    text(out, "root", BASE64.encodeToString(settlement.root().bytes()));
    return end(text(out, "run", settlement.run()));
  }

  static byte[] voided(Settlement settlement, VoidApproval words, Position position) {
    var out = start("voided", new Amount(settlement.payout(), settlement.asset()));
    text(out, "merchant", settlement.merchant().toString());
    text(out, "payoutId", words.payoutId().toString());
    text(out, "reason", words.reason());
    return end(text(out, "settlement", position.toString()));
  }

  static byte[] rules(AssetCode asset, long fromMillis, long version) {
    var out = new StringBuilder("{\"rules\":{\"asset\":\"").append(asset).append('"');
    number(out, "fromMillis", fromMillis);
    number(out, "version", version);
    return end(out);
  }

  static byte[] attributes(AttributesApproval words) {
    var out = new StringBuilder("{\"attributes\":{\"account\":\"").append(words.account());
    out.append('"');
    if (!words.attributes().category().isEmpty()) {
      text(out, "category", words.attributes().category());
    }
    if (!words.attributes().region().isEmpty()) {
      text(out, "region", words.attributes().region());
    }
    return end(out);
  }

  static byte[] swept(Amount amount, AccountId to, int accounts) {
    var out = new StringBuilder("{\"swept\":{\"accounts\":").append(accounts);
    number(out, "amount", amount.minorUnits());
    text(out, "asset", amount.asset().value());
    return end(text(out, "to", to.toString()));
  }

  private static StringBuilder supply(String what, AccountId account, Amount amount) {
    var out = new StringBuilder("{\"").append(what).append("\":{\"account\":\"").append(account);
    out.append("\",\"amount\":").append(amount.minorUnits());
    return text(out, "asset", amount.asset().value());
  }

  static byte[] account(AccountId account) {
    return bytes(new StringBuilder("{\"account\":\"").append(account).append("\"}"));
  }

  static byte[] key(AccountId account, PublicKey key) {
    var out = new StringBuilder("{\"account\":\"").append(account).append('"');
    return bytes(text(out, "key", key.toString()).append('}'));
  }

  private static StringBuilder start(String what, Amount amount) {
    var out = new StringBuilder(224).append("{\"").append(what).append("\":{\"amount\":");
    return text(out.append(amount.minorUnits()), "asset", amount.asset().value());
  }

  private static void parties(StringBuilder out, AccountId payer, AccountId payee) {
    text(out, "payee", payee.toString());
    text(out, "payer", payer.toString());
  }

  private static StringBuilder withReference(StringBuilder out, String reference) {
    return reference.equals(NO_REFERENCE) ? out : text(out, "reference", reference);
  }

  private static void number(StringBuilder out, String name, long value) {
    out.append(",\"").append(name).append("\":").append(value);
  }

  private static StringBuilder text(StringBuilder out, String name, String value) {
    return out.append(",\"").append(name).append("\":\"").append(value).append('"');
  }

  private static byte[] end(StringBuilder out) {
    return bytes(out.append("}}"));
  }

  private static byte[] bytes(StringBuilder out) {
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
