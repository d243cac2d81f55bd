package io.madang.pos.scanner;

import io.madang.payment.qr.CustomerCode;
import io.madang.payment.qr.CustomerCodeForm;
import io.madang.payment.qr.CustomerCodeReading;
import java.util.HashMap;
import java.util.Map;

/**
 * What a till does with scanned customers' codes: each is charged at most once, one at a time, and
 * only while the till waits for one. Not safe for several threads.
 *
 * <p>The chain takes a mandate only once, whatever a till does; this keeps a second look of the
 * scanner from becoming a refusal that a cashier has to explain.
 */
public final class ScanDesk {
  /** What a scan comes to. */
  public sealed interface Outcome {
    /** Charge this code with what is asked. */
    record Charge(CustomerCode code, long amountWon) implements Outcome {}

    /** The text is no customer's code: the till may look it up as an article. */
    record OtherText(String text, CustomerCodeReading.Reason reason) implements Outcome {}

    /** Nothing happens. */
    record Ignored(Why why) implements Outcome {}
  }

  /** Why a customer's code is not charged. */
  public enum Why {
    /** The till asks for nothing. */
    NOTHING_ASKED,
    /** Another charge has no answer yet. */
    IN_FLIGHT,
    /** This code was charged here before. */
    USED,
    /** Its time is over. */
    EXPIRED,
    /** The till asks for more than the customer allowed. */
    OVER_LIMIT
  }

  private final Map<String, Long> usedUntilMillis = new HashMap<>();
  private long askedWon;
  private boolean inFlight;

  /** The till asks for this amount, in won; zero asks for nothing any more. */
  public void ask(long amountWon) {
    if (amountWon < 0) throw new IllegalArgumentException("a negative amount: " + amountWon);
    askedWon = amountWon;
  }

  /** A text was scanned at this time of the gateway's clock. */
  public Outcome scanned(String text, long nowMillis) {
    return switch (CustomerCodeForm.read(text)) {
      case CustomerCodeReading.Refused(var reason) -> new Outcome.OtherText(text, reason);
      case CustomerCodeReading.Read(var code) -> customer(code, nowMillis);
    };
  }

  /** The charge in flight has its answer: whether it was paid. */
  public void answered(boolean paid) {
    inFlight = false;
    if (paid) askedWon = 0;
  }

  private Outcome customer(CustomerCode code, long nowMillis) {
    usedUntilMillis.values().removeIf(until -> until < nowMillis);
    if (askedWon == 0) return new Outcome.Ignored(Why.NOTHING_ASKED);
    if (inFlight) return new Outcome.Ignored(Why.IN_FLIGHT);
    if (usedUntilMillis.containsKey(code.id().hex())) return new Outcome.Ignored(Why.USED);
    if (code.validUntilMillis() < nowMillis) return new Outcome.Ignored(Why.EXPIRED);
    if (code.limit().minorUnits() < askedWon) return new Outcome.Ignored(Why.OVER_LIMIT);
    // Whatever comes of it, a second charge of this code is never begun here.
    usedUntilMillis.put(code.id().hex(), code.validUntilMillis());
    inFlight = true;
    return new Outcome.Charge(code, askedWon);
  }
}
