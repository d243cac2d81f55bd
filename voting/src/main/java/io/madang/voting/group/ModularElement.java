package io.madang.voting.group;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number modulo p, in Montgomery's form, that lies in the subgroup. */
final class ModularElement implements Element {
  private static final int WINDOW = 4;

  private final ModularGroup group;
  private final long[] limbs;

  /** Made when first asked for; two threads would make the same. */
  private @Nullable String text;

  ModularElement(ModularGroup group, long[] limbs) {
    this.group = group;
    this.limbs = limbs;
  }

  /** A number modulo p that need not lie in the subgroup. */
  record Unchecked(ModularGroup group, long[] limbs, String text) implements Candidate {
    @Override
    public Optional<Member> powersIfMember(List<Scalar> exponents) {
      var all = new ArrayList<long[]>();
      all.add(group.scalars().arithmetic().split(group.scalars().order()));
      for (Scalar exponent : exponents) {
        all.add(group.scalars().limbsOf(exponent));
      }
      List<long[]> powers = SharedPowers.of(group.arithmetic(), limbs, all);
      if (!new ModularElement(group, powers.getFirst()).isOne()) {
        return Optional.empty();
      }
      var element = new ModularElement(group, limbs);
      element.text = text;
      return Optional.of(new Member(element, elements(group, powers.subList(1, powers.size()))));
    }
  }

  private static List<Element> elements(ModularGroup group, List<long[]> numbers) {
    return numbers.stream().<Element>map(number -> new ModularElement(group, number)).toList();
  }

  @Override
  public String text() {
    var known = text;
    if (known == null) {
      known = number().toString();
      text = known;
    }
    return known;
  }

  ModularGroup group() {
    return group;
  }

  long[] limbs() {
    return limbs;
  }

  BigInteger number() {
    return group.arithmetic().number(limbs);
  }

  @Override
  public Element times(Element other) {
    long[] product = group.arithmetic().room();
    group.arithmetic().multiply(product, limbs, limbsOf(other));
    return new ModularElement(group, product);
  }

  private long[] limbsOf(Element other) {
    if (!(other instanceof ModularElement element)) {
      throw new IllegalArgumentException("an element of another group");
    }
    return group.limbsOf(element);
  }

  @Override
  public Element inverse() {
    return new ModularElement(
        group, group.arithmetic().residue(number().modInverse(group.modulus())));
  }

  @Override
  public boolean isOne() {
    return equals(group.one());
  }

  @Override
  public List<Element> powers(List<Scalar> exponents) {
    var all = exponents.stream().map(group.scalars()::limbsOf).toList();
    return elements(group, SharedPowers.of(group.arithmetic(), limbs, all));
  }

  @Override
  public Element secretPower(Scalar exponent) {
    Montgomery arithmetic = group.secretArithmetic();
    long[][] multiples = ModularSecretBase.powersBelow16(arithmetic, group.toSecret(this));
    long[] result = arithmetic.one();
    long[] spare = arithmetic.room();
    long[] factor = arithmetic.room();
    group.scalars().limbsOf(exponent);
    for (int position = ModularSecretBase.EXPONENT_BITS - WINDOW;
        position >= 0;
        position -= WINDOW) {
      for (int i = 0; i < WINDOW; i += 2) {
        arithmetic.square(spare, result);
        arithmetic.square(result, spare);
      }
      ModularSecretBase.select(multiples, exponent.window(position, WINDOW), factor);
      arithmetic.multiply(spare, result, factor);
      long[] swapped = result;
      result = spare;
      spare = swapped;
    }
    return group.fromSecret(result);
  }

  @Override
  public FixedBase fixedBase() {
    return new ModularFixedBase(group, limbs);
  }

  @Override
  public SecretBase secretBase() {
    return new ModularSecretBase(group, group.toSecret(this));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModularElement element
        && element.group.equals(group)
        && (element.group.arithmetic().equals(group.arithmetic())
            ? Arrays.equals(normalized(), element.normalized())
            : element.number().equals(number()));
  }

  private long[] normalized() {
    long[] number = limbs.clone();
    group.arithmetic().normalize(number);
    return number;
  }

  @Override
  public int hashCode() {
    return number().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
