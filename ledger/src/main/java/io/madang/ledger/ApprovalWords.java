package io.madang.ledger;

import io.madang.chain.json.JsonObject;

/**
 * Reads the words of approvals before anybody signs them, exactly as the ledger reads them
 * afterwards: what is refused here could never take effect.
 */
public final class ApprovalWords {
  private ApprovalWords() {}

  /** What came of reading. */
  public sealed interface Reading {
    /**
     * They are well-formed.
     *
     * @param words one of {@link Words}
     */
    record Read(Object words) implements Reading {}

    /**
     * They are not.
     *
     * @param detail a sentence that names the member that is wrong
     */
    record Refused(String detail) implements Reading {}
  }

  /**
   * Reads the words of an approval of rules, attributes, a programme or an issue.
   *
   * @throws IllegalArgumentException when approvals of this purpose have words of another kind
   */
  public static Reading read(Purpose approval, JsonObject words) {
    var members = new Members("words", words);
    try {
      Object read =
          switch (approval) {
            case RULES_APPROVAL -> LedgerReader.rulesApproval(members);
            case ATTRIBUTES_APPROVAL -> LedgerReader.attributesApproval(members);
            case PROGRAMME_APPROVAL -> LedgerReader.programme(members);
            case ISSUE_APPROVAL -> LedgerReader.approval(members);
            default -> throw new IllegalArgumentException("no words are read for " + approval);
          };
      members.end();
      return new Reading.Read(read);
    } catch (Malformed fault) {
      return new Reading.Refused(fault.detail());
    }
  }
}
