package io.madang.chain.crypto;

/**
 * A message with the signature that is claimed for it, waiting to be verified.
 *
 * <p>The arrays are not copied, because this is made for every payment; nobody may change them
 * before verification has answered.
 */
public final class SignedMessage {
  private final VerificationKey key;
  private final byte[] message;
  private final byte[] signature;

  /**
   * A claim that {@code signature}, of any length and content, is {@code key}'s for the message.
   */
  public SignedMessage(VerificationKey key, byte[] message, byte[] signature) {
    this.key = key;
    this.message = message;
    this.signature = signature;
  }

  VerificationKey key() {
    return key;
  }

  byte[] message() {
    return message;
  }

  byte[] signature() {
    return signature;
  }
}
