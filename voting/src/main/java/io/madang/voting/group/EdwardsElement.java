package io.madang.voting.group;

import io.madang.chain.crypto.CurvePoint;
import io.madang.chain.crypto.CurvePointTable;
import io.madang.chain.crypto.PublicPointTable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A point of the subgroup of prime order. The group is written multiplicatively all the same. */
final class EdwardsElement implements Element {
  private final EdwardsGroup group;
  private final CurvePoint point;

  /** Made when first asked for; two threads would make the same. */
  private @Nullable String text;

  EdwardsElement(EdwardsGroup group, CurvePoint point) {
    this.group = group;
    this.point = point;
  }

  /** A point of the curve that may have a part of small order. */
  record Unchecked(EdwardsGroup group, CurvePoint point, String text) implements Candidate {
    @Override
    public Optional<Member> powersIfMember(List<Scalar> exponents) {
      var all = new ArrayList<byte[]>();
      all.add(EdwardsGroup.reversed(group.scalars().order().toByteArray()));
      for (Scalar exponent : exponents) {
        all.add(bytes(group, exponent));
      }
      List<CurvePoint> multiples = point.multiples(all);
      if (!multiples.getFirst().isNeutral()) {
        return Optional.empty();
      }
      var element = new EdwardsElement(group, point);
      element.text = text;
      return Optional.of(
          new Member(element, elements(group, multiples.subList(1, multiples.size()))));
    }
  }

  private static List<Element> elements(EdwardsGroup group, List<CurvePoint> points) {
    return points.stream().<Element>map(point -> new EdwardsElement(group, point)).toList();
  }

  static byte[] bytes(EdwardsGroup group, Scalar exponent) {
    group.scalars().limbsOf(exponent);
    return exponent.littleEndian();
  }

  @Override
  public String text() {
    var known = text;
    if (known == null) {
      known = text(point.encode());
      text = known;
    }
    return known;
  }

  static List<String> texts(List<EdwardsElement> elements) {
    return CurvePoint.encode(elements.stream().map(element -> element.point).toList()).stream()
        .map(EdwardsElement::text)
        .toList();
  }

  private static String text(byte[] encoding) {
    return HexFormat.of().formatHex(EdwardsGroup.reversed(encoding));
  }

  @Override
  public Element times(Element other) {
    if (!(other instanceof EdwardsElement element)) {
      throw new IllegalArgumentException("an element of another group");
    }
    return new EdwardsElement(group, point.plus(element.point));
  }

  @Override
  public Element inverse() {
    return new EdwardsElement(group, point.negated());
  }

  @Override
  public boolean isOne() {
    return point.isNeutral();
  }

  @Override
  public List<Element> powers(List<Scalar> exponents) {
    return elements(
        group,
        point.multiples(exponents.stream().map(exponent -> bytes(group, exponent)).toList()));
  }

  @Override
  public Element secretPower(Scalar exponent) {
    return new EdwardsElement(group, point.secretMultiple(bytes(group, exponent)));
  }

  @Override
  public EdwardsFixedBase fixedBase() {
    return new EdwardsFixedBase(group, PublicPointTable.of(point));
  }

  @Override
  public EdwardsSecretBase secretBase() {
    return new EdwardsSecretBase(group, CurvePointTable.of(point));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EdwardsElement element && text().equals(element.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
