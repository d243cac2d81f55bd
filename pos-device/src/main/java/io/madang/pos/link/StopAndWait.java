package io.madang.pos.link;

import io.madang.chain.Bytes;
import io.madang.pos.link.FrameReader.Piece;
import io.madang.pos.link.LinkAction.Why;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * One side of a link that sends a message, waits for its ACK and only then sends the next. Time and
 * bytes come in as arguments, what is to be done comes out; nothing here waits or writes. Not safe
 * for several threads.
 *
 * <p>A message is sent again, byte for byte, on NAK, on silence, and on an answer that nobody can
 * read. Whoever receives may therefore get a message twice, and never gets a damaged one. When both
 * sides ask to send at once, the till yields.
 */
public final class StopAndWait {
  /** Which side of the link this is. */
  public enum Side {
    TILL,
    TERMINAL
  }

  private enum Phase {
    IDLE,
    ENQUIRING,
    /** The till let the terminal go first, and enquires again afterwards. */
    YIELDING,
    WAITING
  }

  private static final int MAX_QUEUE = 16;

  private final FrameProfile profile;
  private final Side side;
  private final FrameReader reader;
  private final Deque<Bytes> queue = new ArrayDeque<>();
  private Phase phase = Phase.IDLE;
  private int tries;
  private Why failure = Why.LINE_DOWN;
  private long deadlineMillis;

  public StopAndWait(FrameProfile profile, Side side) {
    this.profile = profile;
    this.side = side;
    reader = new FrameReader(profile);
  }

  /** Sends a body after those that wait already. */
  public List<LinkAction> send(Bytes body, long nowMillis) {
    if (!Frames.fits(profile, body)) throw new IllegalArgumentException("does not fit a frame");
    if (queue.size() == MAX_QUEUE) return List.of(new LinkAction.GaveUp(body, Why.QUEUE_FULL));
    queue.add(body);
    var actions = new ArrayList<LinkAction>();
    if (phase == Phase.IDLE) begin(nowMillis, actions);
    return actions;
  }

  /** Bytes came. */
  public List<LinkAction> received(byte[] bytes, long nowMillis) {
    var actions = new ArrayList<LinkAction>();
    for (var piece : reader.received(bytes, nowMillis)) take(piece, nowMillis, actions);
    return actions;
  }

  /** Time passed. */
  public List<LinkAction> passed(long nowMillis) {
    var actions = new ArrayList<LinkAction>();
    for (var piece : reader.passed(nowMillis)) take(piece, nowMillis, actions);
    if (phase != Phase.IDLE && nowMillis >= deadlineMillis) late(nowMillis, actions);
    return actions;
  }

  /** When {@link #passed} should be called if nothing happens before. */
  public OptionalLong wakeAtMillis() {
    var damaged = reader.wakeAtMillis();
    if (phase == Phase.IDLE) return damaged;
    return OptionalLong.of(Math.min(deadlineMillis, damaged.orElse(Long.MAX_VALUE)));
  }

  /** Stops sending what is being sent, and says so to the other side. */
  public List<LinkAction> abort(long nowMillis) {
    if (phase == Phase.IDLE) return List.of();
    var actions = new ArrayList<LinkAction>();
    write(actions, Frames.EOT);
    giveUp(Why.ABORTED, nowMillis, actions);
    return actions;
  }

  /** The line is gone; whatever was to be sent is given up. */
  public List<LinkAction> lost() {
    var actions = new ArrayList<LinkAction>();
    for (var body : queue) actions.add(new LinkAction.GaveUp(body, Why.LINE_DOWN));
    queue.clear();
    phase = Phase.IDLE;
    reader.lost();
    return actions;
  }

