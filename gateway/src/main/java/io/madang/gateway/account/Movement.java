package io.madang.gateway.account;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonArray;
import io.madang.chain.json.JsonFlag;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import io.madang.gateway.engine.RecordedTransaction;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.ProgrammeCode;
import io.madang.payment.Parts;
import java.util.Optional;

/**
 * What one transaction moved, as its result says.
 *
 * @param payer whose coins left or were held; absent when coins were issued, unless a fund added to
 *     them
 * @param payee whose they are now; absent when coins were redeemed
 * @param reference the payer's reference, the bank's, or the payout's id
 * @param refundOf of a refund: the payment that was given back
 * @param refundedInAll of a refund: the sum of that payment's refunds so far
 * @param ofHold of a hold or a capture: what it does to its hold
 * @param parts of a composite payment and of its refunds: what the amount is made of
 * @param given what a programme had to do with it
 */
public record Movement(
    Position position,
    long timeMillis,
    Hash hash,
    Kind kind,
    Optional<AccountId> payer,
    Optional<AccountId> payee,
    Amount amount,
    Optional<String> reference,
    Optional<Position> refundOf,
    long refundedInAll,
    Optional<OfHold> ofHold,
    Optional<Parts> parts,
    Optional<Given> given) {

  /** What a movement does to a hold. */
  public sealed interface OfHold {
    /** It is placed, until this block time. */
    record Placed(long expiresMillis) implements OfHold {}

    /**
     * It is captured from.
     *
     * @param last whether the payee lets go of the rest with it
     */
    record Captured(Position hold, boolean last) implements OfHold {}
  }

  /** What kind of movement. */
  public enum Kind {
    PAYMENT("payment"),
    /** A payment of several legs; the amount is the price, in the coin. */
    COMPOSITE("composite"),
    HOLD("hold"),
    REFUND("refund"),
    ISSUE("issue"),
    REDEEM("redeem"),
    /** A settlement redeemed coins, because a bank pays them out. */
    PAYOUT("payout"),
    /** The bank did not pay: the coins are there again. */
    PAYOUT_VOID("payout-void"),
    /** A settlement that paid nothing out, but moved what is charged. */
    CHARGES("charges"),
    /** A fund rewarded a person. */
    REWARD("reward"),
    /** A fund sold a lot to a person. */
    SOLD("sold"),
    /** What had expired long ago was collected. */
    SWEPT("swept");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Whether a payee was paid by it. */
    public boolean isPayment() {
      return this == PAYMENT || this == COMPOSITE;
    }

    /** The name in the table. */
    @Override
    public String toString() {
      return text;
    }

    /** The kind of this name. */
    static Kind parse(String text) {
      for (var kind : values()) {
        if (kind.text.equals(text)) return kind;
      }
      throw new IllegalStateException("no kind of movement: " + text);
    }
  }

  /** What a final transaction moved; empty when it moved nothing, such as a new key. */
  public static Optional<Movement> of(RecordedTransaction transaction) {
    if (transaction.result().code() != 0) return Optional.empty();
    if (!(CanonicalJson.read(transaction.result().data())
        instanceof CanonicalJson.Result.Read(JsonObject data))) {
      throw new IllegalStateException("a result that is not JSON at " + transaction.position());
    }
    var name = data.members().firstKey();
    if (!(data.members().get(name) instanceof JsonObject what)) return Optional.empty();
    return switch (name) {
      case "payment" -> Optional.of(paid(transaction, Kind.PAYMENT, what));
      case "composite" -> Optional.of(paid(transaction, Kind.COMPOSITE, what));
      case "hold" -> Optional.of(paid(transaction, Kind.HOLD, what));
      case "refund" -> Optional.of(paid(transaction, Kind.REFUND, what));
      case "issued" -> Optional.of(supplied(transaction, Kind.ISSUE, what));
      case "redeemed" -> Optional.of(supplied(transaction, Kind.REDEEM, what));
      case "settlement" -> settled(transaction, what);
      case "voided" -> Optional.of(voided(transaction, what));
      case "reward" -> Optional.of(given(transaction, Kind.REWARD, what));
      case "sold" -> Optional.of(given(transaction, Kind.SOLD, what));
      case "swept" -> Optional.of(swept(transaction, what));
      default -> Optional.empty();
    };
  }

  private static Movement paid(RecordedTransaction transaction, Kind kind, JsonObject what) {
    return new Movement(
        transaction.position(),
        transaction.timeMillis(),
        transaction.hash(),
        kind,
        Optional.of(AccountId.parse(text(what, "payer"))),
        Optional.of(AccountId.parse(text(what, "payee"))),
        new Amount(number(what, "amount"), new AssetCode(text(what, "asset"))),
        // A hold's result has no reference; its captures' have the hold's.
        (kind == Kind.HOLD ? transaction.statement().payload().operation() : what)
            .get("reference")
            .map(value -> ((JsonText) value).value()),
        kind == Kind.REFUND ? Optional.of(position(text(what, "payment"))) : Optional.empty(),
        kind == Kind.REFUND ? number(what, "refunded") : 0,
        ofHold(transaction, kind, what),
        PartsJson.ofResult(what),
        Optional.empty());
  }

  private static Optional<OfHold> ofHold(
      RecordedTransaction transaction, Kind kind, JsonObject what) {
    if (kind == Kind.HOLD) {
      return Optional.of(new OfHold.Placed(number(what, "expiresMillis")));
    }
    return what.get("hold")
        .map(
            hold ->
                new OfHold.Captured(
                    position(((JsonText) hold).value()),
                    transaction.statement().payload().operation().get("final").orElseThrow()
                            instanceof JsonFlag(var last)
                        && last));
  }

  private static Movement supplied(RecordedTransaction transaction, Kind kind, JsonObject what) {
    var account = Optional.of(AccountId.parse(text(what, "account")));
    var bonus = object(what, "bonus");
    return new Movement(
        transaction.position(),
        transaction.timeMillis(),
        transaction.hash(),
        kind,
        kind == Kind.REDEEM
            ? account
            : bonus.map(granted -> AccountId.parse(text(granted, "from"))),
        kind == Kind.ISSUE ? account : Optional.empty(),
        new Amount(number(what, "amount"), new AssetCode(text(what, "asset"))),
        transaction
            .statement()
            .payload()
            .operation()
            .get("bankReference")
            .map(value -> ((JsonText) value).value()),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        bonus.map(
            granted ->
                new Given.Bonus(
                    new ProgrammeCode(text(granted, "programme")), number(granted, "amount"))));
  }

  private static Movement given(RecordedTransaction transaction, Kind kind, JsonObject what) {
    var programme = new ProgrammeCode(text(what, "programme"));
    return new Movement(
        transaction.position(),
        transaction.timeMillis(),
        transaction.hash(),
        kind,
        Optional.of(AccountId.parse(text(what, "payer"))),
        Optional.of(AccountId.parse(text(what, "payee"))),
        amount(what),
        what.get("reference").map(value -> ((JsonText) value).value()),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            object(what, "price")
                .<Given>map(price -> new Given.Lot(programme, amount(price)))
                .orElseGet(() -> new Given.Reward(programme))));
  }

  /** The result names no shares, so only who is swept alone sees how much it was. */
  private static Movement swept(RecordedTransaction transaction, JsonObject what) {
    if (!(transaction.statement().payload().operation().get("accounts").orElseThrow()
        instanceof JsonArray(var accounts))) {
      throw new IllegalStateException("a collection without accounts");
    }
    return new Movement(
        transaction.position(),
        transaction.timeMillis(),
        transaction.hash(),
        Kind.SWEPT,
        accounts.size() == 1
            ? Optional.of(AccountId.parse(((JsonText) accounts.getFirst()).value()))
            : Optional.empty(),
        Optional.of(AccountId.parse(text(what, "to"))),
        amount(what),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Amount amount(JsonObject what) {
    return new Amount(number(what, "amount"), new AssetCode(text(what, "asset")));
  }

  private static Optional<JsonObject> object(JsonObject what, String name) {
    return what.get(name).map(JsonObject.class::cast);
  }

  /** The payout, or else the charges; a settlement that only carries moves nothing. */
  private static Optional<Movement> settled(RecordedTransaction transaction, JsonObject what) {
    var merchant = Optional.of(AccountId.parse(text(what, "merchant")));
    long payout = number(what, "payout");
    if (payout > 0) {
      return Optional.of(
          settlement(transaction, Kind.PAYOUT, merchant, Optional.empty(), payout, what));
    }
    var operator = Optional.of(AccountId.parse(text(what, "operator")));
    long charges = number(what, "charges");
    if (charges == 0) return Optional.empty();
    return Optional.of(
        charges > 0
            ? settlement(transaction, Kind.CHARGES, merchant, operator, charges, what)
            : settlement(transaction, Kind.CHARGES, operator, merchant, -charges, what));
  }

  private static Movement voided(RecordedTransaction transaction, JsonObject what) {
    return settlement(
        transaction,
        Kind.PAYOUT_VOID,
        Optional.empty(),
        Optional.of(AccountId.parse(text(what, "merchant"))),
        number(what, "amount"),
        what);
  }

  private static Movement settlement(
      RecordedTransaction transaction,
      Kind kind,
      Optional<AccountId> payer,
      Optional<AccountId> payee,
      long amount,
      JsonObject what) {
    return new Movement(
        transaction.position(),
        transaction.timeMillis(),
        transaction.hash(),
        kind,
        payer,
        payee,
        new Amount(amount, new AssetCode(text(what, "asset"))),
        Optional.of(text(what, "payoutId")),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A position in its text form. */
  public static Position position(String text) {
    int dot = text.indexOf('.');
    return new Position(
        Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  private static String text(JsonObject object, String name) {
    return ((JsonText) object.get(name).orElseThrow()).value();
  }

  private static long number(JsonObject object, String name) {
    return ((JsonNumber) object.get(name).orElseThrow()).value();
  }
}
