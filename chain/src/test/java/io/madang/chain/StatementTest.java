package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.StatementReading.Reason;
import io.madang.chain.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatementTest {
  private static final String ED25519_HEADER = "{\"alg\":\"EdDSA\",\"kid\":\"%s\"}";
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String PAYLOAD =
      "{\"chain\":\"madang-test\",\"id\":\""
          + ID
          + "\",\"operation\":{\"amount\":1500},\"purpose\":\"transfer\","
          + "\"validUntilMillis\":1700000000000,\"version\":1}";

  private final StatementSigner signer = new StatementSigner(TestKeys.ed25519(1));

  static List<SigningKey> keys() {
    return List.of(TestKeys.ed25519(1), TestKeys.p256(1));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void reads_what_a_signer_made(SigningKey key) {
    var made = new StatementSigner(key).sign(payload());
    var read = read(made.text());
    assertThat(read).isEqualTo(made);
    assertThat(read.signer()).isEqualTo(key.publicKey());
    assertThat(read.payload()).isEqualTo(payload());
    assertThat(read.hash()).isEqualTo(Hash.sha256(made.text().getBytes(StandardCharsets.US_ASCII)));
    assertThat(StatementReader.read(made.bytes())).isEqualTo(StatementReader.read(made.text()));
  }

  @Test
  void signs_the_canonical_payload_under_the_fixed_header() {
    var parts = signer.sign(payload()).text().split("\\.", -1);
    assertThat(decode(parts[0])).isEqualTo(ED25519_HEADER.formatted(signer.publicKey()));
    assertThat(decode(parts[1])).isEqualTo(PAYLOAD);
  }

  @Test
  void makes_signatures_that_the_jdk_verifies_too() throws GeneralSecurityException {
    var statement = signer.sign(payload());
    byte[] y = statement.signer().bytes();
    boolean odd = y[31] < 0;
    y[31] &= 0x7F;
    var bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = y[31 - i];
    }
    var key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new EdECPublicKeySpec(
                    NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian))));
    var verification = Signature.getInstance("Ed25519");
    verification.initVerify(key);
    verification.update(statement.signingInput());
    assertThat(verification.verify(statement.signature())).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a member more      | "version":1        | "version":1,"x":0   | MEMBERS
          a member less      | ,"version":1       | ``                  | MEMBERS
          another name       | "purpose"          | "purposf"           | MEMBERS
          amount as text     | "version":1        | "version":"1"       | MEMBERS
          operation a list   | {"amount":1500}    | [1500]              | MEMBERS
          another version    | "version":1        | "version":2         | VERSION
          chain upper case   | madang-test        | Madang              | CHAIN
          chain empty        | madang-test        | ``                  | CHAIN
          chain too long     | madang-test        | aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde | CHAIN
          id upper case      | 0123456789abcdef0  | 0123456789ABCDEF0   | ID
          id short           | 0123456789abcdef0  | 0123456789abcdef    | ID
          purpose empty      | transfer           | ``                  | PURPOSE
          purpose digits     | transfer           | transfer1           | PURPOSE
          before 1970        | 1700000000000      | -1                  | VALID_UNTIL
          white space        | "version":1        | "version": 1        | NOT_CANONICAL
          a fraction         | 1500               | 1500.0              | NOT_CANONICAL
          a name twice       | "amount":1500      | "amount":1,"amount":1 | NOT_CANONICAL
          """)
  void refuses_a_payload_of_any_other_form(
      String name, String part, String replacement, Reason reason) {
    assertThat(PAYLOAD).as(name).contains(part);
    assertRefused(withPayload(PAYLOAD.replace(part, replacement)), reason);
  }

  @Test
  void refuses_a_header_of_any_other_form() {
    var kid = signer.publicKey().toString();
    var p256 = TestKeys.p256(1).publicKey().toString();
    for (var header :
        List.of(
            "{\"kid\":\"" + kid + "\",\"alg\":\"EdDSA\"}",
            "{\"alg\":\"none\",\"kid\":\"" + kid + "\"}",
            "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}",
            "{\"alg\":\"EdDSA\",\"kid\":\"" + p256 + "\"}",
            "{\"alg\":\"EdDSA\", \"kid\":\"" + kid + "\"}",
            "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"} ",
            "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"JWT\"}",
            "{\"alg\":\"EdDSA\",\"kid\":\"" + "/".repeat(43) + "\"}",
            // The last character's two lowest bits are unused and must be zero.
            "{\"alg\":\"EdDSA\",\"kid\":\"" + "A".repeat(42) + "B\"}",
            "{\"alg\":\"EdDSA\"}",
            "{}",
            "")) {
      assertRefused(
          encode(header) + "." + encode(PAYLOAD) + "." + encode("x".repeat(64)), Reason.HEADER);
    }
  }

  @Test
  void refuses_texts_that_are_not_compact() {
    var text = signer.sign(payload()).text();
    assertRefused("", Reason.NOT_COMPACT);
    assertRefused("..." + text, Reason.NOT_COMPACT);
    assertRefused(text + ".", Reason.NOT_COMPACT);
    assertRefused(text.replace('.', ','), Reason.NOT_COMPACT);
    assertRefused(text.substring(0, text.lastIndexOf('.')), Reason.NOT_COMPACT);
    assertRefused(text + "=", Reason.BASE64);
    assertRefused(text + " ", Reason.BASE64);
    assertRefused("마" + text, Reason.BASE64);
    assertRefused(text.substring(0, text.length() - 2), Reason.SIGNATURE_LENGTH);
    assertRefused(text + "AA", Reason.SIGNATURE_LENGTH);
    assertRefused("A".repeat(Statement.MAX_LENGTH + 1), Reason.TOO_LONG);
  }

  @Test
  void refuses_a_second_form_of_the_same_signature() {
    var text = signer.sign(payload()).text();
    char last = text.charAt(text.length() - 1);
    // 64 bytes leave four unused bits in the last character; a lenient reader ignores them.
    assertRefused(text.substring(0, text.length() - 1) + (char) (last + 1), Reason.BASE64);
  }

  @Test
  void signs_nothing_that_could_not_be_read() {
    var large = JsonObject.builder().put("text", "x".repeat(60_000)).build();
    assertThatThrownBy(() -> signer.sign(payload(large)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void never_throws_and_keeps_the_text_whatever_the_bytes(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] bytes;
      if (random.nextBoolean()) {
        bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
      } else {
        bytes = withPayload(PAYLOAD).getBytes(StandardCharsets.US_ASCII);
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      if (StatementReader.read(bytes) instanceof StatementReading.Read(var statement)) {
        assertThat(statement.bytes()).isEqualTo(bytes);
        assertThat(statement.payload().canonicalBytes())
            .isEqualTo(Base64Url.decode(statement.text().split("\\.", -1)[1]).orElseThrow());
      }
    }
  }

  private String withPayload(String payload) {
    return encode(ED25519_HEADER.formatted(signer.publicKey()))
        + "."
        + encode(payload)
        + "."
        + encode("x".repeat(64));
  }

  private static Statement.Payload payload() {
    return payload(JsonObject.builder().put("amount", 1500).build());
  }

  private static Statement.Payload payload(JsonObject operation) {
    return new Statement.Payload(
        "madang-test", new StatementId(ID), "transfer", 1_700_000_000_000L, operation);
  }

  private static Statement read(String text) {
    assertThat(StatementReader.read(text)).isInstanceOf(StatementReading.Read.class);
    return ((StatementReading.Read) StatementReader.read(text)).statement();
  }

  private static void assertRefused(String text, Reason reason) {
    assertThat(StatementReader.read(text))
        .isInstanceOfSatisfying(
            StatementReading.Refused.class,
            refused -> assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason));
  }

  private static String encode(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64Url.decode(text).orElseThrow(), StandardCharsets.UTF_8);
  }
}
