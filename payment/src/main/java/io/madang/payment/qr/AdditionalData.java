package io.madang.payment.qr;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Object 62: labels that merchants and schemes attach to a payment.
 *
 * @param labels objects 01 to 08, each at most 25 characters
 * @param requests object 09: what the payer is asked to give
 * @param reserved objects 10 to 49, kept as they are
 * @param templates objects 50 to 99
 */
public record AdditionalData(
    SortedMap<Label, String> labels,
    SortedSet<ConsumerRequest> requests,
    SortedMap<String, String> reserved,
    SortedMap<String, Template> templates) {

  /** The value of a label that the payer's application has to ask for. */
  public static final String ASK_PAYER = "***";

  /** No additional data. */
  public static final AdditionalData NONE = labels(new TreeMap<>());

  /**
   * Additional data of its own copies.
   *
   * @throws IllegalArgumentException when an identifier lies outside its range
   */
  public AdditionalData {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    requests = Collections.unmodifiableSortedSet(new TreeSet<>(requests));
    reserved = Ids.sortedCopy(reserved, 10, 49);
    templates = Ids.sortedCopy(templates, 50, 99);
  }

  /** Additional data of labels alone. */
  public static AdditionalData labels(SortedMap<Label, String> labels) {
    return new AdditionalData(labels, new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** This label's value, which may be {@link #ASK_PAYER}. */
  public Optional<String> label(Label label) {
    return Optional.ofNullable(labels.get(label));
  }

  /** What a label says. */
  public enum Label {
    /** Bill or invoice number. */
    BILL("01"),
    /** Mobile number. */
    MOBILE("02"),
    /** Store. */
    STORE("03"),
    /** Loyalty number. */
    LOYALTY("04"),
    /** Reference of the transaction. */
    REFERENCE("05"),
    /** Customer. */
    CUSTOMER("06"),
    /** Terminal at which the payment is made. */
    TERMINAL("07"),
    /** Purpose of the payment. */
    PURPOSE("08");

    private final String id;

    Label(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  /** What the payer's application is asked to send along with the payment. */
  public enum ConsumerRequest {
    /** The payer's address. */
    ADDRESS('A'),
    /** The payer's mobile number. */
    MOBILE('M'),
    /** The payer's electronic mail address. */
    EMAIL('E');

    private final char letter;

    ConsumerRequest(char letter) {
      this.letter = letter;
    }

    char letter() {
      return letter;
    }
  }
}
