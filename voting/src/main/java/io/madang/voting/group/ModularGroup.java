package io.madang.voting.group;

import java.math.BigInteger;

/**
 * A subgroup of prime order q of the numbers modulo a prime p. An element's text is its decimal
 * digits. The cofactor (p - 1) / q is large, so membership is a power: x<sup>q</sup> = 1.
 */
final class ModularGroup implements Group {
  static final ModularGroup BELENIOS_2048 =
      new ModularGroup(
          "BELENIOS-2048",
          new BigInteger(
              "206947856914225464010136436575050080649229892957511040971008847870573742"
                  + "192427174019222372544976843381290666331380789584049600543896362897963930"
                  + "387739057228036059737494276713767776188985898727358650490811670993105358"
                  + "677809800307904916540637771737641986785272734744763418356000356983051931"
                  + "442845617019110007867373073335641239717328979132404745788344682606523279"
                  + "746479511376726586935821800463179220736688600526271863633860887968821207"
                  + "694323661494910029234443463732221458841005864210502421203654335612013204"
                  + "811188524087310770141516662001623131771693721892480785077118278423174980"
                  + "73276598828825169183103125680162072880719"),
          new BigInteger(
              "785717332510718850799276598126714501218214212584087946115100819198056232" + "23441"),
          new BigInteger(
              "240235267750185220922768770353239993271228765737836491651007531878766327"
                  + "414635321932028567615526967879969466829874938909508389657342560190060106"
                  + "847716449173547413728310461045868131451178164675540052740288984613986453"
                  + "266121505579709716201616827031288643245666383486363578210615491841998253"
                  + "431518974065818686865115135857641013888221539601604322884360393098933366"
                  + "277284840659313840601023167509576377798266510360682240663507669776402534"
                  + "625377308513317349519424896775405257365904949247763147599157519877517771"
                  + "148149092045660020547812705472823814097251863985833411570056835369555342"
                  + "3781475582491896050296680037745308460627"));

  private final String name;
  private final BigInteger modulus;
  private final ScalarField scalars;
  private final int maxDigits;

  /** For public numbers; may be faster than the other, and take a time that tells something. */
  private final Residues arithmetic;

  /** For secrets, in constant time. */
  private final Montgomery secretArithmetic;

  private final ModularElement generator;
  private final ModularElement one;
  private final FixedBase generatorPowers;
  private final SecretBase secretGeneratorPowers;

  private ModularGroup(String name, BigInteger p, BigInteger q, BigInteger g) {
    this.name = name;
    modulus = p;
    scalars = new ScalarField(q);
    maxDigits = p.toString().length();
    secretArithmetic = new Montgomery(p);
    arithmetic = secretArithmetic;
    one = new ModularElement(this, arithmetic.one());
    generator = element(g);
    generatorPowers = generator.fixedBase();
    secretGeneratorPowers = generator.secretBase();
  }

  private ModularGroup(ModularGroup plain, LimbMultiplication multiplication) {
    name = plain.name;
    modulus = plain.modulus;
    scalars = plain.scalars;
    maxDigits = plain.maxDigits;
    secretArithmetic = plain.secretArithmetic;
    arithmetic = new WideMontgomery(modulus, multiplication);
    one = new ModularElement(this, arithmetic.one());
    generator = element(plain.generator.number());
    generatorPowers = generator.fixedBase();
    secretGeneratorPowers = plain.secretGeneratorPowers;
  }

  /** The same group with another multiplication for public numbers. */
  ModularGroup with(LimbMultiplication multiplication) {
    return new ModularGroup(this, multiplication);
  }

  private ModularElement element(BigInteger number) {
    return new ModularElement(this, arithmetic.residue(number));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ScalarField scalars() {
    return scalars;
  }

  @Override
  public Element generator() {
    return generator;
  }

  @Override
  public Element one() {
    return one;
  }

  @Override
  public FixedBase generatorPowers() {
    return generatorPowers;
  }

  @Override
  public SecretBase secretGeneratorPowers() {
    return secretGeneratorPowers;
  }

  @Override
  public Parsing parse(String text) {
    var number = Decimal.parse(text, maxDigits);
    if (number.isEmpty()) {
      return new Parsing.Malformed(ElementFault.NOT_CANONICAL);
    }
    if (number.get().signum() == 0 || number.get().compareTo(modulus) >= 0) {
      return new Parsing.Malformed(ElementFault.OUT_OF_RANGE);
    }
    return new Parsing.Parsed(
        new ModularElement.Unchecked(this, arithmetic.residue(number.get()), text));
  }

  Residues arithmetic() {
    return arithmetic;
  }

  Montgomery secretArithmetic() {
    return secretArithmetic;
  }

  BigInteger modulus() {
    return modulus;
  }

  /** The limbs of a public element for work with secrets. */
  long[] toSecret(ModularElement element) {
    return arithmetic.equals(secretArithmetic)
        ? element.limbs()
        : secretArithmetic.residue(element.number());
  }

  /** What work with secrets came to, which is public. */
  ModularElement fromSecret(long[] limbs) {
    return arithmetic.equals(secretArithmetic)
        ? new ModularElement(this, limbs)
        : element(secretArithmetic.number(limbs));
  }

  /** The limbs of an element that may have been computed by another arithmetic. */
  long[] limbsOf(ModularElement element) {
    if (element.group().arithmetic.equals(arithmetic)) {
      return element.limbs();
    }
    if (!equals(element.group())) {
      throw new IllegalArgumentException("an element of another group");
    }
    return arithmetic.residue(element.number());
  }

  /** Equal by name: what computes makes no difference. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ModularGroup group && group.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
