package io.madang.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Seeds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519KeyTest {
  static List<String> smallOrder() {
    return Crafted.SMALL_ORDER;
  }

  @ParameterizedTest
  @MethodSource("smallOrder")
  void refuses_every_encoding_of_a_small_order_point(String encoding) {
    assertThat(parse(encoding)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void refuses_other_lengths(int length) {
    assertThat(Ed25519PublicKey.parse(new byte[length])).isEmpty();
  }

  @Test
  void refuses_every_y_that_is_not_below_p() {
    byte[] encoding = HexFormat.of().parseHex("ed" + "ff".repeat(30) + "7f");
    for (int excess = 0; excess < 19; excess++) {
      encoding[31] = 0x7f;
      assertThat(Ed25519PublicKey.parse(encoding)).isEmpty();
      encoding[31] = -1;
      assertThat(Ed25519PublicKey.parse(encoding)).isEmpty();
      encoding[0]++;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void accepts_of_random_bytes_what_bouncy_castle_accepts(long seed) {
    RandomGenerator random = Seeds.random(seed);
    int accepted = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = Crafted.bytes(random, 32);
      boolean valid = org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartial(bytes, 0);
      assertThat(Ed25519PublicKey.parse(bytes).isPresent()).isEqualTo(valid);
      accepted += valid ? 1 : 0;
    }
    assertThat(accepted).as("about half of all y are on the curve").isBetween(50, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void encodes_what_it_decoded(long seed) {
    byte[] bytes = Crafted.honest(Seeds.random(seed)).key();
    assertThat(EdwardsPoint.decode(bytes, 0).orElseThrow().encode()).isEqualTo(bytes);
    assertThat(Ed25519PublicKey.parse(bytes).orElseThrow().bytes()).isEqualTo(bytes);
  }

  @Test
  void equals_a_key_of_the_same_bytes_only() {
    Ed25519PublicKey key = Ed25519PrivateKey.fromSeed(new byte[32]).publicKey();
    assertThat(Ed25519PublicKey.parse(key.bytes())).hasValue(key);
    assertThat(Ed25519PublicKey.parse(key.bytes()).orElseThrow()).hasSameHashCodeAs(key);
    byte[] seed = new byte[32];
    seed[0] = 1;
    assertThat(Ed25519PrivateKey.fromSeed(seed).publicKey()).isNotEqualTo(key);
    assertThat(key.prepare().publicKey()).isSameAs(key);
  }

  @Test
  void cannot_be_changed_through_the_arrays_it_was_made_from_or_gave() {
    byte[] bytes = Ed25519PrivateKey.fromSeed(new byte[32]).publicKey().bytes();
    byte[] given = bytes.clone();
    Ed25519PublicKey key = Ed25519PublicKey.parse(given).orElseThrow();
    Arrays.fill(given, (byte) 0);
    Arrays.fill(key.bytes(), (byte) 0);
    assertThat(key.bytes()).isEqualTo(bytes);
  }

  @Test
  void a_private_key_does_not_show_itself() {
    byte[] seed = HexFormat.of().parseHex("5e".repeat(32));
    Ed25519PrivateKey key = Ed25519PrivateKey.fromSeed(seed);
    assertThat(key.toString()).doesNotContain("5e5e").contains(key.publicKey().toString());
    assertThatThrownBy(() -> Ed25519PrivateKey.fromSeed(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Ed25519PublicKey> parse(String hex) {
    return Ed25519PublicKey.parse(HexFormat.of().parseHex(hex));
  }
}
