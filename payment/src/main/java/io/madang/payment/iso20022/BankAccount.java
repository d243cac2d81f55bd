package io.madang.payment.iso20022;

/**
 * A bank account in Korea, which has no IBAN.
 *
 * @param bank the bank's code, 3 digits, such as {@code 004}
 * @param number 6 to 20 digits, without hyphens
 * @param holder whose it is, in any script; written in allowed characters
 */
public record BankAccount(String bank, String number, String holder) {
  public BankAccount {
    if (!BankText.isBankCode(bank)) {
      throw new IllegalArgumentException("a bank's code has 3 digits");
    }
    if (!BankText.isAccountNumber(number)) {
      throw new IllegalArgumentException("an account number has 6 to 20 digits");
    }
    if (holder.isBlank()) {
      throw new IllegalArgumentException("an account has a holder");
    }
  }

  /** Without the number, which belongs into no log. */
  @Override
  public String toString() {
    return "BankAccount[" + bank + ", ..." + number.substring(number.length() - 3) + "]";
  }
}
