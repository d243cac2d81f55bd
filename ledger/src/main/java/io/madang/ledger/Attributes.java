package io.madang.ledger;

/**
 * What the operators of the chain say about an account, so that rules of assets can ask for it.
 *
 * @param category merchant category (ISO 18245, four digits), empty when none is known
 * @param region where it is, such as {@code KR-11} (ISO 3166-2) or {@code 11680} (a district),
 *     empty when that is not known
 */
public record Attributes(String category, String region) {
  /** Of an account about which nothing was said. */
  public static final Attributes NONE = new Attributes("", "");

  public Attributes {
    if (!category.isEmpty() && !TextForms.isCategory(category)) {
      throw new IllegalArgumentException("a category is four digits");
    }
    if (!region.isEmpty() && !TextForms.isRegion(region)) {
      throw new IllegalArgumentException("a region is 1 to 10 of A-Z, 0-9 and hyphen");
    }
  }
}
