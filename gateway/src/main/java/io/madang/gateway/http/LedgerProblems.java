package io.madang.gateway.http;

import io.madang.chain.ChainApplication.Refusal;
import io.madang.ledger.LedgerRefusal;
import java.util.Map;

/** What the ledger and the signature check refuse, as problems. */
public final class LedgerProblems {
  private LedgerProblems() {}

  /** The problem that a refusal becomes. Name, detail and retry are the refusal's own. */
  public static Problem of(Refusal refusal) {
    return new Problem(
        refusal.name(),
        LedgerRefusal.of(refusal).map(LedgerProblems::status).orElseGet(() -> status(refusal)),
        LedgerRefusal.of(refusal).map(LedgerRefusal::sentence).orElse(refusal.detail()),
        refusal.detail(),
        refusal.retryCanHelp(),
        Map.of("code", refusal.code()),
        Map.of());
  }

  /** Refusals of the gateway's ordering policy carry the name of their problem type. */
  private static int status(Refusal refusal) {
    for (var type : ProblemType.values()) {
      if (type.kebabName().equals(refusal.name())) return type.status();
    }
    return 422; // well-formed HTTP, but not a transaction that any chain takes
  }

  /** No default: a new refusal must choose its status to compile. */
  static int status(LedgerRefusal refusal) {
    return switch (refusal) {
      case MALFORMED, UNKNOWN_PURPOSE -> 400;
      case WRONG_CHAIN,
          WRONG_NESTED_PURPOSE,
          EXPIRED,
          VALID_TOO_LONG,
          NESTED_EXPIRED,
          NESTED_VALID_TOO_LONG,
          REQUEST_MISMATCH,
          KEY_EXPIRY_OUT_OF_RANGE,
          SAME_ACCOUNT,
          APPROVAL_MISMATCH,
          APPROVER_TWICE,
          TOO_FEW_APPROVALS,
          HOLD_EXPIRY_OUT_OF_RANGE,
          PAYMENT_NOT_PROVEN,
          NOT_MERCHANT,
          SETTLEMENT_SUM,
          WRONG_LEGS,
          OVER_RULE,
          NOT_FUND,
          NOT_PERSON,
          RULES_OF_COIN,
          RULES_NOT_AHEAD,
          EXPIRY_EARLIER ->
          422;
      case UNKNOWN_SIGNER,
          KEY_REVOKED,
          KEY_EXPIRED,
          NOT_ENROLLER,
          NESTED_SIGNER_UNKNOWN,
          NESTED_KEY_NOT_LIVE,
          NOT_APPROVER,
          NOT_PAYEE ->
          403;
      case UNKNOWN_PROGRAMME, KEY_NOT_FOUND, UNKNOWN_ASSET, UNKNOWN_ACCOUNT, HOLD_NOT_OPEN -> 404;
      case DONE_BEFORE,
          ID_CONFLICT,
          KEY_IN_USE,
          TOO_MANY_KEYS,
          KEY_ALREADY_REVOKED,
          LAST_KEY,
          BANK_REFERENCE_USED,
          SUPPLY_LIMIT,
          DAY_NOT_OVER,
          DAY_SETTLED,
          ATTEMPT_NOT_NEXT,
          PAYOUT_VOIDED,
          OVER_HOLD,
          OVER_PAYMENT,
          MANDATE_USED,
          OVER_MANDATE,
          OVER_PAYMENT_LIMIT,
          OVER_DAY_LIMIT,
          OVER_HELD_LIMIT,
          PROGRAMME_MISMATCH,
          PROGRAMME_CLOSED,
          BOUGHT_BEFORE,
          SOLD_OUT,
          OVER_PERSON_SHARE,
          OVER_PROGRAMME_TOTAL,
          FUND_EMPTY,
          CHARGED_WITH_BONUS,
          ASSET_EXPIRED,
          CATEGORY_NOT_ALLOWED,
          REGION_NOT_ALLOWED,
          GIFT_NOT_ALLOWED,
          NOT_FOR_WON,
          OVER_HOLDING_CAP,
          NOT_COLLECTED_YET,
          INSUFFICIENT_FUNDS ->
          409;
    };
  }
}
