package io.madang.voting.record;

/**
 * Why something is not accepted, and where.
 *
 * @param place the field, such as {@code answers[0].individual_proofs[1]}; empty when it is the
 *     whole
 */
public record Refusal(RefusalReason reason, String place) {
  /** A refusal of the whole. */
  public static Refusal of(RefusalReason reason) {
    return new Refusal(reason, "");
  }

  /** This refusal, of something inside {@code outer}. */
  public Refusal within(String outer) {
    if (place.isEmpty()) {
      return new Refusal(reason, outer);
    }
    return new Refusal(reason, outer + (place.startsWith("[") ? "" : ".") + place);
  }

  /** The reason's code, and the place. */
  @Override
  public String toString() {
    return place.isEmpty() ? reason.code() : reason.code() + " at " + place;
  }
}
