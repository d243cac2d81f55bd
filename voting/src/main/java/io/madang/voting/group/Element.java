package io.madang.voting.group;

import java.util.List;

/** An element of a {@link Group}: certainly a member of it. Immutable; equal by value. */
public sealed interface Element permits ModularElement, EdwardsElement {
  /** The one text form, used in JSON and in every hash: decimal or hexadecimal digits. */
  String text();

  /** The texts of several elements of one group, in order; together they may cost less. */
  static List<String> texts(List<Element> elements) {
    return elements.stream().allMatch(EdwardsElement.class::isInstance)
        ? EdwardsElement.texts(elements.stream().map(EdwardsElement.class::cast).toList())
        : elements.stream().map(Element::text).toList();
  }

  /** The product with another element of the same group. */
  Element times(Element other);

  /** 1 / this, in variable time. */
  Element inverse();

  /** This / other, in variable time. */
  default Element dividedBy(Element other) {
    return times(other.inverse());
  }

  /** Whether this is the neutral element. */
  boolean isOne();

  /** Powers to several public exponents, which share the work. Variable time. */
  List<Element> powers(List<Scalar> exponents);

  /** This to a public exponent. Variable time. */
  default Element power(Scalar exponent) {
    return powers(List.of(exponent)).getFirst();
  }

  /** This to a secret exponent: neither branches nor indexes depend on it. */
  Element secretPower(Scalar exponent);

  /** Prepares this for many public exponents; costs as much as some fifty powers. */
  FixedBase fixedBase();

  /** Prepares this for many secret exponents; costs as much as some ten powers. */
  SecretBase secretBase();
}
