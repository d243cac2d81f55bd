package io.madang.chain;

import io.madang.chain.json.JsonObject;

/**
 * Signed words: a JWS in compact serialisation (RFC 7515) over a canonical JSON payload, kept as
 * the bytes that came. A transaction is a statement; an approval or a mandate inside one is, too.
 *
 * <p>A statement that was read is well-formed; whether its signature is right is known only once a
 * {@link Verified} wraps it.
 *
 * @param text the JWS, exactly as it came
 * @param signer the key that is named in its header
 * @param payload what was signed, read from the signed bytes
 */
public record Statement(String text, PublicKey signer, Payload payload) {

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
      String chain, StatementId id, String purpose, long validUntilMillis, JsonObject operation) {}
}
