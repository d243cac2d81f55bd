package io.madang.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPointTableTest {
  private static final int FACTOR_LENGTH = 32;

  @ParameterizedTest
  @MethodSource("io.madang.chain.Seeds#many")
  void gives_the_multiple_that_the_sum_of_buckets_gives(long seed) {
    var random = Seeds.random(seed);
    var factor = new byte[FACTOR_LENGTH];
    random.nextBytes(factor);
    var point = CurvePoint.base().multiples(List.of(factor)).getFirst();
    random.nextBytes(factor);
    // Now and then long runs of zeros or ones, over which carries go from digit to digit.
    int start = random.nextInt(FACTOR_LENGTH);
    Arrays.fill(factor, start, FACTOR_LENGTH, (byte) (random.nextBoolean() ? 0 : -1));

    assertSameMultiple(point, factor);
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1, 0x55, 0x7F, (byte) 0x80, (byte) 0xFF})
  void gives_it_for_factors_of_one_repeated_byte(byte digit) {
    var factor = new byte[FACTOR_LENGTH];
    Arrays.fill(factor, digit);

    assertSameMultiple(CurvePoint.base(), factor);
  }

  @Test
  void gives_the_neutral_point_for_the_order_of_the_base_point() {
    byte[] bigEndian = Scalar.ORDER.toByteArray();
    var order = new byte[FACTOR_LENGTH];
    for (int i = 0; i < bigEndian.length; i++) {
      order[i] = bigEndian[bigEndian.length - 1 - i];
    }

    assertThat(PublicPointTable.of(CurvePoint.base()).multiple(order).isNeutral()).isTrue();
  }

  private static void assertSameMultiple(CurvePoint point, byte[] factor) {
    assertThat(PublicPointTable.of(point).multiple(factor).encode())
        .isEqualTo(point.multiples(List.of(factor)).getFirst().encode());
  }
}
