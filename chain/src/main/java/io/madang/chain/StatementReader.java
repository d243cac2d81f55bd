package io.madang.chain;

import io.madang.chain.PublicKey.Algorithm;
import io.madang.chain.StatementReading.Read;
import io.madang.chain.StatementReading.Reason;
import io.madang.chain.StatementReading.Refused;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonNumber;
import io.madang.chain.json.JsonObject;
import io.madang.chain.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads statements from their compact serialisation (RFC 7515 section 7.1), accepting one form only
 * ({@code docs/formats.md}, section 3): a fixed header, strict base64url and canonical JSON with
 * exactly six members. Never throws, whatever the bytes; has no state.
 */
public final class StatementReader {
  private static final int MEMBERS = 6;

  private StatementReader() {}

  /** Reads a statement. */
  public static StatementReading read(String text) {
    if (text.length() > Statement.MAX_LENGTH) {
      return tooLong();
    }
    // A character outside of ISO 8859-1 becomes '?', which no part of a statement allows.
    return read(text, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads a statement from its ASCII bytes, which may be changed afterwards. */
  public static StatementReading read(byte[] bytes) {
    if (bytes.length > Statement.MAX_LENGTH) {
      return tooLong();
    }
    return read(new String(bytes, StandardCharsets.ISO_8859_1), bytes);
  }

  /**
   * Puts a statement together again whose parts came apart from each other, such as in a code that
   * has no room for the whole.
   *
   * @param signature 64 bytes; as with every reading, it is not verified here
   */
  public static StatementReading assemble(
      PublicKey signer, Statement.Payload payload, byte[] signature) {
    return read(
        Base64Url.encode(HeaderForm.write(signer))
            + "."
            + Base64Url.encode(payload.canonicalBytes())
            + "."
            + Base64Url.encode(signature));
  }

  private static Refused tooLong() {
    return new Refused(
        Reason.TOO_LONG, "A statement has at most " + Statement.MAX_LENGTH + " characters.");
  }

  private static StatementReading read(String text, byte[] bytes) {
    int firstStop = text.indexOf('.');
    int lastStop = text.lastIndexOf('.');
    if (firstStop < 0 || firstStop == lastStop || text.indexOf('.', firstStop + 1) != lastStop) {
      return new Refused(
          Reason.NOT_COMPACT, "A statement has three parts with full stops between them.");
    }
    var header = Base64Url.decode(bytes, 0, firstStop);
    var payload = Base64Url.decode(bytes, firstStop + 1, lastStop);
    var signature = Base64Url.decode(bytes, lastStop + 1, bytes.length);
    if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
      return new Refused(Reason.BASE64, "A part is not base64url without padding.");
    }
    var signer = HeaderForm.read(header.get());
    if (signer.isEmpty()) {
      return new Refused(
          Reason.HEADER, "The header is not exactly an algorithm and a key of that algorithm.");
    }
    if (signature.get().length != Statement.SIGNATURE_LENGTH) {
      return new Refused(Reason.SIGNATURE_LENGTH, "A signature has 64 bytes.");
    }
    return switch (CanonicalJson.read(payload.get())) {
      case CanonicalJson.Result.Refused refused ->
          new Refused(Reason.NOT_CANONICAL, refused.sentence());
      case CanonicalJson.Result.Read(JsonObject members) ->
          read(
              members,
              words -> new Statement(text, signer.get(), words, lastStop, signature.get()));
      case CanonicalJson.Result.Read _ -> wrongMembers();
    };
  }

  private interface Completion {
    Statement with(Statement.Payload payload);
  }

  private static StatementReading read(JsonObject members, Completion statement) {
    // The six names are distinct, so six members of these names are exactly these six.
    var all = members.members();
    if (all.size() != MEMBERS
        || !(all.get("chain") instanceof JsonText(var chain))
        || !(all.get("id") instanceof JsonText(var id))
        || !(all.get("operation") instanceof JsonObject operation)
        || !(all.get("purpose") instanceof JsonText(var purpose))
        || !(all.get("validUntilMillis") instanceof JsonNumber(var validUntilMillis))
        || !(all.get("version") instanceof JsonNumber(var version))) {
      return wrongMembers();
    }
    if (version != Statement.Payload.VERSION) {
      return new Refused(Reason.VERSION, "Only version 1 is known.");
    }
    if (!ChainId.isValid(chain)) {
      return new Refused(Reason.CHAIN, "The chain id has not the form of one.");
    }
    if (!StatementId.isValid(id)) {
      return new Refused(Reason.ID, "A statement id is 32 lower-case hexadecimal digits.");
    }
    if (!Statement.Payload.isPurpose(purpose)) {
      return new Refused(Reason.PURPOSE, "The purpose has not the form of one.");
    }
    if (validUntilMillis < 0) {
      return new Refused(Reason.VALID_UNTIL, "The end of validity lies before 1970.");
    }
    return new Read(
        statement.with(
            new Statement.Payload(
                chain, new StatementId(id), purpose, validUntilMillis, operation)));
  }

  private static Refused wrongMembers() {
    return new Refused(
        Reason.MEMBERS,
        "The payload has exactly chain, id, operation, purpose, validUntilMillis and version.");
  }

  /** The protected header, compared byte for byte: no JSON is parsed to find the key. */
  enum HeaderForm {
    ED25519(Algorithm.ED25519),
    P256(Algorithm.P256);

    private static final String END = "\"}";

    private final Algorithm algorithm;
    private final String start;

    HeaderForm(Algorithm algorithm) {
      this.algorithm = algorithm;
      this.start = "{\"alg\":\"" + algorithm.joseName() + "\",\"kid\":\"";
    }

    /** The header of a key's statements. */
    static byte[] write(PublicKey signer) {
      var form = signer.algorithm() == Algorithm.ED25519 ? ED25519 : P256;
      return (form.start + signer + END).getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of a header, if the header has one of the two forms. */
    static Optional<PublicKey> read(byte[] bytes) {
      var header = new String(bytes, StandardCharsets.ISO_8859_1);
      for (var form : values()) {
        int keyEnd = header.length() - END.length();
        if (keyEnd - form.start.length() == form.algorithm.textLength()
            && header.startsWith(form.start)
            && header.endsWith(END)) {
          return Base64Url.decode(bytes, form.start.length(), keyEnd)
              .map(key -> PublicKey.of(form.algorithm, key));
        }
      }
      return Optional.empty();
    }
  }
}
