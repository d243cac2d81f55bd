package io.madang.payment.iso20022;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes XML 1.0 for files whose bytes must come out the same: one element a line, no more white
 * space than that. Names come from the code; texts are escaped, and characters that XML cannot hold
 * are a bug of the caller.
 */
final class XmlWriter {
  private final Appendable out;
  private final Deque<String> open = new ArrayDeque<>();
  private @Nullable IOException failure;

  XmlWriter(Appendable out) {
    this.out = out;
  }

  XmlWriter begin(String namespace) {
    write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open.push("Document");
    return write("<Document xmlns=\"").write(namespace).write("\">\n");
  }

  XmlWriter open(String name) {
    open.push(name);
    return write("<").write(name).write(">\n");
  }

  XmlWriter close() {
    return write("</").write(open.pop()).write(">\n");
  }

  void end() {
    close();
    if (!open.isEmpty()) {
      throw new IllegalStateException("elements are open still: " + open);
    }
  }

  XmlWriter element(String name, String text) {
    return write("<").write(name).write(">").escaped(text).write("</").write(name).write(">\n");
  }

  XmlWriter element(String name, String attribute, String value, String text) {
    write("<").write(name).write(" ").write(attribute).write("=\"").escaped(value).write("\">");
    return escaped(text).write("</").write(name).write(">\n");
  }

  /** Failures are kept until the end, so that lines can be written from a callback. */
  void throwIfFailed() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  private XmlWriter escaped(String text) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      var escape =
          switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            default -> "";
          };
      if (c < ' ' || c >= '\uFFFE') {
        throw new IllegalArgumentException("XML cannot hold character " + (int) c);
      }
      if (!escape.isEmpty()) {
        write(text.substring(plain, i)).write(escape);
        plain = i + 1;
      }
    }
    return write(plain == 0 ? text : text.substring(plain));
  }

  private XmlWriter write(String text) {
    if (failure == null) {
      try {
        out.append(text);
      } catch (IOException fault) {
        failure = fault;
      }
    }
    return this;
  }
}
