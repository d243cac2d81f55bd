package io.madang.pos.link;

import java.time.Duration;

/**
 * How two devices frame and repeat messages on a line. Makers differ in these, and in little else.
 *
 * @param lrcStart what the check byte (LRC) starts from: 0 here, 7F with some others
 * @param hasLength whether two bytes of length, big endian, stand between STX and the body; without
 *     them a body ends at the first ETX and holds no control characters
 * @param enquires whether ENQ asks before each message whether the other side is ready
 * @param sends how often a message is sent in all, at least once
 * @param repeatsOnSilence whether silence, too, makes a message be sent again, not only NAK
 * @param enquiryWait how long ENQ waits for an answer
 * @param acknowledgementWait how long a message waits for ACK or NAK
 * @param byteGap the longest pause inside a frame, and the silence after which a damaged one is
 *     over
 * @param maxBody the most bytes of a body
 */
public record FrameProfile(
    int lrcStart,
    boolean hasLength,
    boolean enquires,
    int sends,
    boolean repeatsOnSilence,
    Duration enquiryWait,
    Duration acknowledgementWait,
    Duration byteGap,
    int maxBody) {
  /** The least bytes of a body: a message type. */
  public static final int MIN_BODY = 4;

  /** Checks what always holds. */
  public FrameProfile {
    if (lrcStart < 0 || lrcStart > 0xFF) throw new IllegalArgumentException("LRC: " + lrcStart);
    if (sends < 1) throw new IllegalArgumentException("never sent");
    if (maxBody < MIN_BODY || maxBody > 0xFFFF) {
      throw new IllegalArgumentException("body: " + maxBody);
    }
  }

  /** Ours: length, LRC from 0, three sends, 3 s for ACK; a line is down after about 1 s of ENQ. */
  public static FrameProfile standard() {
    return new FrameProfile(
        0x00,
        true,
        true,
        3,
        true,
        Duration.ofMillis(350),
        Duration.ofSeconds(3),
        Duration.ofMillis(200),
        2_048);
  }

  /** Ours for tills that count the check byte from another value, or send no length or no ENQ. */
  public FrameProfile with(int lrc, boolean length, boolean enquiry) {
    return new FrameProfile(
        lrc,
        length,
        enquiry,
        sends,
        repeatsOnSilence,
        enquiryWait,
        acknowledgementWait,
        byteGap,
        maxBody);
  }
}
