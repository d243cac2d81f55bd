package io.madang.voting.record;

import java.util.function.Function;
import java.util.function.Supplier;

/** What reading or checking something from outside gives: it, or why not. */
public sealed interface Reading<T> {
  /** It was accepted. */
  record Accepted<T>(T value) implements Reading<T> {}

  /** It was not. */
  record Refused<T>(Refusal refusal) implements Reading<T> {}

  /** Runs a reader that stops by {@link RefusedException}. */
  static <T> Reading<T> of(Supplier<T> reader) {
    try {
      return new Accepted<>(reader.get());
    } catch (RefusedException refused) {
      return new Refused<>(refused.refusal());
    }
  }

  /** The same of the accepted value. */
  default <R> Reading<R> map(Function<? super T, ? extends R> function) {
    return switch (this) {
      case Accepted<T>(var value) -> new Accepted<>(function.apply(value));
      case Refused<T>(var refusal) -> new Refused<>(refusal);
    };
  }

  /** The accepted value; inside this module, where a refusal travels up. */
  default T orStop() {
    return switch (this) {
      case Accepted<T>(var value) -> value;
      case Refused<T>(var refusal) -> throw new RefusedException(refusal);
    };
  }
}
