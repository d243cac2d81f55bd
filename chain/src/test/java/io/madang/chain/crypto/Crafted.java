package io.madang.chain.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A key, message and signature as an attacker may send them: honest, or bent in one of the ways on
 * which libraries disagree.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; some tests change the bytes
record Crafted(String kind, byte[] key, byte[] message, byte[] signature) {
  /** All encodings of the eight points of small order, canonical ones first. */
  static final List<String> SMALL_ORDER =
      List.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
          "0100000000000000000000000000000000000000000000000000000000000080",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

  static final int CANONICAL_SMALL_ORDER = 8;

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return kind
        + ": key "
        + hex.formatHex(key)
        + ", message "
        + hex.formatHex(message)
        + ", signature "
        + hex.formatHex(signature);
  }

  static Crafted any(RandomGenerator random) {
    return switch (random.nextInt(14)) {
      case 0, 1 -> honest(random);
      case 2 -> honest(random).withKey("key bit", random);
      case 3 -> honest(random).withMessageBit(random);
      case 4 -> honest(random).withSignature("R bit", random.nextInt(256));
      case 5 -> honest(random).withSignature("S bit", 256 + random.nextInt(256));
      case 6 -> honest(random).withLargeS(random);
      case 7 -> withSmallParts(random);
      case 8 -> smallCommitment(random);
      case 9 -> smallKey(random);
      case 10 -> aboveP(random);
      case 11 -> anything(random);
      case 12 -> honest(random).withNegatedParts(random);
      default -> honest(random).withOtherLength(random);
    };
  }

  static Crafted honest(RandomGenerator random) {
    Ed25519PrivateKey key = Ed25519PrivateKey.fromSeed(bytes(random, 32));
    byte[] message = bytes(random, random.nextInt(200));
    return new Crafted("honest", key.publicKey().bytes(), message, key.sign(message));
  }

  /** Valid but for small-order parts added to A and R, which only the factor 8 removes. */
  static Crafted withSmallParts(RandomGenerator random) {
    BigInteger secret = scalar(random);
    BigInteger nonce = scalar(random);
    byte[] key = baseMultiplePlus(secret, smallOrder(random));
    byte[] commitment = baseMultiplePlus(nonce, smallOrder(random));
    return signed("small-order parts", key, commitment, commitment, secret, nonce, random);
  }

  /** R alone is of small order, in any encoding, hashed as it stands or in canonical form. */
  private static Crafted smallCommitment(RandomGenerator random) {
    BigInteger secret = scalar(random);
    byte[] key = baseMultiplePlus(secret, smallOrder(random));
    byte[] sent = parse(SMALL_ORDER.get(random.nextInt(SMALL_ORDER.size())));
    byte[] hashed = random.nextBoolean() ? sent : parse(SMALL_ORDER.getFirst());
    return signed("small R", key, sent, hashed, secret, BigInteger.ZERO, random);
  }

  /** A is of small order, in any encoding: S B = R fits with luck, 8 S B = 8 R always. */
  private static Crafted smallKey(RandomGenerator random) {
    BigInteger nonce = random.nextInt(4) == 0 ? BigInteger.ZERO : scalar(random);
    byte[] key = parse(SMALL_ORDER.get(random.nextInt(SMALL_ORDER.size())));
    byte[] commitment = baseMultiplePlus(nonce, smallOrder(random));
    return signed("small A", key, commitment, commitment, BigInteger.ZERO, nonce, random);
  }

  /** A or R is y + p for one of the nineteen y where that fits into 255 bits. */
  private static Crafted aboveP(RandomGenerator random) {
    Crafted honest = honest(random);
    byte[] point = parse(SMALL_ORDER.get(10)); // p itself
    point[0] += (byte) random.nextInt(19);
    if (random.nextBoolean()) {
      point[31] |= (byte) 0x80;
    }
    if (random.nextInt(4) == 0) {
      point[0] -= (byte) 0xed; // y alone, which is canonical and may be on the curve
      Arrays.fill(point, 1, 31, (byte) 0);
      point[31] &= (byte) 0x80;
    }
    if (random.nextBoolean()) {
      return new Crafted("A above p", point, honest.message, honest.signature);
    }
    byte[] signature = honest.signature.clone();
    System.arraycopy(point, 0, signature, 0, 32);
    return new Crafted("R above p", honest.key, honest.message, signature);
  }

  private static Crafted anything(RandomGenerator random) {
    byte[] signature = bytes(random, 64);
    signature[63] &= 0x0f;
    return new Crafted("random", bytes(random, 32), bytes(random, 32), signature);
  }

  private static Crafted signed(
      String kind,
      byte[] key,
      byte[] sent,
      byte[] hashed,
      BigInteger secret,
      BigInteger nonce,
      RandomGenerator random) {
    byte[] message = bytes(random, random.nextInt(200));
    var sha512 = Sha512.start();
    sha512.update(hashed);
    sha512.update(key);
    sha512.update(message);
    BigInteger challenge = Scalar.decode(sha512.digest(), 0, 64);
    BigInteger response = nonce.add(challenge.multiply(secret)).mod(Scalar.ORDER);
    byte[] signature = Arrays.copyOf(sent, 64);
    putScalar(response, signature);
    return new Crafted(kind, key, message, signature);
  }

  private Crafted withKey(String kind, RandomGenerator random) {
    return new Crafted(kind, flipped(key, random.nextInt(256)), message, signature);
  }

  private Crafted withMessageBit(RandomGenerator random) {
    byte[] other =
        message.length == 0 ? new byte[1] : flipped(message, random.nextInt(8 * message.length));
    return new Crafted("message bit", key, other, signature);
  }

  private Crafted withSignature(String kind, int bit) {
    return new Crafted(kind, key, message, flipped(signature, bit));
  }

  /** S + n L for every n that 32 bytes hold. */
  private Crafted withLargeS(RandomGenerator random) {
    BigInteger response = Scalar.decode(signature, 32, 32);
    BigInteger large =
        response.add(Scalar.ORDER.multiply(BigInteger.valueOf(random.nextInt(1, 16))));
    byte[] other = signature.clone();
    putScalar(large, other);
    return new Crafted("S + n L", key, message, other);
  }

  private Crafted withNegatedParts(RandomGenerator random) {
    byte[] otherKey = random.nextBoolean() ? flipped(key, 255) : key;
    byte[] other = random.nextBoolean() ? flipped(signature, 255) : signature.clone();
    if (random.nextBoolean()) {
      putScalar(Scalar.ORDER.subtract(Scalar.decode(other, 32, 32)), other);
    }
    return new Crafted("negated parts", otherKey, message, other);
  }

  private Crafted withOtherLength(RandomGenerator random) {
    int length = random.nextInt(4) == 0 ? 0 : random.nextInt(130);
    return new Crafted("length", key, message, Arrays.copyOf(signature, length));
  }

  private static EdwardsPoint smallOrder(RandomGenerator random) {
    byte[] encoding = parse(SMALL_ORDER.get(random.nextInt(CANONICAL_SMALL_ORDER)));
    return EdwardsPoint.decode(encoding, 0).orElseThrow();
  }

  private static byte[] baseMultiplePlus(BigInteger factor, EdwardsPoint addend) {
    var sum = new SumOfMultiples(1);
    sum.add(OddMultiples.of(EdwardsCurve.basePoint(), 5), Scalar.words(factor));
    EdwardsPoint point = sum.compute();
    var addable = new AddablePoint();
    addend.toAddable(addable);
    point.add(addable);
    return point.encode();
  }

  private static BigInteger scalar(RandomGenerator random) {
    return Scalar.decode(bytes(random, 64), 0, 64).mod(Scalar.ORDER);
  }

  private static void putScalar(BigInteger scalar, byte[] signature) {
    long[] words = Scalar.words(scalar);
    for (int i = 0; i < words.length; i++) {
      LittleEndian.putWord(signature, 32 + 8 * i, words[i]);
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] other = bytes.clone();
    other[bit >>> 3] ^= (byte) (1 << (bit & 7));
    return other;
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static byte[] bytes(RandomGenerator random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
