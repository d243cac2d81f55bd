package io.madang.ledger;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Refusal;
import java.util.Optional;

/**
 * Every reason for which the ledger refuses a transaction, in the order in which they are looked
 * for: the first that applies is the answer. Codes and names are stable; {@code docs/refusals.md}
 * lists them.
 *
 * <p>The first group is about the transaction itself, in this order for every operation. The others
 * belong to operations; each operation looks for those that concern it in the order of this list.
 */
public enum LedgerRefusal {
  MALFORMED(1, false, "The transaction is not well-formed."),
  WRONG_CHAIN(2, false, "The transaction was signed for another chain."),
  UNKNOWN_PURPOSE(3, false, "No transaction of the ledger has this purpose."),
  WRONG_NESTED_PURPOSE(4, false, "A statement inside was signed for another purpose or chain."),
  EXPIRED(5, false, "The time until which the transaction was valid has passed."),
  VALID_TOO_LONG(6, true, "A transaction may be valid for at most 24 hours ahead."),
  UNKNOWN_SIGNER(7, true, "The key that signed belongs to no account."),
  DONE_BEFORE(8, false, "The same transaction took effect before."),
  ID_CONFLICT(9, false, "The account used this id for something else."),
  KEY_REVOKED(10, false, "The key that signed was revoked."),
  KEY_EXPIRED(11, false, "The key that signed has expired."),

  NOT_ENROLLER(20, true, "Only an enroller may do this."),
  NESTED_EXPIRED(21, false, "The time until which a statement inside was valid has passed."),
  NESTED_VALID_TOO_LONG(22, true, "A statement inside is valid for too long ahead."),
  NESTED_SIGNER_UNKNOWN(23, true, "The key that signed a statement inside belongs to no account."),
  NESTED_KEY_NOT_LIVE(24, false, "The key that signed a statement inside is revoked or expired."),

  UNKNOWN_PROGRAMME(25, true, "There is no such programme."),
  PROGRAMME_MISMATCH(26, true, "The programme is of another kind, fund, asset or price."),
  PROGRAMME_CLOSED(27, true, "The programme has not begun, or is over."),
  BOUGHT_BEFORE(28, false, "One person buys once, and this one has."),
  SOLD_OUT(29, false, "Everything is sold."),

  REQUEST_MISMATCH(30, false, "The request inside asks for something else."),
  KEY_EXPIRY_OUT_OF_RANGE(31, false, "A key expires after now and at most three years ahead."),
  KEY_IN_USE(32, false, "The key belongs to an account already."),
  TOO_MANY_KEYS(34, true, "The account has as many keys as it may have."),
  KEY_NOT_FOUND(35, true, "There is no such key that the signer may revoke."),
  KEY_ALREADY_REVOKED(36, false, "The key was revoked before."),
  LAST_KEY(37, true, "An account cannot revoke its own last live key."),

  WRONG_LEGS(38, false, "Legs are points, then vouchers, then the coin, each once, in its unit."),

  UNKNOWN_ASSET(40, false, "There is no such asset."),
  UNKNOWN_ACCOUNT(41, true, "There is no such account."),
  SAME_ACCOUNT(42, false, "Payer and payee are the same account."),
  ASSET_EXPIRED(43, false, "The points or vouchers have expired."),
  CATEGORY_NOT_ALLOWED(44, true, "Merchants of this category do not take these."),
  REGION_NOT_ALLOWED(45, true, "Merchants of this region do not take these."),
  GIFT_NOT_ALLOWED(46, true, "Persons do not pass these on to persons."),
  NOT_FOR_WON(47, true, "Merchants are not paid won for these."),
  NOT_FUND(48, false, "This takes an account of an issuer or a system."),
  NOT_PERSON(49, false, "This takes an account of a person."),

