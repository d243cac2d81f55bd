package io.madang.pos.link;

import io.madang.chain.Bytes;

/** Puts bodies into frames: {@code STX [LEN LEN] BODY ETX LRC}. */
public final class Frames {
  static final byte STX = 0x02;
  static final byte ETX = 0x03;
  static final byte EOT = 0x04;
  static final byte ENQ = 0x05;
  static final byte ACK = 0x06;
  static final byte NAK = 0x15;

  private static final int FIRST_PRINTABLE = 0x20;

  private Frames() {}

  /** Whether this body can be sent by this profile. */
  public static boolean fits(FrameProfile profile, Bytes body) {
    if (body.length() < FrameProfile.MIN_BODY || body.length() > profile.maxBody()) return false;
    if (profile.hasLength()) return true;
    for (byte one : body.toByteArray()) {
      if ((one & 0xFF) < FIRST_PRINTABLE) return false;
    }
    return true;
  }

  /**
   * The frame of a body.
   *
   * @throws IllegalArgumentException when it does not fit
   */
  public static byte[] frame(FrameProfile profile, Bytes body) {
    if (!fits(profile, body)) throw new IllegalArgumentException("does not fit into a frame");
    byte[] content = body.toByteArray();
    int start = profile.hasLength() ? 3 : 1;
    var frame = new byte[start + content.length + 2];
    frame[0] = STX;
    if (profile.hasLength()) {
      frame[1] = (byte) (content.length >>> 8);
      frame[2] = (byte) content.length;
    }
    System.arraycopy(content, 0, frame, start, content.length);
    frame[frame.length - 2] = ETX;
    int lrc = profile.lrcStart();
    for (int i = 1; i < frame.length - 1; i++) lrc ^= frame[i] & 0xFF;
    frame[frame.length - 1] = (byte) lrc;
    return frame;
  }
}
