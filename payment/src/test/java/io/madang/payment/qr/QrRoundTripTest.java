package io.madang.payment.qr;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.payment.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QrRoundTripTest {

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void reads_back_what_it_writes(long seed) {
    var payloads = new RandomPayloads(Seeds.random(seed));
    for (int i = 0; i < 20; i++) {
      var payload = payloads.next();
      assertThat(QrWriter.write(payload))
          .isInstanceOfSatisfying(
              QrWriting.Written.class,
              written ->
                  assertThat(QrReader.read(written.text())).isEqualTo(new QrReading.Read(payload)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void reads_the_same_whatever_the_order_of_the_objects(long seed) {
    var random = Seeds.random(seed);
    var payload = new RandomPayloads(random).next();
    var objects = objects(((QrWriting.Written) QrWriter.write(payload)).text());
    var between = objects.subList(1, objects.size() - 1);
    Collections.shuffle(between, random);
    String shuffled = String.join("", objects.subList(0, objects.size() - 1));
    assertThat(QrReader.read(RawCode.withChecksum(shuffled)))
        .isEqualTo(new QrReading.Read(payload));
  }

  @ParameterizedTest(name = "{0} {1} are {2}")
  @CsvSource({
    "410, 4500, 4500, 4500",
    "410, 4500., 4500, 4500",
    "410, 0004500, 4500, 4500",
    "410, 1, 1, 1",
    "410, 9999999999999, 9999999999999, 9999999999999",
    "840, 98.73, 9873, 98.73",
    "840, 98, 9800, 98",
    "840, 98., 9800, 98",
    "840, 98.5, 9850, 98.5",
    "840, 98.50, 9850, 98.5",
    "840, 0.01, 1, 0.01",
    "840, 9999999999999, 999999999999900, 9999999999999",
    "840, 99999999999.9, 9999999999990, 99999999999.9",
    "392, 705, 705, 705",
    "414, 1.005, 1005, 1.005",
    "414, 9007199254740, 9007199254740000, 9007199254740",
    "990, 0.0001, 1, 0.0001"
  })
  void counts_an_amount_in_minor_units(
      String currency, String amount, long minorUnits, String writtenAgain) {
    String text = new RawCode().with("53", currency).with("54", amount).text();
    var payload = Vectors.payloadOf(text);
    assertThat(payload.amount()).isEqualTo(new QrAmount.Fixed(minorUnits));
    String expected = new RawCode().with("53", currency).with("54", writtenAgain).text();
    assertThat(QrWriter.write(payload)).isEqualTo(new QrWriting.Written(expected));
  }

  @ParameterizedTest(name = "{0} percent are {1} basis points")
  @CsvSource({"00.01, 1, 0.01", "99.99, 9999, 99.99", "3, 300, 3", "3., 300, 3", "03.50, 350, 3.5"})
  void counts_a_percentage_in_basis_points(String percent, int basisPoints, String writtenAgain) {
    String text = new RawCode().with("55", "03").with("57", percent).text();
    var payload = Vectors.payloadOf(text);
    assertThat(payload.fee()).isEqualTo(new QrFee.Percentage(basisPoints));
    assertThat(QrWriter.write(payload))
        .isInstanceOfSatisfying(
            QrWriting.Written.class,
            written -> assertThat(written.text()).contains(RawCode.object("57", writtenAgain)));
  }

  private static List<String> objects(String code) {
    var objects = new ArrayList<String>();
    int position = 0;
    while (position < code.length()) {
      int length = Integer.parseInt(code.substring(position + 2, position + 4));
      int end = code.offsetByCodePoints(position + 4, length);
      objects.add(code.substring(position, end));
      position = end;
    }
    return objects;
  }
}
