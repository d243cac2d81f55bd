package io.madang.gateway.http;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** Where features register what does an operation of the contract. */
public interface Operations {
  /**
   * Registers what an operation does. The future fails with {@link Problem.Raised} for a problem
   * found midway.
   */
  void on(String operationId, Function<Call, Future<Reply>> action);

  /** Something that does operations. */
  interface Feature {
    /** Registers all that it does. */
    void register(Operations operations);

    /** What the transactions that it takes are refused with, where those have names of their own. */
    default Optional<DocumentedRefusals> refusals() {
      return Optional.empty();
    }
  }
}
