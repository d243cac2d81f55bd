package io.madang.pos.printer;

import io.madang.payment.BusinessNumber;
import java.time.LocalDateTime;
import java.util.List;

/**
 * What a Korean receipt says. Amounts are won. Texts are of whoever wrote them: {@link
 * PrintableText} makes them harmless.
 *
 * @param number the till's number of the receipt; one number, one sale
 * @param time local time at the shop
 * @param items what was sold; their amounts are the total
 * @param tax the parts of the total
 * @param tenders what it was paid with; their amounts are the total
 * @param notes what else is to be told, such as the balance or a cash receipt's number
 * @param proof what the QR says: where the payment's proof is; empty for none
 */
public record Receipt(
    long number,
    Shop shop,
    LocalDateTime time,
    List<Item> items,
    Tax tax,
    List<Tender> tenders,
    String approval,
    String transaction,
    List<Note> notes,
    String proof) {
  /** The most items, tenders or notes of a receipt. */
  public static final int MAX_LINES = 500;

  /** The most characters of a text on it. */
  public static final int MAX_TEXT = 200;

  /** Who sells. */
  public record Shop(
      String name, BusinessNumber businessNumber, String owner, String address, String phone) {
    public Shop {
      requireText(name);
      requireText(owner);
      requireText(address);
      requireText(phone);
    }
  }

  /** What was sold: so many of it, for this amount in all. */
  public record Item(String name, int quantity, long amountWon) {
    public Item {
      requireText(name);
    }
  }

  /** Supply value, value-added tax of it, and what is free of tax. */
  public record Tax(long supplyWon, long vatWon, long freeWon) {}

  /** What was paid with, and how much. */
  public record Tender(String label, long amountWon) {
    public Tender {
      requireText(label);
    }
  }

  /** Something with a name. */
  public record Note(String label, String value) {
    public Note {
      requireText(label);
      requireText(value);
    }
  }

  /** Checks that it adds up, to the won. */
  public Receipt {
    items = List.copyOf(items);
    tenders = List.copyOf(tenders);
    notes = List.copyOf(notes);
    requireText(approval);
    requireText(transaction);
    if (number < 1) throw new IllegalArgumentException("not a number: " + number);
    if (items.size() > MAX_LINES || tenders.size() > MAX_LINES || notes.size() > MAX_LINES) {
      throw new IllegalArgumentException("too long a receipt");
    }
    long total = total(items);
    long parts = Math.addExact(Math.addExact(tax.supplyWon(), tax.vatWon()), tax.freeWon());
    long paid = tenders.stream().mapToLong(Tender::amountWon).reduce(0, Math::addExact);
    if (parts != total || paid != total) {
      throw new IllegalArgumentException(
          "does not add up: items " + total + ", tax " + parts + ", paid " + paid);
    }
  }

  public long totalWon() {
    return total(items);
  }

  private static long total(List<Item> items) {
    return items.stream().mapToLong(Item::amountWon).reduce(0, Math::addExact);
  }

  private static void requireText(String text) {
    if (text.length() > MAX_TEXT) throw new IllegalArgumentException("too long a text");
  }
}
