package io.madang.ledger;

import java.util.Optional;

/** For what a programme gives something. */
public enum ProgrammeKind {
  /** A charge costs less than it brings: a share of what it brings. */
  DISCOUNT("discount"),
  /** A charge brings more than it costs: a share of what it costs. */
  BONUS("bonus"),
  /** A composite payment earns a share of its coins. */
  EARNING("earning"),
  /** The fund rewards what is done elsewhere, such as a survey, a tax paid in time or a vote. */
  REWARD("reward"),
  /** A person buys one lot of a fixed stock. */
  SALE("sale");

  private final String text;

  ProgrammeKind(String text) {
    this.text = text;
  }

  /** Whether it gives by a rate; the others give an amount. */
  public boolean hasRate() {
    return this == DISCOUNT || this == BONUS || this == EARNING;
  }

  boolean isOfCharges() {
    return this == DISCOUNT || this == BONUS;
  }

  /** The kind of this name in lower case. */
  public static Optional<ProgrammeKind> parse(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The name in operations, in lower case. */
  @Override
  public String toString() {
    return text;
  }
}
