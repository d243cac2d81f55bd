package io.madang.voting.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Java's own numbers, and with the values where a carry is easily lost. */
class WideMontgomeryTest {
  private static final int LIMBS = 4;

  /** The largest odd number of four limbs, one just above half of the range, and two others. */
  private static final List<BigInteger> MODULI =
      List.of(
          BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(255).add(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(256).subtract(BigInteger.valueOf(189)),
          BigInteger.ONE.shiftLeft(255).add(BigInteger.ONE.shiftLeft(64)).add(BigInteger.ONE));

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void multiplies_as_plain_numbers_do(long seed) {
    var random = Seeds.random(seed);
    for (var modulus : MODULI) {
      var arithmetic = new WideMontgomery(modulus, new BigIntegerMultiplication());
      var residues = new ArrayList<long[]>();
      for (long filling : new long[] {0, -1, 1, Long.MIN_VALUE}) {
        var limbs = arithmetic.room();
        Arrays.fill(limbs, filling);
        residues.add(limbs);
      }
      residues.add(arithmetic.one());
      residues.add(arithmetic.residue(modulus.subtract(BigInteger.ONE)));
      residues.add(random.longs(LIMBS).toArray());
      residues.add(random.longs(LIMBS).toArray());
      for (long[] a : residues) {
        for (long[] b : residues) {
          var expected = arithmetic.number(a).multiply(arithmetic.number(b)).mod(modulus);
          var product = arithmetic.room();
          arithmetic.multiply(product, a, b);
          assertThat(arithmetic.number(product)).isEqualTo(expected);
          var normal = product.clone();
          arithmetic.normalize(normal);
          assertThat(BigIntegerMultiplication.number(normal, LIMBS)).isLessThan(modulus);
          assertThat(arithmetic.number(normal)).isEqualTo(expected);
        }
        var square = arithmetic.room();
        arithmetic.square(square, a);
        assertThat(arithmetic.number(square)).isEqualTo(arithmetic.number(a).pow(2).mod(modulus));
        assertThat(arithmetic.residue(arithmetic.number(a)))
            .satisfies(
                again -> assertThat(arithmetic.number(again)).isEqualTo(arithmetic.number(a)));
      }
    }
  }
}
