package io.madang.ledger;

/** What statements say that are nested inside transactions. */
public final class Words {
  private Words() {}

  /** The first key of a new account asks for it ({@code account.request}). */
  public record AccountRequest(AccountKind kind, String label, long expiresMillis) {}

  /** A new key asks to be added to an account ({@code key.request}). */
  public record KeyRequest(AccountId account, String label, long expiresMillis) {}

  /**
   * An approver agrees to an issue or a redemption ({@code issue.approval}, {@code
   * redeem.approval}).
   */
  public record Approval(AccountId account, Amount amount, String bankReference) {}

  /**
   * An approver agrees that a payout is voided ({@code void.approval}). What an approver of a
   * settlement agrees to ({@code settle.approval}) is the {@link Settlement} itself.
   *
   * @param reason why, such as the bank's reason code: a reference
   */
  public record VoidApproval(PayoutId payoutId, String reason) {}

  /** An approver agrees to rules of an asset from a block time on ({@code rules.approval}). */
  public record RulesApproval(AssetCode asset, long fromMillis, AssetRules rules) {}

  /** An operator agrees to what is said about an account ({@code attributes.approval}). */
  public record AttributesApproval(AccountId account, Attributes attributes) {}

  /** An approver agrees to terms of a programme ({@code programme.approval}). */
  public record ProgrammeApproval(
      ProgrammeCode code,
      ProgrammeKind kind,
      AccountId fund,
      AssetCode asset,
      ProgrammeTerms terms) {}

  /** A payer lets one payee charge up to a limit, once ({@code mandate}). */
  public record Mandate(Amount limit) {
    /** Longest time ahead that a mandate may be valid. */
    public static final long MAX_LIFE_MILLIS = 3L * 60 * 1_000;
  }
}
