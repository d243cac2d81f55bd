package io.madang.gateway.engine;

/**
 * The database could not be reached, or gave no answer: what was asked of it may have happened or
 * not.
 */
public final class StoreException extends Exception {
  StoreException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }

  /** The same inside a stream, which passes no checked exceptions. */
  static final class Unchecked extends RuntimeException {
    Unchecked(StoreException cause) {
      super(cause);
    }
  }
}
