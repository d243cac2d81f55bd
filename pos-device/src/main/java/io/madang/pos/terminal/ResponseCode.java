package io.madang.pos.terminal;

import java.util.Optional;

/** What an answer says: data element 39. */
public enum ResponseCode {
  APPROVED("00"),
  REFUSED("05"),
  /** What was asked for is not possible for this transaction. */
  INVALID_TRANSACTION("12"),
  INVALID_AMOUNT("13"),
  NO_SUCH_ACCOUNT("14"),
  ORIGINAL_NOT_FOUND("25"),
  FORMAT_ERROR("30"),
  INSUFFICIENT_FUNDS("51"),
  EXPIRED("54"),
  NOT_PERMITTED("58"),
  OVER_LIMIT("61"),
  /** The transaction came too late: its time is over, or it was reversed before it came. */
  LATE("68"),
  /** Nobody can tell now; the terminal has seen to it that nothing is charged. */
  UNAVAILABLE("91"),
  /** The key was used for something else. */
  DUPLICATE("94"),
  TOTALS_DIFFER("95");

  private final String code;

  ResponseCode(String code) {
    this.code = code;
  }

  /** Two digits. */
  public String code() {
    return code;
  }

  static Optional<ResponseCode> of(String code) {
    for (var one : values()) {
      if (one.code.equals(code)) return Optional.of(one);
    }
    return Optional.empty();
  }
}
