package io.madang.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one leg of a run showed. Processor times are microseconds per payment or transaction.
 *
 * @param perSecond payments or transactions
 * @param p50Millis median time to final; NaN where it was not taken
 * @param p99Millis time to final that 99 of 100 keep; NaN where it was not taken
 * @param serverMicros of the gateway, 0 when it took no part
 * @param postgresMicros of PostgreSQL
 * @param generatorMicros of what made the load
 */
record Leg(
    double perSecond,
    double p50Millis,
    double p99Millis,
    double serverMicros,
    double postgresMicros,
    double generatorMicros) {

  /** The processor time of all that took part. */
  double allMicros() {
    return serverMicros + postgresMicros + generatorMicros;
  }

  /** The median of each quantity by itself. */
  static Leg medians(List<Leg> legs) {
    return new Leg(
        median(legs, Leg::perSecond),
        median(legs, Leg::p50Millis),
        median(legs, Leg::p99Millis),
        median(legs, Leg::serverMicros),
        median(legs, Leg::postgresMicros),
        median(legs, Leg::generatorMicros));
  }

  /** The middle one, or the lower of the two in the middle. */
  static <T> double median(List<T> items, ToDoubleFunction<T> quantity) {
    var sorted =
        items.stream().map(quantity::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }
}
