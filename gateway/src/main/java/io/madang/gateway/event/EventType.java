package io.madang.gateway.event;

import java.util.Arrays;

/** What can happen to a merchant. The names are stable: receivers switch over them. */
public enum EventType {
  PAYMENT_AUTHORISED("payment.authorised"),
  PAYMENT_CAPTURED("payment.captured"),
  PAYMENT_REFUNDED("payment.refunded"),
  INTENT_CANCELLED("intent.cancelled"),
  SETTLEMENT_MADE("settlement.made"),
  STATEMENT_READY("statement.ready"),
  PAYOUT_SENT("payout.sent"),
  PAYOUT_PAID("payout.paid"),
  PAYOUT_RETURNED("payout.returned"),
  ACCOUNT_PROPOSED("account.proposed"),
  ACCOUNT_CONFIRMED("account.confirmed"),
  ACCOUNT_IN_FORCE("account.in-force"),
  ACCOUNT_OBJECTED("account.objected"),
  FEE_CHANGED("fee.changed"),
  CORRECTION_APPROVED("correction.approved"),
  KEY_MADE("key.made"),
  KEY_ENDED("key.ended"),
  WEBHOOK_MADE("webhook.made"),
  WEBHOOK_DISABLED("webhook.disabled"),
  WEBHOOK_TEST("webhook.test");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** Whether this is a type's name, or a group of types such as {@code payment.*}. */
  public static boolean isNameOrGroup(String wanted) {
    return Arrays.stream(values())
        .anyMatch(type -> wanted.equals(type.text) || wanted.equals(type.group()));
  }

  private String group() {
    return text.substring(0, text.indexOf('.')) + ".*";
  }

  /** The name. */
  @Override
  public String toString() {
    return text;
  }
}
