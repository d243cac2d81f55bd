package io.madang.chain.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.Hash;
import io.madang.chain.Seeds;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class P256Test {
  private static final BigInteger N = P256.CURVE.getN();
  private static final byte[] MESSAGE = "sample".getBytes(StandardCharsets.UTF_8);

  /** The key of RFC 6979, appendix A.2.5. */
  private static final P256PrivateKey KEY =
      key(number("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

  @Test
  void signs_as_rfc_6979_shows_but_with_the_lower_s() {
    assertThat(KEY.publicKey())
        .hasToString("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
    BigInteger r = number("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716");
    BigInteger s = number("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    assertThat(KEY.sign(MESSAGE)).isEqualTo(signature(r, N.subtract(s)));
    assertThat(KEY.sign("test".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            signature(
                number("F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"),
                number("019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")));
  }

  @Test
  void refuses_the_higher_s_until_the_client_replaces_it() {
    byte[] low = KEY.sign(MESSAGE);
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(low, 32, 64));
    byte[] high = low.clone();
    P256.putNumber(N.subtract(s), high, 32);
    assertThat(P256.verify(KEY.publicKey(), MESSAGE, low)).isTrue();
    assertThat(P256.verify(KEY.publicKey(), MESSAGE, high)).isFalse();
    assertThat(P256.normalized(high)).isEqualTo(low);
    assertThat(P256.normalized(low)).isEqualTo(low);
  }

  @Test
  void refuses_numbers_out_of_range() {
    BigInteger r = number("F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367");
    BigInteger s = number("019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083");
    byte[] message = "test".getBytes(StandardCharsets.UTF_8);
    assertThat(P256.verify(KEY.publicKey(), message, signature(r, s))).isTrue();
    BigInteger top = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    for (BigInteger odd : new BigInteger[] {BigInteger.ZERO, N, N.add(BigInteger.ONE), top}) {
      assertThat(P256.verify(KEY.publicKey(), message, signature(odd, s))).isFalse();
      assertThat(P256.verify(KEY.publicKey(), message, signature(r, odd))).isFalse();
      assertThat(P256.verify(KEY.publicKey(), message, signature(odd, odd))).isFalse();
    }
    // The same numbers modulo n, which 32 bytes still hold when r or s is small.
    assertThat(P256.verify(KEY.publicKey(), message, signature(r, s.add(N)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 63, 65, 72, 128})
  void refuses_other_lengths(int length) {
    byte[] signature = Arrays.copyOf(KEY.sign(MESSAGE), length);
    assertThat(P256.verify(KEY.publicKey(), MESSAGE, signature)).isFalse();
    assertThat(P256.normalized(signature)).isEqualTo(signature);
  }

  @Test
  void refuses_a_signature_whose_point_is_at_infinity() {
    // With d = -e / r the sum u1 G + u2 Q is at infinity for every s.
    BigInteger r = BigInteger.valueOf(12_345);
    P256PublicKey key = key(hash().negate().multiply(r.modInverse(N)).mod(N)).publicKey();
    for (int s = 1; s < 20; s++) {
      assertThat(P256.verify(key, MESSAGE, signature(r, BigInteger.valueOf(s)))).isFalse();
    }
  }

  @Test
  void verifies_where_the_sum_doubles_or_meets_the_base_point() {
    BigInteger gx = P256.CURVE.getG().getAffineXCoord().toBigInteger().mod(N);
    for (BigInteger d :
        new BigInteger[] {
          BigInteger.ONE,
          BigInteger.TWO,
          N.subtract(BigInteger.ONE),
          N.subtract(BigInteger.TWO),
          hash().multiply(gx.modInverse(N)).mod(N) // u1 G = u2 Q: their sum is a doubling
        }) {
      // The nonce is 1, so R = G.
      byte[] signature = P256.normalized(signature(gx, hash().add(gx.multiply(d)).mod(N)));
      P256PublicKey key = key(d).publicKey();
      assertThat(P256.verify(key, MESSAGE, signature)).isTrue();
      signature[63] ^= 1;
      assertThat(P256.verify(key, MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void accepts_one_form_of_a_key_only() {
    byte[] compressed = KEY.publicKey().bytes();
    assertThat(P256PublicKey.parse(compressed)).hasValue(KEY.publicKey());
    byte[] uncompressed = KEY.publicKey().parameters().getQ().getEncoded(false);
    assertThat(P256PublicKey.parse(uncompressed)).isEmpty();
    assertThat(P256PublicKey.parse(new byte[1])).as("infinity").isEmpty();
    assertThat(P256PublicKey.parse(new byte[33])).as("infinity, padded").isEmpty();
    for (byte prefix : new byte[] {0, 1, 4, 5, 6, 7, -1}) {
      byte[] other = compressed.clone();
      other[0] = prefix;
      assertThat(P256PublicKey.parse(other)).isEmpty();
    }
  }

  @Test
  void refuses_points_that_are_not_on_the_curve() {
    int onCurve = 0;
    for (int x = 0; x < 100; x++) {
      var encoding = new byte[33];
      encoding[0] = 2;
      encoding[32] = (byte) x;
      BigInteger p = P256.CURVE.getCurve().getField().getCharacteristic();
      BigInteger value = BigInteger.valueOf(x);
      BigInteger square =
          value
              .pow(3)
              .subtract(value.multiply(BigInteger.valueOf(3)))
              .add(P256.CURVE.getCurve().getB().toBigInteger());
      // Euler: a number has a root when its power (p - 1) / 2 is 1.
      boolean expected = square.modPow(p.shiftRight(1), p).equals(BigInteger.ONE);
      assertThat(P256PublicKey.parse(encoding).isPresent()).isEqualTo(expected);
      onCurve += expected ? 1 : 0;

      P256.putNumber(p.add(value), encoding, 1); // the same x, but not below p
      assertThat(P256PublicKey.parse(encoding)).isEmpty();
    }
    assertThat(onCurve).isBetween(30, 70);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void agrees_with_the_jdk(long seed) throws GeneralSecurityException {
    RandomGenerator random = Seeds.random(seed);
    BigInteger secret = new BigInteger(1, Crafted.bytes(random, 32)).mod(N);
    P256PrivateKey key = key(secret);
    byte[] message = Crafted.bytes(random, random.nextInt(300));
    byte[] signature = key.sign(message);

    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    var curve = parameters.getParameterSpec(ECParameterSpec.class);
    var factory = KeyFactory.getInstance("EC");
    var jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
    var q = key.publicKey().parameters().getQ();
    var point = new ECPoint(q.getAffineXCoord().toBigInteger(), q.getAffineYCoord().toBigInteger());
    jdk.initVerify(factory.generatePublic(new ECPublicKeySpec(point, curve)));
    jdk.update(message);
    assertThat(jdk.verify(signature)).isTrue();
    assertThat(P256.verify(key.publicKey(), message, signature)).isTrue();

    jdk.initSign(factory.generatePrivate(new ECPrivateKeySpec(secret, curve)));
    jdk.update(message);
    byte[] foreign = P256.normalized(jdk.sign());
    assertThat(P256.verify(key.publicKey(), message, foreign)).isTrue();

    foreign[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
    assertThat(P256.verify(key.publicKey(), message, foreign)).isFalse();
  }

  @Test
  void a_private_key_does_not_show_itself() {
    assertThat(KEY.toString()).doesNotContainIgnoringCase("C9AFA9").contains("0360fed4");
  }

  @Test
  void a_private_key_is_a_number_from_one_to_below_n() {
    for (BigInteger secret : new BigInteger[] {BigInteger.ZERO, N, N.add(BigInteger.ONE)}) {
      assertThatThrownBy(() -> key(secret)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> P256PrivateKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static P256PrivateKey key(BigInteger secret) {
    var bytes = new byte[32];
    P256.putNumber(secret, bytes, 0);
    return P256PrivateKey.of(bytes);
  }

  private static byte[] signature(BigInteger r, BigInteger s) {
    var signature = new byte[64];
    P256.putNumber(r, signature, 0);
    P256.putNumber(s, signature, 32);
    return signature;
  }

  private static BigInteger hash() {
    return new BigInteger(1, Hash.sha256(MESSAGE).bytes());
  }

  private static BigInteger number(String hex) {
    return new BigInteger(1, HexFormat.of().parseHex(hex));
  }
}
