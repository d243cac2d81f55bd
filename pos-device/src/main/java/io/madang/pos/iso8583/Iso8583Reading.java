package io.madang.pos.iso8583;

/** What reading a body gives. */
public sealed interface Iso8583Reading {
  record Read(Iso8583Message message) implements Iso8583Reading {}

  /**
   * The bytes are no message of our link, and never become one.
   *
   * @param detail one sentence for a log; shows nothing of the content
   */
  record Refused(String detail) implements Iso8583Reading {}
}
