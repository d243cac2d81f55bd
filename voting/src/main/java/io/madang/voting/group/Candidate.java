package io.madang.voting.group;

import java.util.List;
import java.util.Optional;

/**
 * What has the form of an element but may lie outside the group. It becomes an {@link Element} only
 * through the question of membership, so that none can be used without.
 */
public sealed interface Candidate permits ModularElement.Unchecked, EdwardsElement.Unchecked {
  /** The text it was read from. */
  String text();

  /**
   * Powers to public exponents, and membership, which is one more power (to the order): together
   * they cost about half as much as one by one. Variable time. Empty when this is not in the group.
   */
  Optional<Member> powersIfMember(List<Scalar> exponents);

  /**
   * An element of the group with some of its powers.
   *
   * @param powers in the order of the exponents
   */
  record Member(Element element, List<Element> powers) {
    public Member {
      powers = List.copyOf(powers);
    }
  }
}
