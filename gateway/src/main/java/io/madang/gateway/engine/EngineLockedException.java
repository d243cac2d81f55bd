package io.madang.gateway.engine;

/** Another engine works on the same database. */
public final class EngineLockedException extends RuntimeException {
  EngineLockedException(String message) {
    super(message);
  }
}
