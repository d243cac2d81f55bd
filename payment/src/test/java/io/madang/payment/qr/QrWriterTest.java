package io.madang.payment.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.payment.qr.AdditionalData.Label;
import java.util.Comparator;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QrWriterTest {

  private static QrWriter coffee() {
    return new QrWriter()
        .initiation(Initiation.DYNAMIC)
        .accountTemplate("26", template("kr.example.madang", "M0001"))
        .category("5814")
        .amount(new QrAmount.Fixed(4_500))
        .merchant("SINCHON COFFEE", "SEOUL");
  }

  private static Template template(String uniqueId, String first) {
    var fields = new TreeMap<String, String>();
    fields.put("01", first);
    return new Template(uniqueId, fields);
  }

  private static AdditionalData labels(Label label, String value) {
    var labels = new TreeMap<Label, String>();
    labels.put(label, value);
    return AdditionalData.labels(labels);
  }

  @Test
  void writes_what_another_hand_put_together() {
    assertThat(coffee().write()).isEqualTo(new QrWriting.Written(new RawCode().text()));
  }

  @Test
  void writes_every_part_it_is_given() {
    var written =
        coffee()
            .networkAccount("02", "4123456789012345")
            .currency(new QrCurrency("156"))
            .fee(new QrFee.Percentage(125))
            .country("CN")
            .postalCode("100000")
            .additionalData(labels(Label.PURPOSE, "***"))
            .languageTemplate(new LanguageTemplate("zh", "新村", "首尔"))
            .reserved("65", "예약")
            .unreservedTemplate("80", template("kr.example.madang", "값"))
            .write();
    var expected =
        new RawCode()
            .with("02", "4123456789012345")
            .with("53", "156")
            .with("54", "45")
            .with("55", "03")
            .with("57", "1.25")
            .with("58", "CN")
            .with("61", "100000")
            .with("62", "0803***")
            .with("64", "0002zh0102新村0202首尔")
            .with("65", "예약")
            .with("80", "0017kr.example.madang0101값");
    assertThat(written)
        .isInstanceOfSatisfying(
            QrWriting.Written.class,
            code ->
                assertThat(Vectors.payloadOf(code.text()))
                    .isEqualTo(Vectors.payloadOf(expected.text())));
  }

  @Test
  void asks_for_the_parts_that_a_code_must_have() {
    assertThat(new QrWriter().write()).isEqualTo(refused("02-51", QrRefusalReason.MISSING));
    assertThat(coffee().category("").write()).isEqualTo(refused("52", QrRefusalReason.MISSING));
    assertThat(coffee().merchant("", "SEOUL").write())
        .isEqualTo(refused("59", QrRefusalReason.MISSING));
    assertThat(coffee().merchant("CAFE", "").write())
        .isEqualTo(refused("60", QrRefusalReason.MISSING));
    assertThat(coffee().accountTemplate("26", template("", "M")).write())
        .isEqualTo(refused("26.00", QrRefusalReason.MISSING));
    assertThat(coffee().languageTemplate(new LanguageTemplate("ko", "", "서울")).write())
        .isEqualTo(refused("64.01", QrRefusalReason.MISSING));
  }

  @Test
  void refuses_what_the_reader_refuses() {
    assertThat(coffee().amount(new QrAmount.Fixed(0)).write())
        .isEqualTo(refused("54", QrRefusalReason.AMOUNT_ZERO));
    assertThat(coffee().amount(new QrAmount.Fixed(-4_500)).write())
        .isEqualTo(refused("54", QrRefusalReason.AMOUNT_MALFORMED));
    assertThat(coffee().amount(new QrAmount.Fixed(Long.MIN_VALUE)).write())
        .isEqualTo(refused("54", QrRefusalReason.TOO_LONG));
    assertThat(coffee().amount(new QrAmount.Fixed(10_000_000_000_000L)).write())
        .isEqualTo(refused("54", QrRefusalReason.TOO_LONG));
    assertThat(coffee().currency(new QrCurrency("840")).amount(new QrAmount.Fixed(-1)).write())
        .isEqualTo(refused("54", QrRefusalReason.AMOUNT_MALFORMED));
    assertThat(coffee().fee(new QrFee.Fixed(0)).write())
        .isEqualTo(refused("56", QrRefusalReason.AMOUNT_ZERO));
    assertThat(coffee().fee(new QrFee.Percentage(10_000)).write())
        .isEqualTo(refused("57", QrRefusalReason.PERCENTAGE_TOO_LARGE));
    assertThat(coffee().merchant("신촌커피", "SEOUL").write())
        .isEqualTo(refused("59", QrRefusalReason.NOT_PRINTABLE_ASCII));
    assertThat(coffee().additionalData(labels(Label.BILL, "")).write())
        .isEqualTo(refused("62.01", QrRefusalReason.ZERO_LENGTH));
    assertThat(coffee().reserved("65", "\uD83C").write())
        .isEqualTo(refused("", QrRefusalReason.LONE_SURROGATE));
  }

  @Test
  void refuses_what_two_digits_cannot_measure() {
    assertThat(coffee().networkAccount("02", "1".repeat(100)).write())
        .isEqualTo(refused("02", QrRefusalReason.TOO_LONG));
    assertThat(coffee().accountTemplate("27", template("a", "1".repeat(100))).write())
        .isEqualTo(refused("27.01", QrRefusalReason.TOO_LONG));
    assertThat(coffee().accountTemplate("27", template("a", "1".repeat(99))).write())
        .isEqualTo(refused("27", QrRefusalReason.TOO_LONG));
    assertThat(coffee().additionalData(labels(Label.BILL, "1".repeat(100))).write())
        .isEqualTo(refused("62.01", QrRefusalReason.TOO_LONG));
  }

  /** A name cannot smuggle in an object: its length is counted, whatever it holds. */
  @Test
  void keeps_objects_inside_a_text_as_text() {
    var written = coffee().merchant("A5403999", "SEOUL").write();
    assertThat(written)
        .isInstanceOfSatisfying(
            QrWriting.Written.class,
            code -> {
              var payload = Vectors.payloadOf(code.text());
              assertThat(payload.merchantName()).isEqualTo("A5403999");
              assertThat(payload.amount()).isEqualTo(new QrAmount.Fixed(4_500));
            });
  }

  @Test
  void takes_an_identifier_outside_its_range_for_a_bug() {
    for (var id : new String[] {"25", "52", "5", "026", "２６", "ab", ""}) {
      assertThatThrownBy(() -> coffee().accountTemplate(id, template("a", "b")).write())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> coffee().reserved("63", "0000").write())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keeps_a_payload_as_it_was_made() {
    var fields = new TreeMap<String, String>(Comparator.reverseOrder());
    fields.put("01", "M0001");
    fields.put("02", "S01");
    var template = new Template("kr.example.madang", fields);
    fields.put("01", "M0002");
    assertThat(template.fields().keySet()).containsExactly("01", "02");
    assertThat(template.field("01")).contains("M0001");
    assertThatThrownBy(() -> template.fields().put("01", "M0003"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static QrRefusal refused(String path, QrRefusalReason reason) {
    return new QrRefusal(path, reason);
  }
}
