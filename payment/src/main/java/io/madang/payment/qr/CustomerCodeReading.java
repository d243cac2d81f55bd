package io.madang.payment.qr;

/** What reading a customer's code gives. */
public sealed interface CustomerCodeReading {
  /** It is well-formed; whether its signature is right, its mandate tells. */
  record Read(CustomerCode code) implements CustomerCodeReading {}

  /** It is no customer's code of ours, and never becomes one. */
  record Refused(Reason reason) implements CustomerCodeReading {}

  /** Why a text is no customer's code of ours, in the order of the checks. */
  enum Reason {
    TOO_LONG("too-long", "A customer's code has at most 512 characters."),
    NOT_BASE64("not-base64", "A customer's code is base64 with padding (RFC 4648, section 4)."),
    NOT_TLV("not-tlv", "The code does not consist of whole data objects."),
    OTHER_FORMAT("other-format", "The code does not begin as consumer-presented codes do."),
    OTHER_SCHEME("other-scheme", "The code is for another payment scheme."),
    WRONG_PARTS("wrong-parts", "The parts of the code are not those of a mandate, in their order."),
    NOT_CANONICAL("not-canonical", "The code is written in another form than the one it has.");

    private final String code;
    private final String sentence;

    Reason(String code, String sentence) {
      this.code = code;
      this.sentence = sentence;
    }

    /** A stable name for programs, in kebab case. */
    public String code() {
      return code;
    }

    /** One plain sentence. */
    public String sentence() {
      return sentence;
    }
  }
}
