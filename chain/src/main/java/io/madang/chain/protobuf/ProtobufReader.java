package io.madang.chain.protobuf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through the fields of one message:
 *
 * <pre>{@code
 * while (reader.next()) {
 *   switch (reader.field()) {
 *     case 1 -> height = reader.int64();
 *     default -> throw reader.unknown();
 *   }
 * }
 * }</pre>
 *
 * <p>Every method throws {@link MalformedProtobufException} where the bytes are not what is asked
 * for. A value that was not taken is skipped. Whether a message is in canonical form is not seen
 * here; a reader for which that matters writes it again and compares.
 */
public final class ProtobufReader {
  private static final int MAX_VARINT_BYTES = 10;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int field;
  private WireType type = WireType.VARINT;
  private boolean taken = true;

  /** A reader of a whole message. */
  public ProtobufReader(byte[] message) {
    this(message, 0, message.length);
  }

  private ProtobufReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Goes to the next field; false at the end of the message. */
  public boolean next() {
    if (!taken) {
      skip();
    }
    if (position == end) {
      return false;
    }
    long tag = takeVarint();
    long number = tag >>> 3;
    if (number < 1 || number > (1 << 29) - 1) {
      throw new MalformedProtobufException("field number " + number);
    }
    field = (int) number;
    type = WireType.of((int) tag & 7);
    taken = false;
    return true;
  }

  /** The number of the current field. */
  public int field() {
    return field;
  }

  /** What to throw for a field that the message does not have. */
  public MalformedProtobufException unknown() {
    return new MalformedProtobufException("unknown field " + field);
  }

  /** A number of type int64 or uint64 (then as two's complement). */
  public long int64() {
    take(WireType.VARINT);
    return takeVarint();
  }

  /** A number of type int32, uint32 or enum that is from 0 to 2^31-1. */
  public int size() {
    long value = int64();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedProtobufException("field " + field + " is " + value);
    }
    return (int) value;
  }

  /** A flag. */
  public boolean bool() {
    return int64() != 0;
  }

  /** A number of type sfixed64 or fixed64. */
  public long fixed64() {
    take(WireType.FIXED64);
    requireLeft(Long.BYTES);
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = value << 8 | (bytes[position + i] & 0xFF);
    }
    position += Long.BYTES;
    return value;
  }

  /** A copy of a byte string. */
  public byte[] bytes() {
    take(WireType.BYTES);
    int start = takeLengthDelimited();
    return Arrays.copyOfRange(bytes, start, position);
  }

  /** A string, which must be UTF-8. */
  public String string() {
    take(WireType.BYTES);
    int start = takeLengthDelimited();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, position - start))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedProtobufException("field " + field + " is not UTF-8");
    }
  }

  /** A reader of an embedded message. */
  public ProtobufReader message() {
    take(WireType.BYTES);
    int start = takeLengthDelimited();
    return new ProtobufReader(bytes, start, position);
  }

  private void skip() {
    taken = true;
    switch (type) {
      case VARINT -> takeVarint();
      case FIXED64 -> skip(Long.BYTES);
      case FIXED32 -> skip(Integer.BYTES);
      case BYTES -> takeLengthDelimited();
    }
  }

  private void skip(int count) {
    requireLeft(count);
    position += count;
  }

  private void take(WireType wanted) {
    if (type != wanted || taken) {
      throw new MalformedProtobufException("field " + field + " is no " + wanted);
    }
    taken = true;
  }

  /** Goes behind the value and tells where it starts. */
  private int takeLengthDelimited() {
    long length = takeVarint();
    if (length < 0 || length > end - position) {
      throw new MalformedProtobufException("field " + field + " ends behind the message");
    }
    int start = position;
    position += (int) length;
    return start;
  }

  private long takeVarint() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      requireLeft(1);
      byte part = bytes[position++];
      if (i == MAX_VARINT_BYTES - 1 && part > 1) {
        break;
      }
      value |= (long) (part & 0x7F) << (7 * i);
      if (part >= 0) {
        return value;
      }
    }
    throw new MalformedProtobufException("a number has more than 64 bits");
  }

  private void requireLeft(int count) {
    if (count > end - position) {
      throw new MalformedProtobufException("the message ends too early");
    }
  }
}
