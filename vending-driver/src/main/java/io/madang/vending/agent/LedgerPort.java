package io.madang.vending.agent;

import java.util.function.Consumer;

/**
 * The money, as the agent needs it. Every call may be repeated and then has no further effect;
 * every answer may come late, twice or never, on any thread. No call blocks.
 */
public interface LedgerPort {
  /**
   * Shows a customer what to pay: as QR on the machine's screen and behind the machine's sticker.
   * Who agrees is told to {@link VendingAgent#customerConfirmed}.
   */
  void showPrice(VendId sale, int item, long won);

  /** That sale cannot be paid any more. */
  void hidePrice(VendId sale);

  /**
   * Holds so much of the payer's money.
   *
   * @param answer whether it is held
   */
  void hold(VendId sale, String payer, long won, Consumer<Boolean> answer);

  /**
   * Takes so much of what is held and lets go of the rest.
   *
   * @param done run once it is certain
   */
  void capture(VendId sale, long won, Runnable done);

  /**
   * Lets go of what is held; a hold under this name that comes later holds nothing.
   *
   * @param done run once it is certain
   */
  void release(VendId sale, Runnable done);
}
