package io.madang.chain;

/** What reading a {@link Statement} gives. */
public sealed interface StatementReading {
  /** The text is a well-formed statement; its signature is not verified yet. */
  record Read(Statement statement) implements StatementReading {}

  /**
   * The text is not a statement. The same text never becomes one, so a retry cannot help.
   *
   * @param detail one plain sentence
   */
  record Refused(Reason reason, String detail) implements StatementReading {}

  /** Why a text is not a statement, in the order of the checks. */
  enum Reason {
    /** Longer than {@link Statement#MAX_LENGTH}. */
    TOO_LONG("too-long"),
    /** Not three parts with full stops between them. */
    NOT_COMPACT("not-compact"),
    /** A part is not strict base64url. */
    BASE64("base64"),
    /** The header is not one of the two exact forms. */
    HEADER("header"),
    /** The signature has not 64 bytes. */
    SIGNATURE_LENGTH("signature-length"),
    /** The payload is not canonical JSON. */
    NOT_CANONICAL("not-canonical"),
    /** The payload has not exactly the six members, each of its type. */
    MEMBERS("members"),
    /** A version that is not known. */
    VERSION("version"),
    /** The chain id has not the form of one. */
    CHAIN("chain"),
    /** The statement id is not 32 lower-case hexadecimal digits. */
    ID("id"),
    /** The purpose has not the form of one. */
    PURPOSE("purpose"),
    /** The end of validity lies before 1970. */
    VALID_UNTIL("valid-until");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** A stable name for programs, in kebab case. */
    public String code() {
      return code;
    }
  }
}
