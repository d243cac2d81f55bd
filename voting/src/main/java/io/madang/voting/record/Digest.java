package io.madang.voting.record;

import io.madang.chain.Bytes;
import io.madang.chain.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 in the forms that election records use. */
public final class Digest {
  private Digest() {}

  /** The 32 bytes, of a text's UTF-8 form. */
  public static byte[] of(String text) {
    return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 64 lower-case hexadecimal digits. */
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(Sha256.digest(content));
  }

  /** The 32 bytes, of a content in pieces, which are not joined for it. */
  public static byte[] of(List<Bytes> pieces) {
    var digest = Sha256.start();
    for (var piece : pieces) {
      digest.update(piece.toByteArray());
    }
    return digest.digest();
  }

  /** The same as 64 lower-case hexadecimal digits. */
  public static String hex(List<Bytes> pieces) {
    return HexFormat.of().formatHex(of(pieces));
  }

  /** 43 characters of standard Base64 without padding. */
  public static String base64(byte[] content) {
    return Base64.getEncoder().withoutPadding().encodeToString(Sha256.digest(content));
  }
}
