package io.madang.gateway.settlement;

import io.madang.ledger.AssetCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names the close of one day of one asset, such as {@code S-COIN-20261120-1}: on the chain, in the
 * database, and to the bank as the name of its file.
 *
 * @param number 1 for the day itself; higher ones are for merchants whose earlier attempt came to
 *     nothing
 */
public record RunId(AssetCode asset, LocalDate day, int number) {
  private static final int MAX_NUMBER = 999;
  private static final Pattern FORM =
      Pattern.compile("([A-Z][A-Z0-9-]{0,11})-([0-9]{8})-([1-9][0-9]{0,2})");

  public RunId {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("a day has 1 to 999 runs: " + number);
    }
  }

  /** The run of this name, if it is one. */
  public static Optional<RunId> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) return Optional.empty();
    try {
      return Optional.of(
          new RunId(
              new AssetCode(matcher.group(1)),
              LocalDate.parse(matcher.group(2), DateTimeFormatter.BASIC_ISO_DATE),
              Integer.parseInt(matcher.group(3))));
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  /** The next run of the same day. */
  RunId next() {
    return new RunId(asset, day, number + 1);
  }

  @Override
  public String toString() {
    return asset + "-" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + "-" + number;
  }
}
