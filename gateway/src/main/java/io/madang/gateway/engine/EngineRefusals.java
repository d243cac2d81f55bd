package io.madang.gateway.engine;

import io.madang.chain.ChainApplication.Refusal;

/** What the engine itself refuses, before the application is asked. Numbers are stable. */
public final class EngineRefusals {
  /** The code of {@link #wrongSignature}. */
  public static final int WRONG_SIGNATURE = 90;

  private EngineRefusals() {}

  /** A signature is not its signer's. */
  public static Refusal wrongSignature() {
    return new Refusal(
        WRONG_SIGNATURE,
        "wrong-signature",
        "A signature of the transaction, or of a statement inside, is not its signer's.",
        false);
  }
}
