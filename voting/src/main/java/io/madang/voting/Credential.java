package io.madang.voting;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.Digest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A voter's private credential: what entitles to one ballot, known to the voter and to the
 * authority that made it. 22 characters of Base58 (128 bits) in groups of 5, 6, 5 and 6. The older
 * form of 15 characters, of which the last is a check, is read too.
 *
 * <p>Never shown by {@link #toString()}.
 */
public final class Credential {
  private static final Pattern FORM = Pattern.compile(".{5}-.{6}-.{5}-.{6}");
  private static final Pattern OLD_FORM = Pattern.compile(".{3}-.{3}-.{3}-.{3}-.{3}");
  private static final int LENGTH = 22;

  /** The check character of the old form brings its number to a multiple of this. */
  private static final BigInteger OLD_CHECK = BigInteger.valueOf(53);

  private static final int OLD_ITERATIONS = 1_000;

  private final String text;

  private Credential(String text) {
    this.text = text;
  }

  /** A new credential. */
  public static Credential random(Randomness randomness) {
    var characters = Base58.random(LENGTH, randomness);
    return new Credential(
        characters.substring(0, 5)
            + '-'
            + characters.substring(5, 11)
            + '-'
            + characters.substring(11, 16)
            + '-'
            + characters.substring(16));
  }

  /** Reads what a voter typed or pasted. Empty when it cannot be a credential. */
  public static Optional<Credential> parse(String text) {
    var characters = text.replace("-", "");
    if (!Base58.holds(characters)) {
      return Optional.empty();
    }
    boolean valid = FORM.matcher(text).matches() || isOldForm(text, characters);
    return valid ? Optional.of(new Credential(text)) : Optional.empty();
  }

  private static boolean isOldForm(String text, String characters) {
    if (!OLD_FORM.matcher(text).matches()) {
      return false;
    }
    var number = BigInteger.ZERO;
    int last = characters.length() - 1;
    for (int i = 0; i < last; i++) {
      number =
          number
              .multiply(BigInteger.valueOf(58))
              .add(BigInteger.valueOf(Base58.value(characters.charAt(i))));
    }
    var check = BigInteger.valueOf(Base58.value(characters.charAt(last)));
    return number.add(check).mod(OLD_CHECK).signum() == 0;
  }

  /** The private key that it stands for in one election. */
  public Scalar exponent(ElectionId election, Group group) {
    if (OLD_FORM.matcher(text).matches()) {
      var derivation = new PKCS5S2ParametersGenerator(new SHA256Digest());
      derivation.init(
          text.getBytes(StandardCharsets.US_ASCII),
          election.text().getBytes(StandardCharsets.US_ASCII),
          OLD_ITERATIONS);
      var key = (KeyParameter) derivation.generateDerivedMacParameters(256);
      return group.scalars().ofBytes(key.getKey());
    }
    return group.scalars().ofBytes(HexFormat.of().parseHex(half(election, 0) + half(election, 1)));
  }

  private String half(ElectionId election, int index) {
    return HexFormat.of()
        .formatHex(Digest.of("derive_credential|" + election + "|" + index + "|" + text));
  }

  /** The public credential, g to the power of the exponent: what the election's list shows. */
  public Element publicCredential(ElectionId election, Group group) {
    return group.secretGeneratorPowers().secretPower(exponent(election, group));
  }

  /** The characters, to be printed or sent to the voter and kept nowhere else. */
  public String secretText() {
    return text;
  }

  @Override
  public String toString() {
    return "a credential";
  }
}
