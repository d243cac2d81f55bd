package io.madang.gateway.engine;

/** The engine cannot reach its store now, or has ended; asking again later may help. */
public final class EngineUnavailableException extends RuntimeException {
  EngineUnavailableException() {
    super("The engine cannot reach its store");
  }
}
