package io.madang.chain;

import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Signed words: a JWS in compact serialisation (RFC 7515) over a canonical JSON payload, kept as
 * the bytes that came. A transaction is a statement; an approval or a mandate inside one is, too.
 *
 * <p>Only {@link StatementReader} and {@link StatementSigner} make statements, so the payload is
 * always what the text says. A statement that was read is well-formed; whether its signature is
 * right is known only once a {@link Verified} wraps it.
 */
public final class Statement {
  /** Longest text, in characters (which are bytes). */
  public static final int MAX_LENGTH = 64 * 1024;

  /** Length of a signature, Ed25519 (RFC 8032) as well as ES256 (RFC 7518 section 3.4). */
  static final int SIGNATURE_LENGTH = 64;

  private final String text;
  private final PublicKey signer;
  private final Payload payload;
  private final int signingInputLength;
  private final byte[] signature;

  Statement(
      String text, PublicKey signer, Payload payload, int signingInputLength, byte[] signature) {
    this.text = text;
    this.signer = signer;
    this.payload = payload;
    this.signingInputLength = signingInputLength;
    this.signature = signature;
  }

  /**
   * What is signed.
   *
   * @param chain the chain that this is meant for
   * @param id 32 lower-case hexadecimal digits, chosen by the signer, never used twice
   * @param purpose the domain tag: words signed for one purpose mean nothing for another
   * @param validUntilMillis the last block time at which this may take effect
   * @param operation the purpose's own members
   */
  public record Payload(
      String chain, StatementId id, String purpose, long validUntilMillis, JsonObject operation) {

    /** The only version of statements. */
    static final long VERSION = 1;

    private static final int MAX_PURPOSE_LENGTH = 40;

    /**
     * Checks the forms.
     *
     * @throws IllegalArgumentException when a member has not the form that {@link StatementReader}
     *     reads
     */
    public Payload {
      if (!ChainId.isValid(chain)) {
        throw new IllegalArgumentException("not a chain id: " + chain);
      }
      if (!isPurpose(purpose)) {
        throw new IllegalArgumentException("not a purpose: " + purpose);
      }
      if (validUntilMillis < 0) {
        throw new IllegalArgumentException("a time before 1970: " + validUntilMillis);
      }
    }

    /** Lower-case letters, full stops and hyphens, such as {@code account.open}. */
    static boolean isPurpose(String text) {
      if (text.isEmpty() || text.length() > MAX_PURPOSE_LENGTH) return false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if ((c < 'a' || c > 'z') && c != '.' && c != '-') return false;
      }
      return true;
    }

    /** The canonical bytes that are signed. */
    byte[] canonicalBytes() {
      return CanonicalJson.bytes(
          JsonObject.builder()
              .put("chain", chain)
              .put("id", id.hex())
              .put("operation", operation)
              .put("purpose", purpose)
              .put("validUntilMillis", validUntilMillis)
              .put("version", VERSION)
              .build());
    }
  }

  /** The JWS, exactly as it came. */
  public String text() {
    return text;
  }

  /** The key that is named in the header. */
  public PublicKey signer() {
    return signer;
  }

  /** What was signed, read from the signed bytes. */
  public Payload payload() {
    return payload;
  }

  /** The bytes that travel and are stored: the text in ASCII. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The transaction hash: SHA-256 of {@link #bytes}. */
  public Hash hash() {
    return Hash.sha256(bytes());
  }

  /** The bytes under the signature: the text before its last full stop (RFC 7515 section 5.1). */
  public byte[] signingInput() {
    return text.substring(0, signingInputLength).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The 64 bytes of the signature. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Statements are the same when their texts are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Statement statement && text.equals(statement.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The JWS. */
  @Override
  public String toString() {
    return text;
  }
}
