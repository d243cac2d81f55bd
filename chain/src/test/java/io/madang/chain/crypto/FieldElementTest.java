package io.madang.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The field against BigInteger, with limbs up to the bounds that its comment promises. */
class FieldElementTest {
  private static final BigInteger P = FieldElement.PRIME;

  /** The largest limb of a reduced element. */
  private static final long REDUCED = (1L << 51) + (1L << 14);

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void computes_as_big_integers_do_up_to_the_bounds(long seed) {
    RandomGenerator random = Seeds.random(seed);
    for (int i = 0; i < 400; i++) {
      FieldElement a = anyOfFourTerms(random);
      FieldElement b = anyOfFourTerms(random);
      BigInteger x = value(a);
      BigInteger y = value(b);
      var result = new FieldElement();

      result.multiply(a, b);
      assertReduced(result, x.multiply(y));
      result.square(a);
      assertReduced(result, x.multiply(x));
      result.squareTimes(a, 3);
      assertReduced(result, x.modPow(BigInteger.valueOf(8), P));
      result.add(a, b);
      assertThat(canonical(result)).isEqualTo(x.add(y).mod(P));
      result.subtract(a, b);
      assertThat(canonical(result)).isEqualTo(x.subtract(y).mod(P));
      result.negate(a);
      assertThat(canonical(result)).isEqualTo(x.negate().mod(P));
    }
  }

  @Test
  void computes_at_every_corner_of_the_bounds() {
    // Each limb at its least or its largest, in all 2^5 combinations for both operands.
    for (int i = 0; i < 1024; i++) {
      FieldElement a = corner(i & 31);
      FieldElement b = corner(i >>> 5);
      var product = new FieldElement();
      product.multiply(a, b);
      assertReduced(product, value(a).multiply(value(b)));
      product.square(a);
      assertReduced(product, value(a).pow(2));
    }
  }

  @Test
  void results_may_be_operands() {
    FieldElement a = FieldElement.of(BigInteger.TEN.pow(60));
    a.multiply(a, a);
    assertThat(canonical(a)).isEqualTo(BigInteger.TEN.pow(120).mod(P));
    a.subtract(a, a);
    assertThat(a.isZero()).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void inverts(long seed) {
    FieldElement a = anyOfFourTerms(Seeds.random(seed));
    var inverse = new FieldElement();
    inverse.invert(a);
    assertReduced(inverse, value(a).modPow(P.subtract(BigInteger.TWO), P));
  }

  @Test
  void brings_numbers_around_multiples_of_p_to_their_one_form() {
    for (int multiple = -3; multiple <= 3; multiple++) {
      for (int distance = -40; distance <= 40; distance++) {
        // Spread over limbs as sums leave them: p itself is (2^51 - 19, 2^51 - 1, …).
        long full = multiple * ((1L << 51) - 1);
        FieldElement a = element(full - 18L * multiple + distance, full, full, full, full);
        assertThat(canonical(a)).isEqualTo(BigInteger.valueOf(distance).mod(P));
        assertThat(a.isZero()).isEqualTo(distance == 0);
      }
    }
  }

  @Test
  void decodes_numbers_below_p_only() {
    for (int distance = -40; distance <= 18; distance++) {
      byte[] bytes = bytes(P.add(BigInteger.valueOf(distance)));
      var element = new FieldElement();
      assertThat(element.decode(bytes, 0)).isEqualTo(distance < 0);
      bytes[31] |= (byte) 0x80; // the sign of x does not count
      assertThat(element.decode(bytes, 0)).isEqualTo(distance < 0);
    }
    var element = new FieldElement();
    assertThat(element.decode(bytes(BigInteger.ONE.shiftLeft(254)), 0)).isTrue();
    assertThat(canonical(element)).isEqualTo(BigInteger.ONE.shiftLeft(254));
  }

  private static void assertReduced(FieldElement element, BigInteger expected) {
    for (long limb : limbs(element)) {
      assertThat(Math.abs(limb)).isLessThanOrEqualTo(REDUCED);
    }
    assertThat(canonical(element)).isEqualTo(expected.mod(P));
  }

  private static FieldElement anyOfFourTerms(RandomGenerator random) {
    var limbs = new long[5];
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] = random.nextLong(-4 * REDUCED, 4 * REDUCED + 1);
    }
    return element(limbs);
  }

  private static FieldElement corner(int signs) {
    var limbs = new long[5];
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] = (signs >>> i & 1) == 0 ? 4 * REDUCED : -4 * REDUCED;
    }
    return element(limbs);
  }

  private static FieldElement element(long... limbs) {
    var element = new FieldElement();
    element.load(limbs, 0);
    return element;
  }

  private static long[] limbs(FieldElement element) {
    var limbs = new long[5];
    element.store(limbs, 0);
    return limbs;
  }

  private static BigInteger value(FieldElement element) {
    long[] limbs = limbs(element);
    BigInteger value = BigInteger.ZERO;
    for (int i = 4; i >= 0; i--) {
      value = value.shiftLeft(51).add(BigInteger.valueOf(limbs[i]));
    }
    return value;
  }

  private static BigInteger canonical(FieldElement element) {
    var bytes = new byte[32];
    var copy = new FieldElement();
    copy.set(element);
    copy.encode(bytes, 0);
    return Scalar.decode(bytes, 0, 32);
  }

  private static byte[] bytes(BigInteger number) {
    var bytes = new byte[32];
    long[] words = Scalar.words(number);
    for (int i = 0; i < words.length; i++) {
      LittleEndian.putWord(bytes, 8 * i, words[i]);
    }
    return bytes;
  }
}
