package io.madang.payment.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Hash;
import io.madang.chain.SigningKey;
import io.madang.chain.Statement;
import io.madang.chain.StatementId;
import io.madang.chain.StatementSigner;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Operations;
import io.madang.payment.Seeds;
import io.madang.payment.qr.CustomerCodeReading.Read;
import io.madang.payment.qr.CustomerCodeReading.Reason;
import io.madang.payment.qr.CustomerCodeReading.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerCodeTest {
  /** Made by a program of its own (node's crypto); the web pages' tests make the same code. */
  private static final String KNOWN =
      "hQVDUFYwMWGBp08H8E1BREFOR1oKmUgiZ4GJIFERX2OBj8EgxCA1t81mmFK1GkmQzOCWoPxDUjC33/EQ"
          + "1NqPOrrWO/fCEAARIjNEVWZ3iJmqu8zd7v/DBgGbjqwRgMQHAAAAAADDUMUGUy1DT0lOxkA2+H1IhaRK"
          + "og68ZhjLJ9+ajni9uIgkOCJ/OxGxobcLhqkpIaTNmbBJwxird60z+ESdJpNYwZrjqNK2+wuqB9cC";

  private static final Statement MANDATE = mandate(key("payer"), 50_000, "S-COIN");

  @Test
  void carries_a_mandate_to_the_bit() {
    var text = CustomerCode.of(MANDATE).text();

    assertThat(text).isEqualTo(KNOWN).startsWith("hQVDUFY").hasSizeLessThanOrEqualTo(240);
    assertThat(read(text).mandate("town-1")).isEqualTo(MANDATE);
    assertThat(read(text).mandate("town-2")).isNotEqualTo(MANDATE);
  }

  @Test
  void carries_mandates_of_both_kinds_of_keys() {
    var phone = mandate(SigningKey.p256(Hash.sha256(new byte[1]).bytes()), 1, "U");

    assertThat(read(CustomerCode.of(phone).text()).mandate("town-1")).isEqualTo(phone);
  }

  @Test
  void looks_to_other_readers_like_any_consumer_presented_code() {
    var hex = HexFormat.of().formatHex(Base64.getDecoder().decode(CustomerCode.of(MANDATE).text()));

    // 85 CPV01, 61 with our application, a number of 19 digits, and what is opaque to others.
    assertThat(hex).startsWith("85054350563031" + "6181a7" + "4f07f04d4144414e47" + "5a0a99");
    assertThat(hex.substring(42, 62)).matches("99[0-9]{17}f");
    assertThat(passesLuhn(hex.substring(42, 61))).isTrue();
    assertThat(hex.substring(62)).startsWith("63818f" + "c120");
  }

  @Test
  void names_what_is_wrong_with_other_texts() {
    assertRefused("", Reason.OTHER_FORMAT);
    assertRefused("A".repeat(513), Reason.TOO_LONG);
    assertRefused("00020101021126", Reason.NOT_TLV);
    assertRefused("A=B", Reason.NOT_BASE64);
    assertRefused("신촌커피", Reason.NOT_BASE64);
    assertRefused("hQVDUFYwMWE", Reason.NOT_TLV);
    assertRefused(hex("8505435056303261024f00"), Reason.OTHER_FORMAT);
    assertRefused(hex("61024f00" + "85054350563031"), Reason.OTHER_FORMAT);
    assertRefused(hex("85054350563031"), Reason.OTHER_SCHEME);
    // EMVCo CPM 1.1, annex B.1: somebody else's card.
    assertRefused("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=", Reason.OTHER_SCHEME);
    assertRefused(
        hex("85054350563031" + "610b" + "4f07f04d4144414e47" + "6300"), Reason.WRONG_PARTS);
    assertRefused(
        hex("85054350563031" + "6117" + "4f07f04d4144414e47" + "5a0a9901234567890123456f" + "6300"),
        Reason.WRONG_PARTS);
    var text = CustomerCode.of(MANDATE).text();
    assertRefused(text + "\n", Reason.NOT_BASE64);
    assertRefused(text.substring(0, text.length() - 4), Reason.NOT_TLV);
  }

  @Test
  void refuses_a_second_way_to_write_the_same_code() {
    var bytes = Base64.getDecoder().decode(CustomerCode.of(MANDATE).text());
    var other = HexFormat.of().formatHex(bytes);

    // The number of another id, and a length in its long form.
    assertRefused(hex(other.replace("5a0a99", "5a0a98")), Reason.NOT_CANONICAL);
    assertRefused(
        hex(other.replace("4f07f04d", "4f8107f04d").replace("6181a7", "6181a8")),
        Reason.NOT_CANONICAL);
  }

  @Test
  void no_code_is_made_of_anything_but_a_mandate() {
    var login = new StatementSigner(key("payer")).sign(words("login", 1, "S-COIN"));

    assertThatThrownBy(() -> CustomerCode.of(login)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void an_altered_code_is_refused_or_is_another_mandate_and_is_written_as_it_came(long seed) {
    var random = Seeds.random(seed);
    var text = CustomerCode.of(MANDATE).text();
    for (int i = 0; i < 200; i++) {
      var altered = altered(random, text);
      if (CustomerCodeForm.read(altered) instanceof Read(var code)) {
        assertThat(code.text()).isEqualTo(altered);
        if (!altered.equals(text)) assertThat(code.mandate("town-1")).isNotEqualTo(MANDATE);
      }
    }
  }

  private static String altered(Random random, String text) {
    var altered = new StringBuilder(text);
    int place = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> altered.setCharAt(place, (char) random.nextInt(0x80));
      case 1 -> altered.delete(place, Math.min(text.length(), place + random.nextInt(9)));
      case 2 -> altered.insert(place, text, 0, random.nextInt(9));
      default -> {
        var bytes = Base64.getDecoder().decode(text);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Base64.getEncoder().encodeToString(bytes);
      }
    }
    return altered.toString();
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? 2 * digit : digit;
      sum += doubled / 10 + doubled % 10;
    }
    return sum % 10 == 0;
  }

  private static String hex(String digits) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digits));
  }

  private static void assertRefused(String text, Reason reason) {
    assertThat(CustomerCodeForm.read(text)).isEqualTo(new Refused(reason));
  }

  private static CustomerCode read(String text) {
    return ((Read) CustomerCodeForm.read(text)).code();
  }

  private static SigningKey key(String name) {
    return SigningKey.ed25519(Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes());
  }

  private static Statement mandate(SigningKey key, long limit, String asset) {
    return new StatementSigner(key).sign(words("mandate", limit, asset));
  }

  private static Statement.Payload words(String purpose, long limit, String asset) {
    return new Statement.Payload(
        "town-1",
        new StatementId("00112233445566778899aabbccddeeff"),
        purpose,
        1_767_625_200_000L,
        Operations.mandate(new Amount(limit, new AssetCode(asset))));
  }
}
