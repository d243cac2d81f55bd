package io.madang.gateway.statement;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as a shop in Korea reads them. */
final class Times {
  /** Business days are Korean. */
  static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Times() {}

  /** To the second. */
  static LocalDateTime local(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZONE)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  /** {@code 2026-11-20 13:05:09}. */
  static String text(long millis) {
    return TO_THE_SECOND.format(local(millis));
  }
}
