package io.madang.voting.chain;

import java.io.Serial;

/** Carries a fault of form out of the readers; never leaves this package. */
final class Malformed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final VotingRefusal refusal;
  private final String detail;

  Malformed(VotingRefusal refusal, String detail) {
    super(detail, null, false, false);
    this.refusal = refusal;
    this.detail = detail;
  }

  Malformed(String member, String reason) {
    this(VotingRefusal.MALFORMED, "The member " + member + " " + reason + ".");
  }

  VotingRefusal refusal() {
    return refusal;
  }

  String detail() {
    return detail;
  }
}
