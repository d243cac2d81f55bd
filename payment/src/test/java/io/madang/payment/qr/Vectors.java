package io.madang.payment.qr;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Codes from EMVCo's specification and from other projects' tests, and a few of our own. */
final class Vectors {
  private static final List<Vector> ALL = load();

  private Vectors() {}

  record Vector(String id, String source, String expect, String about, String text) {
    @Override
    public String toString() {
      return id + ", " + source;
    }
  }

  static Stream<Vector> accepted() {
    return ALL.stream().filter(vector -> vector.expect().equals("accept"));
  }

  static Stream<Vector> refused() {
    return ALL.stream().filter(vector -> vector.expect().equals("strict: reject"));
  }

  static Vector vector(String id) {
    return ALL.stream().filter(vector -> vector.id().equals(id)).findFirst().orElseThrow();
  }

  static QrPayload payload(String id) {
    return payloadOf(vector(id).text());
  }

  static QrPayload payloadOf(String text) {
    return switch (QrReader.read(text)) {
      case QrReading.Read(var payload) -> payload;
      case QrRefusal refusal -> throw new AssertionError(refusal.toString());
    };
  }

  private static List<Vector> load() {
    try (var json = Vectors.class.getResourceAsStream("vectors.json")) {
      return List.of(new ObjectMapper().readValue(Objects.requireNonNull(json), Vector[].class));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
