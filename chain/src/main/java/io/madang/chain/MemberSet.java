package io.madang.chain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The members whose signatures count at a height, in the one order that CometBFT gives them: by
 * power from high to low, then by address.
 */
public final class MemberSet {
  /** CometBFT's bound, which keeps sums and products of powers within a long. */
  public static final long MAX_TOTAL_POWER = Long.MAX_VALUE / 8;

  private static final Comparator<Member> ORDER =
      Comparator.comparingLong(Member::power).reversed().thenComparing(Member::address);

  private final List<Member> members;
  private final TreeMap<Bytes, Member> byAddress = new TreeMap<>();
  private final long totalPower;

  private MemberSet(List<Member> members) {
    this.members = members;
    long total = 0;
    for (var member : members) {
      if (byAddress.put(member.address(), member) != null) {
        throw new IllegalArgumentException("a member occurs twice: " + member.key());
      }
      // Each addend is within the bound first, so the sum cannot wrap.
      if (member.power() > MAX_TOTAL_POWER || (total += member.power()) > MAX_TOTAL_POWER) {
        throw new IllegalArgumentException("the members' power is too large");
      }
    }
    this.totalPower = total;
  }

  /**
   * The set of these members, given in any order. Without members it finalises nothing.
   *
   * @throws IllegalArgumentException when one occurs twice or the power is too large
   */
  public static MemberSet of(List<Member> members) {
    return new MemberSet(members.stream().sorted(ORDER).toList());
  }

  /** The members in the set's order. */
  public List<Member> members() {
    return members;
  }

  /** The member of this address, if there is one. */
  public Optional<Member> withAddress(Bytes address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** The sum of the members' powers. */
  public long totalPower() {
    return totalPower;
  }

  /** What headers carry as {@code validatorsHash}. */
  public Hash hash() {
    return MerkleTree.rootOf(members.stream().map(member -> member.write().toByteArray()).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemberSet set && members.equals(set.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