  private void take(Piece piece, long nowMillis, List<LinkAction> actions) {
    switch (piece) {
      case Piece.Frame(var body) -> {
        write(actions, Frames.ACK);
        actions.add(new LinkAction.Delivered(body));
        if (phase == Phase.YIELDING) deadlineMillis = nowMillis;
      }
      case Piece.Damage() -> {
        // Whoever waits for an answer got one that nobody can read; others ask for a repetition.
        if (phase == Phase.WAITING || phase == Phase.ENQUIRING) again(nowMillis, actions);
        else write(actions, Frames.NAK);
      }
      case Piece.Control(var character) -> control(character, nowMillis, actions);
    }
  }

  private void control(byte character, long nowMillis, List<LinkAction> actions) {
    switch (character) {
      case Frames.ENQ -> {
        if (phase == Phase.ENQUIRING) {
          if (side == Side.TERMINAL) return;
          phase = Phase.YIELDING;
          deadlineMillis = nowMillis + profile.acknowledgementWait().toMillis();
        }
        write(actions, Frames.ACK);
      }
      case Frames.ACK -> {
        if (phase == Phase.ENQUIRING) {
          tries = 0;
          failure = Why.LINE_DOWN;
          transmit(nowMillis, actions);
        } else if (phase == Phase.WAITING) {
          actions.add(new LinkAction.Acknowledged(queue.remove()));
          next(nowMillis, actions);
        }
      }
      case Frames.NAK -> {
        if (phase == Phase.WAITING) {
          again(nowMillis, actions);
        } else if (phase == Phase.ENQUIRING) {
          // Busy: asking at once would only be refused again, so the deadline asks.
          failure = Why.BUSY;
        }
      }
      case Frames.EOT -> {
        // One bit makes EOT of ACK, so a peer that does abort has to say it each time.
        failure = Why.ABORTED;
        if (phase == Phase.WAITING || phase == Phase.ENQUIRING) again(nowMillis, actions);
      }
      default -> throw new AssertionError("not a control character: " + character);
    }
  }

  private void late(long nowMillis, List<LinkAction> actions) {
    switch (phase) {
      case YIELDING -> begin(nowMillis, actions);
      case WAITING -> {
        if (profile.repeatsOnSilence()) again(nowMillis, actions);
        else giveUp(Why.LINE_DOWN, nowMillis, actions);
      }
      case ENQUIRING -> again(nowMillis, actions);
      case IDLE -> {}
    }
  }

  private void begin(long nowMillis, List<LinkAction> actions) {
    tries = 0;
    failure = Why.LINE_DOWN;
    if (profile.enquires()) enquire(nowMillis, actions);
    else transmit(nowMillis, actions);
  }

  private void again(long nowMillis, List<LinkAction> actions) {
    if (tries == profile.sends()) {
      giveUp(failure, nowMillis, actions);
    } else if (phase == Phase.ENQUIRING) {
      enquire(nowMillis, actions);
    } else {
      transmit(nowMillis, actions);
    }
  }

  private void enquire(long nowMillis, List<LinkAction> actions) {
    phase = Phase.ENQUIRING;
    tries++;
    deadlineMillis = nowMillis + profile.enquiryWait().toMillis();
    write(actions, Frames.ENQ);
  }

  private void transmit(long nowMillis, List<LinkAction> actions) {
    phase = Phase.WAITING;
    tries++;
    deadlineMillis = nowMillis + profile.acknowledgementWait().toMillis();
    actions.add(new LinkAction.Write(Bytes.of(Frames.frame(profile, queue.element()))));
  }

  private void giveUp(Why why, long nowMillis, List<LinkAction> actions) {
    actions.add(new LinkAction.GaveUp(queue.remove(), why));
    next(nowMillis, actions);
  }

  private void next(long nowMillis, List<LinkAction> actions) {
    phase = Phase.IDLE;
    if (!queue.isEmpty()) begin(nowMillis, actions);
  }

  private static void write(List<LinkAction> actions, byte character) {
    actions.add(new LinkAction.Write(Bytes.of(new byte[] {character})));
  }
}
