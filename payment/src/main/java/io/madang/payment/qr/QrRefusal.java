package io.madang.payment.qr;

/**
 * Why a text is not a code, or a payload cannot be written as one. The same input is refused for
 * the same reason for ever. Holds nothing of the input itself, so it may be logged.
 *
 * @param path the object at fault, for example {@code 54} or {@code 62.05}; {@code 02-51} for the
 *     merchant accounts together; empty for the code as a whole
 * @param reason what is wrong with it
 */
public record QrRefusal(String path, QrRefusalReason reason) implements QrReading, QrWriting {
  /** One English sentence for a person. */
  public String sentence() {
    return (path.isEmpty() ? "The QR code " : "Object " + path + " of the QR code ")
        + reason.predicate()
        + ".";
  }
}
