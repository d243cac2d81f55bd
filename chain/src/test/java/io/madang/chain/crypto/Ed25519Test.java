package io.madang.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.Seeds;
import io.madang.chain.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Ed25519Test {
  private static final byte[] MESSAGE = "coffee, 4500 won".getBytes(StandardCharsets.UTF_8);

  static List<Vector> edgeVectors() {
    return Vectors.read("ed25519-edge-vectors.json");
  }

  static List<Vector> rfcVectors() {
    return Vectors.read("ed25519-rfc8032-vectors.json");
  }

  @Test
  void accepts_of_the_edge_vectors_what_bouncy_castle_and_strict_noble_accept() {
    var verdicts = new StringBuilder();
    for (Vector vector : edgeVectors()) {
      verdicts.append(
          verdict(vector.bytes("publicKey"), vector.bytes("message"), vector.bytes("signature"))
              ? 'V'
              : 'x');
    }
    assertThat(verdicts).hasToString("xxVVVVxxxxxx");
  }

  @ParameterizedTest
  @MethodSource("edgeVectors")
  void gives_the_listed_verdict_on_each_edge_vector(Vector vector) {
    byte[] key = vector.bytes("publicKey");
    byte[] message = vector.bytes("message");
    byte[] signature = vector.bytes("signature");
    boolean accepted = Boolean.parseBoolean(vector.text("accepted"));
    assertThat(verdict(key, message, signature)).isEqualTo(accepted);
    assertThat(bouncyCastle(key, message, signature)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @MethodSource("rfcVectors")
  void signs_and_verifies_as_rfc_8032_shows(Vector vector) {
    Ed25519PrivateKey key = Ed25519PrivateKey.fromSeed(vector.bytes("seed"));
    byte[] message = vector.bytes("message");
    byte[] signature = vector.bytes("signature");
    assertThat(key.publicKey().bytes()).isEqualTo(vector.bytes("publicKey"));
    assertThat(key.sign(message)).isEqualTo(signature);
    assertThat(verdict(key.publicKey().bytes(), message, signature)).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void gives_bouncy_castles_verdict_alone_and_in_batches_whatever_is_sent(long seed) {
    RandomGenerator random = Seeds.random(seed);
    for (int round = 0; round < 20; round++) {
      var batch = new ArrayList<SignedMessage>();
      var expected = new ArrayList<Boolean>();
      int size = random.nextInt(1, 20);
      while (batch.size() < size) {
        Crafted crafted = Crafted.any(random);
        boolean verdict = bouncyCastle(crafted.key(), crafted.message(), crafted.signature());
        Optional<Ed25519PublicKey> parsed = Ed25519PublicKey.parse(crafted.key());
        if (parsed.isEmpty()) {
          assertThat(verdict).as(crafted.toString()).isFalse();
          continue;
        }
        for (VerificationKey key : List.of(parsed.get(), parsed.get().prepare())) {
          assertThat(Ed25519.verify(key, crafted.message(), crafted.signature()))
              .as(crafted.toString())
              .isEqualTo(verdict);
        }
        VerificationKey key = random.nextBoolean() ? parsed.get() : parsed.get().prepare();
        batch.add(new SignedMessage(key, crafted.message(), crafted.signature()));
        expected.add(verdict);
      }
      assertThat(Ed25519.verifyBatch(batch, random::nextBytes))
          .containsExactly(expected.toArray(Boolean[]::new));
    }
  }

  @Test
  void the_crafted_signatures_reach_both_verdicts_in_every_interesting_way() {
    RandomGenerator random = Seeds.random(0);
    var accepted = new ArrayList<String>();
    var refused = new ArrayList<String>();
    for (int i = 0; i < 2_000; i++) {
      Crafted crafted = Crafted.any(random);
      boolean verdict = bouncyCastle(crafted.key(), crafted.message(), crafted.signature());
      (verdict ? accepted : refused).add(crafted.kind());
    }
    assertThat(accepted).contains("honest", "small-order parts", "small R");
    assertThat(refused)
        .contains("key bit", "message bit", "R bit", "S bit", "S + n L", "small A", "small R")
        .contains("A above p", "R above p", "random", "negated parts", "length")
        .doesNotContain("honest");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void settles_a_batch_of_valid_signatures_in_one_sum(long seed) {
    RandomGenerator random = Seeds.random(seed);
    var equations = new ArrayList<Equation>();
    for (int i = 0; i < 16; i++) {
      // Small-order parts included: without the factor 8, a batch would fail on them by chance.
      Crafted crafted =
          random.nextBoolean() ? Crafted.honest(random) : Crafted.withSmallParts(random);
      Ed25519PublicKey.parse(crafted.key())
          .map(key -> new SignedMessage(key.prepare(), crafted.message(), crafted.signature()))
          .flatMap(signed -> Equation.of(signed, Sha512.start()))
          .ifPresent(equations::add);
    }
    byte[] factors = Crafted.bytes(random, equations.size() * Equation.FACTOR_LENGTH);
    assertThat(Equation.allHold(equations, factors)).isTrue();
    Arrays.fill(factors, (byte) -1);
    assertThat(Equation.allHold(equations, factors)).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void names_exactly_the_bad_ones_of_a_batch(long seed) {
    RandomGenerator random = Seeds.random(seed);
    int size = random.nextInt(2, 70);
    var batch = new ArrayList<SignedMessage>();
    var expected = new Boolean[size];
    for (int i = 0; i < size; i++) {
      Crafted honest = Crafted.honest(random);
      byte[] signature = honest.signature();
      expected[i] = random.nextInt(8) != 0;
      if (!expected[i]) {
        signature[32] ^= 1;
      }
      batch.add(new SignedMessage(key(honest).prepare(), honest.message(), signature));
    }
    assertThat(Ed25519.verifyBatch(batch, random::nextBytes)).containsExactly(expected);
  }

  @Test
  void sees_through_errors_that_cancel_each_other() {
    RandomGenerator random = Seeds.random(1);
    Crafted first = Crafted.honest(random);
    Crafted second = Crafted.honest(random);
    first.signature()[40]++;
    second.signature()[40]--; // S + 2^64 and S - 2^64: their plain sum is as if both were right
    var batch =
        List.of(
            new SignedMessage(key(first), first.message(), first.signature()),
            new SignedMessage(key(second), second.message(), second.signature()));
    var equations = batch.stream().map(s -> Equation.of(s, Sha512.start()).orElseThrow()).toList();
    assertThat(Equation.allHold(equations, new byte[32])).as("with equal factors").isTrue();
    assertThat(Ed25519.verifyBatch(batch, random::nextBytes)).containsExactly(false, false);
  }

  @Test
  void refuses_a_bad_signature_even_when_the_random_source_gives_only_zeros() {
    RandomGenerator random = Seeds.random(2);
    Crafted good = Crafted.honest(random);
    Crafted bad = Crafted.honest(random);
    bad.signature()[32] ^= 1;
    var batch =
        List.of(
            new SignedMessage(key(good), good.message(), good.signature()),
            new SignedMessage(key(bad), bad.message(), bad.signature()));
    assertThat(Ed25519.verifyBatch(batch, bytes -> Arrays.fill(bytes, (byte) 0)))
        .containsExactly(true, false);
  }

  @Test
  void answers_an_empty_batch_with_nothing() {
    assertThat(Ed25519.verifyBatch(List.of(), bytes -> {})).isEmpty();
  }

  @Test
  void takes_one_key_many_times_in_a_batch() {
    Ed25519PrivateKey signer = Ed25519PrivateKey.fromSeed(new byte[32]);
    PreparedKey key = signer.publicKey().prepare();
    var batch = new ArrayList<SignedMessage>();
    for (byte i = 0; i < 20; i++) {
      byte[] message = {i};
      batch.add(new SignedMessage(key, message, signer.sign(message)));
    }
    byte[] other = {42};
    batch.add(new SignedMessage(key, other, signer.sign(MESSAGE)));
    boolean[] valid = Ed25519.verifyBatch(batch, Seeds.random(3)::nextBytes);
    var expected = new boolean[21];
    Arrays.fill(expected, 0, 20, true);
    assertThat(valid).isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void agrees_with_the_jdk_on_honest_signatures(long seed) throws GeneralSecurityException {
    RandomGenerator random = Seeds.random(seed);
    byte[] secret = Crafted.bytes(random, 32);
    byte[] message = Crafted.bytes(random, random.nextInt(300));
    Ed25519PrivateKey key = Ed25519PrivateKey.fromSeed(secret);
    byte[] signature = key.sign(message);

    var factory = KeyFactory.getInstance("Ed25519");
    var jdk = Signature.getInstance("Ed25519");
    jdk.initSign(
        factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)));
    jdk.update(message);
    assertThat(jdk.sign()).isEqualTo(signature);

    byte[] encoded = key.publicKey().bytes();
    boolean odd = encoded[31] < 0;
    encoded[31] &= 0x7f;
    var point = new EdECPoint(odd, Scalar.decode(encoded, 0, 32));
    jdk.initVerify(
        factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
    jdk.update(message);
    assertThat(jdk.verify(signature)).isTrue();
    assertThat(Ed25519.verify(key.publicKey(), message, signature)).isTrue();
    assertThat(Ed25519.verify(key.publicKey().prepare(), message, signature)).isTrue();
  }

  @Test
  void keeps_the_order_of_the_base_point() {
    var sum = new SumOfMultiples(1);
    sum.add(OddMultiples.of(EdwardsCurve.basePoint(), 5), Scalar.words(Scalar.ORDER));
    var neutral = new byte[32];
    neutral[0] = 1;
    assertThat(sum.compute().encode()).isEqualTo(neutral);
    assertThat(Scalar.ORDER.isProbablePrime(100)).isTrue();
    assertThat(Scalar.ORDER.compareTo(BigInteger.ONE.shiftLeft(252))).isPositive();
  }

  /** The one verdict of all our paths. */
  private static boolean verdict(byte[] key, byte[] message, byte[] signature) {
    Optional<Ed25519PublicKey> parsed = Ed25519PublicKey.parse(key);
    if (parsed.isEmpty()) {
      return false;
    }
    boolean alone = Ed25519.verify(parsed.get(), message, signature);
    assertThat(Ed25519.verify(parsed.get().prepare(), message, signature)).isEqualTo(alone);
    Ed25519PrivateKey other = Ed25519PrivateKey.fromSeed(new byte[32]);
    var batch =
        List.of(
            new SignedMessage(other.publicKey(), MESSAGE, other.sign(MESSAGE)),
            new SignedMessage(parsed.get(), message, signature));
    assertThat(Ed25519.verifyBatch(batch, Seeds.random(4)::nextBytes)).containsExactly(true, alone);
    return alone;
  }

  private static boolean bouncyCastle(byte[] key, byte[] message, byte[] signature) {
    // BouncyCastle reads 64 bytes whatever the length; the length is ours to check.
    return signature.length == 64
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, key, 0, message, 0, message.length);
  }

  private static Ed25519PublicKey key(Crafted crafted) {
    return Ed25519PublicKey.parse(crafted.key()).orElseThrow();
  }
}
