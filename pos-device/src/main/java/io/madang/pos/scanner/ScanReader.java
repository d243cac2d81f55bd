package io.madang.pos.scanner;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes scans of a serial scanner's bytes, whatever their fragmentation: a scan ends with CR, LF,
 * CR LF or TAB, or with {@value #SILENCE_MILLIS} ms of silence. Total: any bytes give scans or
 * refusals, in bounded memory. Not safe for several threads.
 *
 * <p>A scanner adds a prefix that its owner configured and an AIM identifier (ISO/IEC 15424) that
 * says which symbology it read; both are taken off. The text is UTF-8, or where it is not, EUC-KR.
 */
public final class ScanReader {
  /** The most bytes of one scan: more than the largest QR code holds. */
  public static final int MAX_BYTES = 4_096;

  /** Silence after which a scan without an ending is over. */
  public static final long SILENCE_MILLIS = 100;

  /** For how long the same text again is the same code still lying under the scanner. */
  public static final long SAME_AGAIN_MILLIS = 1_500;

  private static final byte CR = 0x0D;
  private static final byte LF = 0x0A;
  private static final byte TAB = 0x09;
  private static final Charset EUC_KR = Charset.forName("EUC-KR");

  private final String prefix;
  private final byte[] line = new byte[MAX_BYTES];
  private int length;
  private boolean overlong;
  private long lastByteMillis;

  private String lastText = "";
  private long lastTextMillis;
  private boolean sawText;

  /**
   * @param prefix what this scanner was configured to put before every code; empty when nothing
   */
  public ScanReader(String prefix) {
    this.prefix = prefix;
  }

  /** Bytes came at this time, which never goes back. */
  public List<Scan> received(byte[] bytes, long nowMillis) {
    var scans = new ArrayList<Scan>();
    passed(nowMillis).ifPresent(scans::add);
    for (byte one : bytes) {
      if (one == CR || one == LF || one == TAB) {
        // The partner of a CR LF finds an empty line, and empty lines are dropped.
        end(nowMillis).ifPresent(scans::add);
      } else if (length < MAX_BYTES) {
        line[length++] = one;
      } else {
        overlong = true;
      }
    }
    lastByteMillis = nowMillis;
    return scans;
  }

  /** Time passed; gives the scan that silence ended, if any. */
  public Optional<Scan> passed(long nowMillis) {
    return length > 0 && nowMillis - lastByteMillis >= SILENCE_MILLIS
        ? end(nowMillis)
        : Optional.empty();
  }

  /** When {@link #passed} should be called if no byte comes before. */
  public OptionalLong wakeAtMillis() {
    return length > 0 ? OptionalLong.of(lastByteMillis + SILENCE_MILLIS) : OptionalLong.empty();
  }

  /** The line was lost: what came of an unfinished scan is worth nothing. */
  public void lost() {
    length = 0;
    overlong = false;
  }

  private Optional<Scan> end(long nowMillis) {
    int bytes = length;
    boolean tooLong = overlong;
    lost();
    if (tooLong) return Optional.of(new Scan.Refused(Scan.Reason.TOO_LONG));
    if (bytes == 0) return Optional.empty();
    var decoded = decode(ByteBuffer.wrap(line, 0, bytes));
    if (decoded.isEmpty()) return Optional.of(new Scan.Refused(Scan.Reason.NOT_TEXT));
    var text = decoded.get();
    if (text.startsWith(prefix)) text = text.substring(prefix.length());
    var symbology = AimIdentifier.at(text);
    if (symbology.isPresent()) text = text.substring(AimIdentifier.LENGTH);
    if (text.isEmpty()) return Optional.empty();
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of(new Scan.Refused(Scan.Reason.CONTROL_CHARACTER));
    }
    boolean again =
        sawText && text.equals(lastText) && nowMillis - lastTextMillis < SAME_AGAIN_MILLIS;
    sawText = true;
    lastText = text;
    // A code that stays under the scanner is read again and again: each time counts from the last.
    lastTextMillis = nowMillis;
    return again
        ? Optional.empty()
        : Optional.of(new Scan.Read(text, symbology.orElse(AimIdentifier.UNKNOWN)));
  }

  private static Optional<String> decode(ByteBuffer bytes) {
    return decode(bytes, StandardCharsets.UTF_8).or(() -> decode(bytes, EUC_KR));
  }

  private static Optional<String> decode(ByteBuffer bytes, Charset charset) {
    CharsetDecoder strict =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return Optional.of(strict.decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
