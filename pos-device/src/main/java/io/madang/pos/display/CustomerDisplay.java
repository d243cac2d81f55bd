package io.madang.pos.display;

/** What the customer looks at: two lines of text, and on some displays a QR code. */
public interface CustomerDisplay {
  /** Shows two lines; what is too long for a line is cut at its end. */
  void show(String upper, String lower);

  /**
   * Shows an amount and, where the display can, the code to pay it with.
   *
   * @param payload what the QR says
   */
  void showPayment(long amountWon, String payload);

  /** Shows nothing. */
  void clear();
}
