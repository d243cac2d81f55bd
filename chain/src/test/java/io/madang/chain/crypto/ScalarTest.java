package io.madang.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarTest {
  @Test
  void accepts_only_numbers_below_the_order() {
    for (int distance = -3; distance <= 3; distance++) {
      assertThat(canonical(Scalar.ORDER.add(BigInteger.valueOf(distance)))).isEqualTo(distance < 0);
    }
    assertThat(canonical(BigInteger.ZERO)).isTrue();
    assertThat(canonical(BigInteger.ONE.shiftLeft(252))).isTrue();
    assertThat(canonical(BigInteger.ONE.shiftLeft(253))).isFalse();
    assertThat(canonical(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))).isFalse();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void writes_numbers_as_few_odd_digits(long seed) {
    RandomGenerator random = Seeds.random(seed);
    for (int width = 3; width <= 8; width++) {
      for (int words = 1; words <= 4; words++) {
        long[] number = random.longs(words).toArray();
        assertDigits(number, width);
        Arrays.fill(number, -1); // the carry runs to the very end
        assertDigits(number, width);
        Arrays.fill(number, 0);
        assertDigits(number, width);
      }
    }
  }

  private static void assertDigits(long[] number, int width) {
    byte[] digits = Scalar.nonAdjacentForm(number, width);
    BigInteger sum = BigInteger.ZERO;
    int last = Integer.MIN_VALUE;
    for (int i = 0; i < digits.length; i++) {
      if (digits[i] != 0) {
        assertThat(digits[i] & 1).isEqualTo(1);
        assertThat(Math.abs(digits[i])).isLessThan(1 << (width - 1));
        assertThat((long) i - last).isGreaterThanOrEqualTo(width);
        last = i;
      }
      sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
    }
    assertThat(sum).isEqualTo(value(number));
  }

  private static BigInteger value(long[] words) {
    BigInteger value = BigInteger.ZERO;
    for (int i = words.length - 1; i >= 0; i--) {
      value = value.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(words[i])));
    }
    return value;
  }

  private static boolean canonical(BigInteger number) {
    var bytes = new byte[32];
    long[] words = Scalar.words(number);
    for (int i = 0; i < words.length; i++) {
      LittleEndian.putWord(bytes, 8 * i, words[i]);
    }
    return Scalar.isCanonical(bytes, 0);
  }
}
