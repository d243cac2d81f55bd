package io.madang.chain;

import java.nio.charset.StandardCharsets;

/** Makes statements with one key: the counterpart of {@link StatementReader}. */
public final class StatementSigner {
  private final SigningKey key;
  private final String header;

  /** A signer with this key. */
  public StatementSigner(SigningKey key) {
    this.key = key;
    this.header = Base64Url.encode(StatementReader.HeaderForm.write(key.publicKey()));
  }

  /** The key that will be named in the statements' headers. */
  public PublicKey publicKey() {
    return key.publicKey();
  }

  /**
   * The signed statement.
   *
   * @throws IllegalArgumentException when it would be too long or too deep to be read
   */
  public Statement sign(Statement.Payload payload) {
    var signingInput = header + "." + Base64Url.encode(payload.canonicalBytes());
    byte[] signature = key.sign(signingInput.getBytes(StandardCharsets.US_ASCII));
    // Reading back costs little and proves that what we make is what others take.
    return switch (StatementReader.read(signingInput + "." + Base64Url.encode(signature))) {
      case StatementReading.Read(var statement) -> statement;
      case StatementReading.Refused refused -> throw new IllegalArgumentException(refused.detail());
    };
  }
}