  NOT_APPROVER(50, false, "Someone who approved is no approver of the asset."),
  APPROVAL_MISMATCH(51, false, "An approval inside is for something else."),
  APPROVER_TWICE(52, false, "Two approvals come from the same account."),
  TOO_FEW_APPROVALS(53, false, "The asset asks for more approvals."),
  BANK_REFERENCE_USED(54, false, "The bank reference was used before."),
  SUPPLY_LIMIT(55, true, "The asset's supply would go beyond 2^53-1 minor units."),
  NOT_MERCHANT(56, false, "This takes an account of a merchant or a machine."),
  DAY_NOT_OVER(57, true, "A day is settled when block time has passed its end."),
  DAY_SETTLED(58, false, "The merchant's day was settled before."),
  ATTEMPT_NOT_NEXT(59, true, "A further attempt follows only one that was voided."),

  HOLD_EXPIRY_OUT_OF_RANGE(60, false, "A hold expires after now and at most 30 days ahead."),
  HOLD_NOT_OPEN(61, false, "There is no such open hold: it ended, or it never was."),
  PAYMENT_NOT_PROVEN(62, false, "The proof shows no payment or settlement of the last 180 days."),
  NOT_PAYEE(63, false, "Only the payee may do this."),
  OVER_HOLD(64, false, "The hold keeps less than this."),
  OVER_PAYMENT(65, false, "The refunds together would be more than the payment."),
  MANDATE_USED(66, false, "The mandate was used before."),
  OVER_MANDATE(67, false, "The mandate allows less than this."),
  SETTLEMENT_SUM(68, false, "The sums of the settlement do not add up."),
  PAYOUT_VOIDED(69, false, "The payout was voided before."),

  OVER_PAYMENT_LIMIT(70, true, "The payer may not pay so much at once."),
  OVER_DAY_LIMIT(71, true, "The payer may not pay so much in one day."),
  OVER_HELD_LIMIT(72, true, "The payer may not hold so much at once."),
  INSUFFICIENT_FUNDS(73, true, "The payer does not have this much available."),
  OVER_HOLDING_CAP(74, true, "The receiver would have more of it than a person may have."),

  OVER_RULE(75, false, "The programme gives less for this."),
  OVER_PERSON_SHARE(76, true, "The programme gives one person no more."),
  OVER_PROGRAMME_TOTAL(77, true, "The programme gives no more in all."),
  FUND_EMPTY(78, true, "The fund that would give has less."),

  RULES_OF_COIN(80, false, "Only points and vouchers have rules."),
  RULES_NOT_AHEAD(81, false, "Rules begin after now, and after those that were set before."),
  EXPIRY_EARLIER(82, false, "An expiry that was set can only be put off."),
  NOT_COLLECTED_YET(83, true, "What expired is collected 180 days later, not before."),
  CHARGED_WITH_BONUS(84, false, "Persons do not redeem what is charged at a discount or bonus.");

  private final int code;
  private final boolean retryCanHelp;
  private final String sentence;

  LedgerRefusal(int code, boolean retryCanHelp, String sentence) {
    this.code = code;
    this.retryCanHelp = retryCanHelp;
    this.sentence = sentence;
  }

  /** The stable number that enters results. */
  public int code() {
    return code;
  }

  /** The stable kebab-case name, such as {@code insufficient-funds}. */
  public String kebabName() {
    var kebab = new StringBuilder(name().length());
    for (int i = 0; i < name().length(); i++) {
      char c = name().charAt(i);
      kebab.append(c == '_' ? '-' : Character.toLowerCase(c));
    }
    return kebab.toString();
  }

  /** Whether the same bytes may succeed later. */
  public boolean retryCanHelp() {
    return retryCanHelp;
  }

  /** One plain sentence. */
  public String sentence() {
    return sentence;
  }

  /** The refusal with its general sentence. */
  public Refusal refusal() {
    return refusal(sentence);
  }

  /** The refusal with a sentence that says more. */
  public Refusal refusal(String detail) {
    return new Refusal(code, kebabName(), detail, retryCanHelp);
  }

  /** The reason behind a refusal, so that a program can switch over all of them. */
  public static Optional<LedgerRefusal> of(Refusal refusal) {
    for (var reason : values()) {
      if (reason.code == refusal.code()) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  Outcome.Refused outcome() {
    return new Outcome.Refused(refusal());
  }

  Outcome.Refused outcome(String more) {
    return new Outcome.Refused(refusal(sentence + " " + more));
  }
}
