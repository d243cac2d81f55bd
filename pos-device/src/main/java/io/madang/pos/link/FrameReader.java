package io.madang.pos.link;

import io.madang.chain.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes frames and control characters of bytes, whatever their fragmentation. Total: any bytes give
 * something, in memory for one frame. Not safe for several threads.
 *
 * <p>After anything wrong it waits for silence before it looks for a new beginning: the rest of a
 * damaged frame could otherwise pass for a frame.
 */
final class FrameReader {
  /** What bytes come to. */
  sealed interface Piece {
    /** A whole frame with a right check byte. */
    record Frame(Bytes body) implements Piece {}

    /** One of ENQ, ACK, NAK, EOT between frames. */
    record Control(byte character) implements Piece {}

    /** Something was there that nobody can read; the line is silent again. */
    record Damage() implements Piece {}
  }

  private enum State {
    BETWEEN,
    LENGTH,
    BODY,
    END,
    CHECK,
    DAMAGED
  }

  private final FrameProfile profile;
  private final byte[] body;
  private State state = State.BETWEEN;
  private int lengthBytes;
  private int expected;
  private int length;
  private int lrc;
  private long lastByteMillis;

  FrameReader(FrameProfile profile) {
    this.profile = profile;
    body = new byte[profile.maxBody()];
  }

  List<Piece> received(byte[] bytes, long nowMillis) {
    var pieces = new ArrayList<Piece>(passed(nowMillis));
    for (byte one : bytes) take(one, pieces);
    lastByteMillis = nowMillis;
    return pieces;
  }

  List<Piece> passed(long nowMillis) {
    if (state == State.BETWEEN || nowMillis - lastByteMillis < profile.byteGap().toMillis()) {
      return List.of();
    }
    state = State.BETWEEN;
    return List.of(new Piece.Damage());
  }

  OptionalLong wakeAtMillis() {
    return state == State.BETWEEN
        ? OptionalLong.empty()
        : OptionalLong.of(lastByteMillis + profile.byteGap().toMillis());
  }

  void lost() {
    state = State.BETWEEN;
  }

  private void take(byte one, List<Piece> pieces) {
    switch (state) {
      case BETWEEN -> between(one, pieces);
      case LENGTH -> {
        lrc ^= one & 0xFF;
        expected = (expected << 8) | (one & 0xFF);
        if (++lengthBytes == 2) {
          boolean possible = expected >= FrameProfile.MIN_BODY && expected <= profile.maxBody();
          state = possible ? State.BODY : State.DAMAGED;
        }
      }
      case BODY -> {
        lrc ^= one & 0xFF;
        if (!profile.hasLength() && one == Frames.ETX) {
          state = length < FrameProfile.MIN_BODY ? State.DAMAGED : State.CHECK;
        } else if (length == profile.maxBody()) {
          state = State.DAMAGED;
        } else {
          body[length++] = one;
          if (profile.hasLength() && length == expected) state = State.END;
        }
      }
      case END -> {
        lrc ^= one & 0xFF;
        state = one == Frames.ETX ? State.CHECK : State.DAMAGED;
      }
      case CHECK -> {
        if ((one & 0xFF) == lrc) {
          state = State.BETWEEN;
          pieces.add(new Piece.Frame(Bytes.of(Arrays.copyOf(body, length))));
        } else {
          state = State.DAMAGED;
        }
      }
      case DAMAGED -> {}
    }
  }

  private void between(byte one, List<Piece> pieces) {
    switch (one) {
      case Frames.STX -> {
        state = profile.hasLength() ? State.LENGTH : State.BODY;
        lengthBytes = 0;
        expected = 0;
        length = 0;
        lrc = profile.lrcStart();
      }
      case Frames.ENQ, Frames.ACK, Frames.NAK, Frames.EOT -> pieces.add(new Piece.Control(one));
      default -> state = State.DAMAGED;
    }
  }
}
