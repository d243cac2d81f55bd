package io.madang.payment.iso20022;

import io.madang.ledger.Amount;
import io.madang.payment.iso20022.FileReading.Reason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a bank's file, read strictly: what is asked for must be there once and have its
 * form. What is not asked for is left alone, because the standard has many optional elements.
 */
final class XmlElement {
  private static final int MAX_IDENTIFIER = 140;

  /** What a person reads of free texts; banks send up to 500 characters, many times. */
  private static final int MAX_WORDS = 280;

  private final String path;
  private final String name;
  private final String currency;
  private final List<XmlElement> children = new ArrayList<>();
  private String text = "";

  XmlElement(String path, String name, String currency) {
    this.path = path;
    this.name = name;
    this.currency = currency;
  }

  String path() {
    return path;
  }

  void add(XmlElement child) {
    children.add(child);
  }

  void setText(String all) {
    var stripped = all.strip();
    if (!stripped.isEmpty() && !children.isEmpty()) {
      throw new RefusedFile(Reason.WRONG_FORM, path);
    }
    text = stripped;
  }

  /** Every child of this name. */
  List<XmlElement> all(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).toList();
  }

  @Nullable XmlElement optional(String wanted) {
    var found = all(wanted);
    if (found.size() > 1) {
      throw new RefusedFile(Reason.REPEATED, path + "/" + wanted);
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /** The element at the end of a way of single children. */
  XmlElement one(String... way) {
    var at = this;
    for (var step : way) {
      var next = at.optional(step);
      if (next == null) {
        throw new RefusedFile(Reason.MISSING, at.path + "/" + step);
      }
      at = next;
    }
    return at;
  }

  /** The text at the end of a way, or empty when the way ends before. */
  String optionalText(String... way) {
    @Nullable XmlElement at = this;
    for (var step : way) {
      at = at.optional(step);
      if (at == null) {
        return "";
      }
    }
    return at.identifier();
  }

  /**
   * What stands at the ends of all such ways, with spaces between: free text that decides nothing,
   * so that no form of it refuses a file. The first 280 characters, cut between code points.
   */
  String words(String... way) {
    var ends = List.of(this);
    for (var step : way) {
      ends = ends.stream().flatMap(end -> end.all(step).stream()).toList();
    }
    var all = ends.stream().map(end -> end.text).filter(one -> !one.isEmpty()).toList();
    var words = String.join(" ", all);
    if (words.length() <= MAX_WORDS) {
      return words;
    }
    int end = Character.isHighSurrogate(words.charAt(MAX_WORDS - 1)) ? MAX_WORDS - 1 : MAX_WORDS;
    return words.substring(0, end);
  }

  /** A text of 1 to 140 characters. */
  String identifier() {
    if (text.isEmpty() || text.length() > MAX_IDENTIFIER) {
      throw wrongForm();
    }
    return text;
  }

  /** An amount in won: digits, perhaps with a fraction of zeros. */
  long won() {
    if (!currency.equals("KRW")) {
      throw new RefusedFile(Reason.OTHER_CURRENCY, path);
    }
    int dot = text.indexOf('.');
    var whole = dot < 0 ? text : text.substring(0, dot);
    if (dot >= 0 && !text.substring(dot + 1).chars().allMatch(c -> c == '0')) {
      throw wrongForm();
    }
    return number(whole, Amount.MAX_MINOR_UNITS);
  }

  int count() {
    return Math.toIntExact(number(text, Integer.MAX_VALUE));
  }

  private long number(String digits, long most) {
    if (digits.isEmpty()
        || digits.length() > 16
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrongForm();
    }
    long value = Long.parseLong(digits);
    if (value > most) {
      throw wrongForm();
    }
    return value;
  }

  /** Whether money came in (CRDT) or went out (DBIT). */
  boolean isCredit() {
    return switch (text) {
      case "CRDT" -> true;
      case "DBIT" -> false;
      default -> throw wrongForm();
    };
  }

  boolean isTrue() {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrongForm();
    };
  }

  /** A date, or the date of a date and time. */
  LocalDate date() {
    var only = optional("Dt");
    var date = only == null ? one("DtTm").text : only.text;
    try {
      return LocalDate.parse(date.length() > 10 ? date.substring(0, 10) : date);
    } catch (DateTimeException fault) {
      throw wrongForm();
    }
  }

  private RefusedFile wrongForm() {
    return new RefusedFile(Reason.WRONG_FORM, path);
  }
}
