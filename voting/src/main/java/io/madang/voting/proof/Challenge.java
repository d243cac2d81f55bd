package io.madang.voting.proof;

import io.madang.voting.group.Element;
import io.madang.voting.group.Scalar;
import io.madang.voting.group.ScalarField;
import io.madang.voting.record.Digest;
import java.util.List;

/** The hash to a challenge: SHA-256 of a text, modulo the order of the group. */
final class Challenge {
  private Challenge() {}

  /** The hash of a prefix and the elements' texts with commas between. */
  static Scalar of(ScalarField scalars, String prefix, List<Element> elements) {
    return scalars.ofBytes(Digest.of(prefix + String.join(",", Element.texts(elements))));
  }
}
