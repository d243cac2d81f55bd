package io.madang.voting.group;

import java.util.List;
import java.util.Optional;

/**
 * A group of prime order, written multiplicatively, in which discrete logarithms are believed to be
 * infeasible.
 */
public sealed interface Group permits ModularGroup, EdwardsGroup {
  /** The 2048-bit group with a 256-bit order that every belenios-tool knows: the usual choice. */
  static Group belenios2048() {
    return ModularGroup.BELENIOS_2048;
  }

  /** The subgroup of prime order of edwards25519: ballots are smaller and checked faster. */
  static Group ed25519() {
    return EdwardsGroup.ED25519;
  }

  /** The group that an election's {@code group} field names; empty when it is not one of ours. */
  static Optional<Group> named(String name) {
    return Groups.plain().named(name);
  }

  /** The name in election records. */
  String name();

  /** The numbers modulo the group's order. */
  ScalarField scalars();

  /** g. */
  Element generator();

  /** The neutral element. */
  Element one();

  /** Public powers of g. */
  FixedBase generatorPowers();

  /** Secret powers of g. */
  SecretBase secretGeneratorPowers();

  /**
   * Reads an element's text, without asking yet whether it is in the group: that costs a power,
   * which {@link Candidate#powersIfMember} combines with others.
   */
  Parsing parse(String text);

  /** Reads an element's text and asks whether it is in the group. Never throws. */
  default Decoding decode(String text) {
    return switch (parse(text)) {
      case Parsing.Malformed(var fault) -> new Decoding.Refused(fault);
      case Parsing.Parsed(var candidate) ->
          candidate
              .powersIfMember(List.of())
              .<Decoding>map(member -> new Decoding.Member(member.element()))
              .orElse(new Decoding.Refused(ElementFault.NOT_IN_THE_GROUP));
    };
  }

  /** What reading an element's text gives. */
  sealed interface Parsing {
    /** The text has the form of an element. */
    record Parsed(Candidate candidate) implements Parsing {}

    /** It has not. */
    record Malformed(ElementFault fault) implements Parsing {}
  }

  /** What reading an element's text with the question of membership gives. */
  sealed interface Decoding {
    /** An element of the group. */
    record Member(Element element) implements Decoding {}

    /** None. */
    record Refused(ElementFault fault) implements Decoding {}
  }
}
