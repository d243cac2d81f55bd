package io.madang.gateway.audit;

import static io.madang.gateway.audit.AuditException.require;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signed statement whose signature is right.
 *
 * @param kid the signer's key, as the header names it
 * @param id the statement's id
 * @param purpose what it was signed for
 * @param validUntilMillis the last time at which it may take effect
 * @param operation what it says
 */
record Words(String kid, String id, String purpose, long validUntilMillis, JsonObject operation) {

  /** Reads a JWS and verifies its signature. */
  static Words read(String chain, String jws) {
    var parts = jws.split("\\.", -1);
    require(parts.length == 3, "a statement has not three parts");
    var header = new JsonObject(text(parts[0]));
    var kid = header.getString("kid");
    var signingInput = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    require(
        Signatures.isSigners(decode(kid), signingInput, decode(parts[2])),
        "a statement's signature is wrong");
    var payload = new JsonObject(text(parts[1]));
    require(chain.equals(payload.getString("chain")), "a statement was signed for another chain");
    return new Words(
        kid,
        payload.getString("id"),
        payload.getString("purpose"),
        payload.getLong("validUntilMillis"),
        payload.getJsonObject("operation"));
  }

  /** Reads a statement inside this one, which must be for this purpose. */
  static Words nested(String chain, String jws, String purpose, long timeMillis) {
    var words = read(chain, jws);
    require(words.purpose().equals(purpose), "a nested statement has another purpose");
    require(words.validUntilMillis() >= timeMillis, "a nested statement had expired");
    return words;
  }

  /** Bytes from their one base64url form; the JDK's decoder alone takes others too. */
  static byte[] decode(String base64url) {
    var bytes = Base64.getUrlDecoder().decode(base64url);
    require(
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64url),
        "base64url in another than its one form");
    return bytes;
  }

  private static String text(String base64url) {
    return new String(decode(base64url), StandardCharsets.UTF_8);
  }
}
