package io.madang.voting.tally;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds a small exponent by baby steps and giant steps (Shanks 1971): about twice the square root
 * of the largest expected one, once, and then that much again for each.
 */
public final class DiscreteLogarithm {
  /** More baby steps than this take too much memory; giant steps then make up for it. */
  private static final long MAX_BABY_STEPS = 1 << 20;

  private final long max;
  private final long stride;
  private final Element giantStep;

  /** Looked up only, never walked through. */
  private final Map<Element, Long> babySteps = new HashMap<>();

  /** Prepares for exponents from 0 to {@code max}. */
  public DiscreteLogarithm(Group group, long max) {
    this.max = max;
    stride = Math.min(squareRootAbove(max), MAX_BABY_STEPS);
    var power = group.one();
    for (long i = 0; i < stride; i++) {
      babySteps.put(power, i);
      power = power.times(group.generator());
    }
    giantStep = power.inverse();
  }

  private static long squareRootAbove(long number) {
    var root = BigInteger.valueOf(number).sqrt();
    return root.longValueExact() + 1;
  }

  /** The exponent of g that gives this; empty when it is none of 0 to max. */
  public OptionalLong of(Element power) {
    var rest = power;
    for (long giant = 0; giant <= max / stride; giant++) {
      var baby = babySteps.get(rest);
      if (baby != null) {
        long found = giant * stride + baby;
        return found <= max ? OptionalLong.of(found) : OptionalLong.empty();
      }
      rest = rest.times(giantStep);
    }
    return OptionalLong.empty();
  }
}
