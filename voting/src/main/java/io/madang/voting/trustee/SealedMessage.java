package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.Digest;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A text encrypted to one member of a key ceremony: a fresh element by ElGamal, and the text by AES
 * under a key made from it. Written with GCM, as belenios-tool 3.3 does; the CCM of earlier
 * versions is read too.
 */
record SealedMessage(boolean counterMode, Element alpha, Element beta, byte[] data) {
  private static final int MAX_DATA = 4 << 20;
  private static final int GCM_TAG_BITS = 128;
  private static final int CCM_TAG_BITS = 64;
  private static final int CCM_NONCE_LENGTH = 13;
  private static final String GCM = "\"algorithm\":\"AES-GCM\",";

  static SealedMessage seal(Group group, Element recipient, String text, Randomness randomness) {
    var r = group.scalars().random(randomness);
    var fresh = group.secretGeneratorPowers().secretPower(group.scalars().random(randomness));
    var alpha = group.secretGeneratorPowers().secretPower(r);
    var cipher = cipher(true, true, fresh, alpha);
    byte[] data = run(cipher, text.getBytes(StandardCharsets.UTF_8));
    return new SealedMessage(true, alpha, recipient.secretPower(r).times(fresh), data);
  }

  static SealedMessage read(RecordReader reader, Group group) {
    reader.literal("{");
    boolean counterMode = reader.skip(GCM);
    var alpha = reader.field("alpha", () -> reader.element(group));
    var beta = reader.next("beta", () -> reader.element(group));
    var hex = reader.next("data", () -> reader.plain(MAX_DATA));
    reader.literal("}");
    try {
      return new SealedMessage(counterMode, alpha, beta, HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException notHexadecimal) {
      throw reader.refused(RefusalReason.NOT_CANONICAL);
    }
  }

  /** The text, for the holder of the secret key. Stops when it was not meant for that key. */
  String open(RecordReader reader, Scalar key) {
    var fresh = beta.dividedBy(alpha.secretPower(key));
    try {
      return new String(
          run(cipher(false, counterMode, fresh, alpha), data), StandardCharsets.UTF_8);
    } catch (IllegalStateException altered) {
      throw reader.refused(RefusalReason.CANNOT_DECRYPT);
    }
  }

  private static AEADBlockCipher cipher(
      boolean encrypt, boolean counterMode, Element fresh, Element alpha) {
    var key = new KeyParameter(Digest.of("key|" + fresh.text()));
    byte[] iv = Digest.of("iv|" + alpha.text());
    var engine = AESEngine.newInstance();
    AEADBlockCipher cipher;
    AEADParameters parameters;
    if (counterMode) {
      cipher = GCMBlockCipher.newInstance(engine);
      parameters = new AEADParameters(key, GCM_TAG_BITS, iv);
    } else {
      cipher = CCMBlockCipher.newInstance(engine);
      parameters = new AEADParameters(key, CCM_TAG_BITS, Arrays.copyOf(iv, CCM_NONCE_LENGTH));
    }
    cipher.init(encrypt, parameters);
    return cipher;
  }

  private static byte[] run(AEADBlockCipher cipher, byte[] input) {
    var output = new byte[cipher.getOutputSize(input.length)];
    try {
      int length = cipher.processBytes(input, 0, input.length, output, 0);
      length += cipher.doFinal(output, length);
      return Arrays.copyOf(output, length);
    } catch (InvalidCipherTextException altered) {
      throw new IllegalStateException(altered);
    }
  }

  String json() {
    return "{"
        + (counterMode ? GCM : "")
        + "\"alpha\":\""
        + alpha.text()
        + "\",\"beta\":\""
        + beta.text()
        + "\",\"data\":\""
        + HexFormat.of().formatHex(data)
        + "\"}";
  }
}
