package io.madang.chain.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one message in canonical form: the caller writes fields in ascending order, and a value
 * that equals its type's default is left out. An embedded message and an element of a list are
 * always written, as gogoproto does for those that are not nullable.
 */
public final class ProtobufWriter {
  private byte[] bytes = new byte[128];
  private int length;

  /** An empty message. */
  public ProtobufWriter() {}

  /** A number of type int32, int64, uint32, uint64, bool or enum; nothing when 0. */
  public ProtobufWriter varint(int field, long value) {
    if (value != 0) {
      tag(field, WireType.VARINT);
      putVarint(value);
    }
    return this;
  }

  /** A number of type sfixed64: 8 bytes, lowest first; nothing when 0. */
  public ProtobufWriter fixed64(int field, long value) {
    if (value != 0) {
      tag(field, WireType.FIXED64);
      reserve(Long.BYTES);
      for (int i = 0; i < Long.BYTES; i++) {
        bytes[length++] = (byte) (value >>> (8 * i));
      }
    }
    return this;
  }

  /** A string; nothing when empty. */
  public ProtobufWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A byte string; nothing when empty. */
  public ProtobufWriter bytes(int field, byte[] value) {
    return value.length == 0 ? this : element(field, value);
  }

  /** An element of a list of byte strings, empty or not. */
  public ProtobufWriter element(int field, byte[] value) {
    tag(field, WireType.BYTES);
    putVarint(value.length);
    put(value, value.length);
    return this;
  }

  /** An embedded message, empty or not. */
  public ProtobufWriter message(int field, ProtobufWriter value) {
    tag(field, WireType.BYTES);
    putVarint(value.length);
    put(value.bytes, value.length);
    return this;
  }

  /** The message that was written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** The message with its length before it, as on a stream. */
  public byte[] toDelimitedByteArray() {
    var delimited = new ProtobufWriter();
    delimited.putVarint(length);
    delimited.put(bytes, length);
    return delimited.toByteArray();
  }

  private void tag(int field, WireType type) {
    putVarint((long) field << 3 | type.number());
  }

  private void putVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void put(byte[] source, int count) {
    reserve(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
    }
  }
}
