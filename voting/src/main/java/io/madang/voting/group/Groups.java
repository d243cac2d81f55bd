package io.madang.voting.group;

import java.util.List;
import java.util.Optional;

/**
 * The groups that elections may name, with the arithmetic that public numbers are computed by.
 * Elements of a group are the same whatever computes them, and may meet.
 */
public final class Groups {
  private static final Groups PLAIN = new Groups(List.of(Group.belenios2048(), Group.ed25519()));

  private final List<Group> groups;

  private Groups(List<Group> groups) {
    this.groups = groups;
  }

  /** All in Java. */
  public static Groups plain() {
    return PLAIN;
  }

  /**
   * With a faster multiplication for public numbers. What is secret is computed as in {@link
   * #plain}, in constant time.
   */
  public static Groups with(LimbMultiplication multiplication) {
    return new Groups(List.of(ModularGroup.BELENIOS_2048.with(multiplication), Group.ed25519()));
  }

  /** The group that an election's {@code group} field names; empty when it is not one of ours. */
  public Optional<Group> named(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }
}
