package io.madang.payment.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.madang.payment.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damage. The checksum finds every error that lies within 16 bits, so a wrong ASCII character never
 * passes, nor a Hangul syllable in place of its neighbour. Of wider errors it misses one in 65,536:
 * in Q8 a digit in place of a certain Khmer letter gives the same checksum.
 */
class QrDamagedCodeTest {

  @ParameterizedTest
  @MethodSource("io.madang.payment.qr.Vectors#accepted")
  void refuses_every_code_with_one_wrong_character(Vectors.Vector vector) {
    int[] characters = vector.text().codePoints().toArray();
    for (int position = 0; position < characters.length; position++) {
      int right = characters[position];
      // All of ASCII, or all characters that differ in the last byte of their UTF-8 only.
      int differences = right < 0x80 ? 0x80 : 0x40;
      for (int difference = 1; difference < differences; difference++) {
        characters[position] = right ^ difference;
        assertRefused(new String(characters, 0, characters.length));
      }
      characters[position] = right;
    }
  }

  @ParameterizedTest
  @MethodSource("io.madang.payment.qr.Vectors#accepted")
  void refuses_every_code_that_is_cut_off(Vectors.Vector vector) {
    String text = vector.text();
    for (int length = 0; length < text.length(); length++) {
      assertRefused(text.substring(0, length));
      assertRefused(text.substring(text.length() - length));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void refuses_a_random_code_with_a_wrong_character_or_a_cut(long seed) {
    var random = Seeds.random(seed);
    String text = randomCode(random);
    for (int position = 0; position < text.length(); position++) {
      assertRefused(text.substring(0, position));
      char right = text.charAt(position);
      if (right >= 0x80) continue;
      char wrong = (char) random.nextInt(0x80);
      if (wrong != right) {
        assertRefused(text.substring(0, position) + wrong + text.substring(position + 1));
      }
    }
  }

  /** With the checksum put right again, as someone who means harm would do. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void answers_to_any_mutation_and_writes_again_whatever_it_reads(long seed) {
    var random = Seeds.random(seed);
    String text = randomCode(random);
    for (int i = 0; i < 200; i++) {
      String objects = mutated(random, text.substring(0, text.length() - 8));
      switch (QrReader.read(RawCode.withChecksum(objects))) {
        case QrReading.Read(var payload) ->
            assertThat(QrWriter.write(payload)).isInstanceOf(QrWriting.Written.class);
        case QrRefusal refusal -> assertThat(refusal.sentence()).isNotBlank();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void answers_to_any_text(long seed) {
    var random = Seeds.random(seed);
    for (int i = 0; i < 200; i++) {
      var text = new StringBuilder("000201");
      for (int length = random.nextInt(600); length > 0; length--) {
        // Chars, not characters: lone surrogates are among them.
        text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
      }
      assertRefused(text.toString());
    }
  }

  private static String randomCode(Random random) {
    return switch (QrWriter.write(new RandomPayloads(random).next())) {
      case QrWriting.Written(var text) -> text;
      case QrRefusal refusal -> fail(refusal.toString());
    };
  }

  private static String mutated(Random random, String text) {
    var mutated = new StringBuilder(text);
    for (int count = random.nextInt(1, 4); count > 0 && !mutated.isEmpty(); count--) {
      int position = random.nextInt(mutated.length());
      int end = Math.min(mutated.length(), position + random.nextInt(1, 20));
      switch (random.nextInt(5)) {
        case 0 -> mutated.setCharAt(position, (char) random.nextInt('0', '9' + 1));
        case 1 -> mutated.setCharAt(position, (char) random.nextInt(0x10000));
        case 2 -> mutated.delete(position, end);
        case 3 -> mutated.insert(position, mutated.substring(position, end));
        default -> mutated.insert(position, RawCode.object(Ids.of(random.nextInt(100)), "0001X"));
      }
    }
    return mutated.toString();
  }

  private static void assertRefused(String text) {
    // Asked millions of times: a plain test, and an assertion's message only when it fails.
    if (!(QrReader.read(text) instanceof QrRefusal)) fail("was read: " + text);
  }
}
