package io.madang.vending.journal;

import io.madang.vending.sale.Counters;
import io.madang.vending.sale.JournalRecord;
import io.madang.vending.sale.SaleState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The append-only record of a machine's sales: one line of ASCII each,
 *
 * <pre>{@code checksum number kind item won cashless ofItem}</pre>
 *
 * with {@code -} for counters that are not known. The checksum is the CRC-32C of the checksum
 * before and the line's text, so that a line that is missing, doubled or changed shows. A power cut
 * can tear the last line only: it is dropped, because nothing that depends on it was done.
 */
public final class Journal {
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9a-f]{8}) ([0-9]{1,18} [A-Z_]{1,16} [0-9]{1,5} [0-9]{1,18} (?:- -|[0-9]{1,18}"
              + " [0-9]{1,18}))");

  /** Bytes after which what no open sale needs is dropped. */
  private static final int SIZE_LIMIT = 16 * 1_024;

  private final Storage storage;
  private final List<JournalRecord> records;
  private int checksum;
  private int size;

  private Journal(Storage storage, List<JournalRecord> records, int checksum) {
    this.storage = storage;
    this.records = records;
    this.checksum = checksum;
  }

  /**
   * Reads what is there and drops what no open sale needs.
   *
   * @throws JournalDamagedException when something else than the last line is wrong
   */
  public static Journal open(Storage storage) {
    var journal = new Journal(storage, new ArrayList<>(), 0);
    var bytes = storage.read();
    var isWhole = journal.readAll(bytes);
    journal.size = bytes.length;
    if (!isWhole || journal.size > SIZE_LIMIT) {
      journal.rewrite(SaleState.shortest(journal.records));
    }
    return journal;
  }

  /** The records that lead to the present state. */
  public List<JournalRecord> records() {
    return List.copyOf(records);
  }

  /** Durable once it returns. */
  public void append(JournalRecord record) {
    var line = line(record);
    storage.append(line);
    records.add(record);
    size += line.length;
    if (size > SIZE_LIMIT) {
      rewrite(SaleState.shortest(records));
    }
  }

  /** Whether every byte belongs to a whole line. */
  private boolean readAll(byte[] bytes) {
    var from = 0;
    var number = 0;
    var torn = false;
    while (from < bytes.length) {
      number++;
      var to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      var text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
      var record = to < bytes.length ? parse(text) : Optional.<JournalRecord>empty();
      if (record.isEmpty()) {
        // Only the end can be torn: a whole line after it would mean that something was lost.
        if (to + 1 < bytes.length) {
          throw new JournalDamagedException(number);
        }
        torn = true;
      } else {
        records.add(record.get());
      }
      from = to + 1;
    }
    return !torn;
  }

  private Optional<JournalRecord> parse(String text) {
    var matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var expected = next(checksum, matcher.group(2));
    if (!matcher.group(1).equals(HexFormat.of().toHexDigits(expected))) {
      return Optional.empty();
    }
    var parts = matcher.group(2).split(" ", -1);
    try {
      var record =
          new JournalRecord(
              Long.parseLong(parts[0]),
              JournalRecord.Kind.valueOf(parts[1]),
              Integer.parseInt(parts[2]),
              Long.parseLong(parts[3]),
              parts[4].equals("-")
                  ? null
                  : new Counters(Long.parseLong(parts[4]), Long.parseLong(parts[5])));
      checksum = expected;
      return Optional.of(record);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private byte[] line(JournalRecord record) {
    var counters = record.counters();
    var text =
        record.number()
            + " "
            + record.kind()
            + " "
            + record.item()
            + " "
            + record.won()
            + " "
            + counters.map(known -> known.cashless() + " " + known.ofItem()).orElse("- -");
    checksum = next(checksum, text);
    return (HexFormat.of().toHexDigits(checksum) + " " + text + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void rewrite(List<JournalRecord> kept) {
    checksum = 0;
    records.clear();
    var bytes = new ByteArrayOutputStream();
    for (var record : kept) {
      bytes.writeBytes(line(record));
      records.add(record);
    }
    storage.replace(bytes.toByteArray());
    size = bytes.size();
  }

  private static int next(int before, String text) {
    var crc = new CRC32C();
    crc.update(HexFormat.of().toHexDigits(before).getBytes(StandardCharsets.US_ASCII));
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }
}
