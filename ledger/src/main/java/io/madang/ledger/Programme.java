package io.madang.ledger;

import java.util.List;

/**
 * A programme that gives something from a funded account by rules that operators approved.
 *
 * @param fund the account that gives, of an issuer or a system
 * @param asset what it gives
 * @param given minor units that were ever given
 * @param version counts the terms that were ever set, up to the last of {@code terms}
 * @param terms those that hold and will hold, ascending by their times
 */
public record Programme(
    ProgrammeCode code,
    ProgrammeKind kind,
    AccountId fund,
    AssetCode asset,
    long given,
    long version,
    List<ProgrammeTerms> terms) {
  public Programme {
    terms = List.copyOf(terms);
    Amount.requireValid(given);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a programme without terms");
    }
  }

  /** The terms at a block time: the last that have begun, or the first of all. */
  public ProgrammeTerms at(long timeMillis) {
    var found = terms.getFirst();
    for (var next : terms) {
      if (next.fromMillis() <= timeMillis) {
        found = next;
      }
    }
    return found;
  }

  Programme withGiven(long more) {
    return new Programme(code, kind, fund, asset, given + more, version, terms);
  }
}
