package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Statement;
import java.util.Optional;

/**
 * Turns away what everybody can know to be refused, before anything is spent on it: no signature is
 * verified, no block and no database is asked. Called by several threads at once.
 *
 * <p>Whoever signed is not known yet, so the answer may say only what it says to anyone. It must
 * not speak about bytes that took effect: those are answered with their first result for ever.
 */
@FunctionalInterface
public interface AdmissionPolicy {
  /** Lets everything through. */
  AdmissionPolicy OPEN = _ -> Optional.empty();

  /** Why a transaction is refused without another look; empty to let it through. */
  Optional<Refusal> refusal(Statement transaction);
}
