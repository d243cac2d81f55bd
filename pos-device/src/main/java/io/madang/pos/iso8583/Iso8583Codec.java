package io.madang.pos.iso8583;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import io.madang.chain.Bytes;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes and reads messages: the type as four digits, the bitmaps, then the data elements in ASCII.
 * The packing is j8583's; what it reads is taken only when writing it again gives the same bytes,
 * with or without a second bitmap that is empty, as others write it. Safe for several threads.
 */
public final class Iso8583Codec {
  /** How the bitmaps are written. */
  public enum Bitmap {
    /** Eight bytes each. */
    BINARY,
    /** Sixteen hexadecimal digits each, in capitals: for frames without a length. */
    HEX
  }

  /** Every type that somebody of our link sends. */
  private static final List<String> TYPES =
      List.of(
          "0100", "0110", "0200", "0201", "0210", "0220", "0221", "0230", "0320", "0330", "0400",
          "0401", "0410", "0420", "0421", "0430", "0500", "0501", "0510", "0800", "0801", "0810");

  private static final int TYPE_LENGTH = 4;
  private static final int BITMAP_BITS = 64;
  private static final int LAST_FIELD = 128;
  private static final String ASCII = "US-ASCII";

  private final Bitmap bitmap;
  private final MessageFactory<IsoMessage> factory = new MessageFactory<>();
  private final Map<Integer, FieldParseInfo> guide = new HashMap<>();

  public Iso8583Codec(Bitmap bitmap) {
    this.bitmap = bitmap;
    factory.setCharacterEncoding(ASCII);
    factory.setUseBinaryBitmap(bitmap == Bitmap.BINARY);
    for (var field : Iso8583Field.known().values()) {
      guide.put(
          field.number(), FieldParseInfo.getInstance(typeOf(field), field.length(), ASCII, false));
    }
    for (var type : TYPES) factory.setParseMap(Integer.parseInt(type, 16), guide);
    factory.freeze();
  }

  /** The bytes of a message. */
  public Bytes write(Iso8583Message message) {
    return write(message, false);
  }

  private Bytes write(Iso8583Message message, boolean twoBitmaps) {
    var out = new IsoMessage() {};
    out.setCharacterEncoding(ASCII);
    out.setBinaryBitmap(bitmap == Bitmap.BINARY);
    out.setForceSecondaryBitmap(twoBitmaps);
    out.setType(Integer.parseInt(message.type(), 16));
    message
        .fields()
        .forEach(
            (number, value) -> {
              var field = Objects.requireNonNull(Iso8583Field.known().get(number));
              out.setValue(number, value, typeOf(field), field.length());
            });
    return Bytes.of(out.writeData());
  }

  /** Reads a body. Never throws, whatever the bytes. */
  public Iso8583Reading read(Bytes body) {
    byte[] bytes = body.toByteArray();
    if (!beginsWithType(bytes)) return refused("The body begins with no message type.");
    IsoMessage parsed;
    try {
      parsed = factory.parseMessage(bytes, 0);
    } catch (ParseException | UnsupportedEncodingException | RuntimeException e) {
      // j8583 throws what its arithmetic throws on lengths that are none.
      return refused("The body is no ISO 8583 message: " + e.getClass().getSimpleName() + ".");
    }
    if (parsed == null) return refused("The body is of a type that nobody sends.");
    var fields = new TreeMap<Integer, String>();
    for (int number = 2; number <= LAST_FIELD; number++) {
      if (!parsed.hasField(number)) continue;
      var value = parsed.getField(number).toString();
      var field = Iso8583Field.known().get(number);
      if (field == null || !field.allows(value)) {
        return refused("Field " + number + " has a value of another form.");
      }
      fields.put(number, value);
    }
    var message =
        new Iso8583Message(new String(bytes, 0, TYPE_LENGTH, StandardCharsets.US_ASCII), fields);
    return write(message).equals(body) || write(message, true).equals(body)
        ? new Iso8583Reading.Read(message)
        : refused("The message is written in another form than the one that it has.");
  }

  private boolean beginsWithType(byte[] bytes) {
    int bitmapLength = bitmap == Bitmap.BINARY ? BITMAP_BITS / 8 : BITMAP_BITS / 4;
    if (bytes.length < TYPE_LENGTH + bitmapLength || bytes[0] != '0') return false;
    for (int i = 1; i < TYPE_LENGTH; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') return false;
    }
    return true;
  }

  private static Iso8583Reading refused(String detail) {
    return new Iso8583Reading.Refused(detail);
  }

  private static IsoType typeOf(Iso8583Field field) {
    return switch (field.lengthDigits()) {
      case 2 -> IsoType.LLVAR;
      case 3 -> IsoType.LLLVAR;
      default -> IsoType.ALPHA;
    };
  }
}
