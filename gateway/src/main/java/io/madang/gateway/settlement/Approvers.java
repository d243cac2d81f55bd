package io.madang.gateway.settlement;

import io.madang.chain.Statement;
import java.util.Optional;

/** Approvers whose keys are at hand, as in a demo; elsewhere people sign with keys of their own. */
public interface Approvers {
  /** Nobody signs by itself. */
  Approvers PEOPLE = _ -> Optional.empty();

  /**
   * The transaction with all that it needs; empty when people have to sign. Several threads call
   * this at once.
   */
  Optional<Statement> complete(Approvable wanted);
}
