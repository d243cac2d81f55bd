package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Scalar;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** One entry of an election's trustees: a single one, or a threshold group. All are needed. */
sealed interface TrusteeParty permits SingleTrustee, ThresholdGroup {
  /** A member (counted from 1 within the party) and what its decryption factors are raised to. */
  record Exponent(int member, Scalar exponent) {}

  /** The verification keys of its members. */
  List<Element> members();

  /** Its factor of the election's key. */
  Element electionKeyPart();

  /**
   * How the factors of those members who have decrypted are combined; empty when they are too few.
   *
   * @param owners by member number within the party
   */
  Optional<List<Exponent>> exponents(Group group, NavigableMap<Integer, ?> owners);

  /** Its entry in the trustees record. */
  String recordJson();
}
