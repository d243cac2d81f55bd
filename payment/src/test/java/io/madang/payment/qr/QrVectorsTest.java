package io.madang.payment.qr;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.payment.qr.AdditionalData.ConsumerRequest;
import io.madang.payment.qr.AdditionalData.Label;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrVectorsTest {

  @Test
  void knows_twelve_vectors() {
    assertThat(Vectors.accepted()).hasSize(10);
    assertThat(Vectors.refused()).hasSize(2);
  }

  @Test
  void computes_the_check_value_of_the_checksum() {
    assertThat(Crc16.of("123456789")).isEqualTo("29B1");
  }

  @ParameterizedTest
  @MethodSource("io.madang.payment.qr.Vectors#accepted")
  void reads_codes_that_others_made(Vectors.Vector vector) {
    assertThat(QrReader.read(vector.text())).isInstanceOf(QrReading.Read.class);
  }

  @ParameterizedTest
  @MethodSource("io.madang.payment.qr.Vectors#refused")
  void names_what_a_national_code_lacks(Vectors.Vector vector) {
    assertThat(QrReader.read(vector.text()))
        .isEqualTo(new QrRefusal("52", QrRefusalReason.MISSING));
  }

  /** Q1 has its objects in another order, which a payload does not keep. */
  @ParameterizedTest
  @ValueSource(strings = {"Q2", "Q3", "Q6", "Q7", "Q8", "Q9", "Q10", "Q11", "Q12"})
  void writes_the_codes_of_others_again_character_for_character(String id) {
    assertThat(QrWriter.write(Vectors.payload(id)))
        .isEqualTo(new QrWriting.Written(Vectors.vector(id).text()));
  }

  @ParameterizedTest
  @MethodSource("io.madang.payment.qr.Vectors#accepted")
  void reads_the_same_payload_from_what_it_writes(Vectors.Vector vector) {
    var payload = Vectors.payloadOf(vector.text());
    assertThat(QrWriter.write(payload))
        .isInstanceOfSatisfying(
            QrWriting.Written.class,
            written -> assertThat(Vectors.payloadOf(written.text())).isEqualTo(payload));
  }

  @Test
  void reads_every_object_of_the_specification_s_example() {
    var payload = Vectors.payload("Q1");
    assertThat(payload.initiation()).isEqualTo(Initiation.DYNAMIC);
    assertThat(payload.accountTemplates())
        .isEqualTo(
            Map.of(
                "29", template("D15600000000", Map.of("05", "A93FO3230Q")),
                "31", template("D15600000001", Map.of("03", "12345678"))));
    assertThat(payload.category()).isEqualTo("4111");
    assertThat(payload.currency()).isEqualTo(new QrCurrency("156"));
    assertThat(payload.amount()).isEqualTo(new QrAmount.Fixed(23_72));
    assertThat(payload.fee()).isEqualTo(new QrFee.AskForTip());
    assertThat(payload.country()).isEqualTo("CN");
    assertThat(payload.merchantName()).isEqualTo("BEST TRANSPORT");
    assertThat(payload.merchantCity()).isEqualTo("BEIJING");
    assertThat(payload.postalCode()).isEmpty();
    assertThat(payload.additionalData().labels())
        .isEqualTo(
            Map.of(
                Label.STORE, "1234",
                Label.CUSTOMER, AdditionalData.ASK_PAYER,
                Label.TERMINAL, "A6008667"));
    assertThat(payload.additionalData().requests())
        .containsExactly(ConsumerRequest.MOBILE, ConsumerRequest.EMAIL);
    assertThat(payload.languageTemplate()).isEqualTo(new LanguageTemplate("ZH", "最佳运输", "北京"));
    assertThat(payload.unreservedTemplates())
        .isEqualTo(Map.of("91", template("A011223344998877", Map.of("07", "12345678"))));
  }

  @Test
  void reads_a_korean_order() {
    var payload = Vectors.payload("Q11");
    assertThat(payload.accountTemplates())
        .isEqualTo(Map.of("26", template("kr.example.madang", Map.of("01", "M0001", "02", "S01"))));
    assertThat(payload.category()).isEqualTo("5814");
    assertThat(payload.currency()).isEqualTo(QrCurrency.KRW);
    assertThat(payload.amount()).isEqualTo(new QrAmount.Fixed(4_500));
    assertThat(payload.fee()).isEqualTo(new QrFee.None());
    assertThat(payload.country()).isEqualTo("KR");
    assertThat(payload.merchantName()).isEqualTo("SINCHON COFFEE");
    assertThat(payload.merchantCity()).isEqualTo("SEOUL");
    assertThat(payload.additionalData().labels())
        .isEqualTo(
            Map.of(
                Label.BILL, "INV-20260105-17",
                Label.REFERENCE, "9f1c2a7be04d4c1a8d0e5b21",
                Label.TERMINAL, "POS-01"));
    assertThat(payload.languageTemplate()).isEqualTo(new LanguageTemplate("ko", "신촌커피", "서울"));
  }

  @Test
  void reads_a_sticker_without_amount() {
    var payload = Vectors.payload("Q10");
    assertThat(payload.initiation()).isEqualTo(Initiation.STATIC);
    assertThat(payload.amount()).isEqualTo(new QrAmount.PayerEnters());
    assertThat(payload.postalCode()).isEqualTo("04107");
    assertThat(payload.additionalData()).isEqualTo(AdditionalData.NONE);
    assertThat(payload.languageTemplate()).isEqualTo(LanguageTemplate.NONE);
  }

  @Test
  void counts_characters_not_bytes() {
    assertThat(Vectors.payload("Q8").languageTemplate())
        .isEqualTo(new LanguageTemplate("km", "ចន ស្មីន", "ភ្នំពញ"));
  }

  @Test
  void reads_accounts_with_networks_beside_templates() {
    var payload = Vectors.payload("Q6");
    assertThat(payload.networkAccounts())
        .isEqualTo(Map.of("15", "2031041800520446JDBMSZZXE44BFS0"));
    assertThat(payload.accountTemplates().keySet()).containsExactly("38");
  }

  @Test
  void reads_a_fixed_fee() {
    var payload = Vectors.payload("Q12");
    assertThat(payload.amount()).isEqualTo(new QrAmount.Fixed(15_000));
    assertThat(payload.fee()).isEqualTo(new QrFee.Fixed(1_000));
  }

  @Test
  void leaves_open_whether_a_code_is_for_one_payment_when_it_does_not_say() {
    assertThat(Vectors.payload("Q2").initiation()).isEqualTo(Initiation.UNSPECIFIED);
  }

  private static Template template(String uniqueId, Map<String, String> fields) {
    return new Template(uniqueId, new TreeMap<>(fields));
  }
}
