package io.madang.gateway.election;

import java.util.Locale;

/** What a trustee does next. */
enum CeremonyStep {
  /** Sends the certificate for its place: step 1 of a threshold group's ceremony. */
  CERTIFICATE,
  /** Sends the polynomial message: step 3. */
  POLYNOMIAL,
  /** Answers with its verification key: step 5. */
  VOUCHER,
  /** Sends its public key: all that a single trustee does. */
  KEY,
  /** Waits for the others. */
  WAIT,
  /** Has done its part. */
  DONE;

  static CeremonyStep named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
