package io.madang.payment.iso20022;

import java.io.Serial;

/** Carries the reason out of the readers; never leaves this package. */
final class RefusedFile extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final FileReading.Reason reason;
  private final String place;

  RefusedFile(FileReading.Reason reason, String place) {
    super(reason + " at " + place, null, false, false);
    this.reason = reason;
    this.place = place;
  }

  <T> FileReading<T> reading() {
    return new FileReading.Refused<>(reason, place);
  }
}
