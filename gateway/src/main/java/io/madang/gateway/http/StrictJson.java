package io.madang.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.madang.gateway.http.Problem.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/**
 * Reads a request's JSON so that everybody who reads it reads the same: one object, no name twice,
 * only integers that every reader holds exactly (up to 2^53-1), no null, no lone surrogates, valid
 * UTF-8, at most {@value #MAX_DEPTH} levels.
 */
final class StrictJson {
  static final int MAX_DEPTH = 32;

  private static final long MAX_INTEGER = (1L << 53) - 1;
  private static final int MAX_NUMBER_LENGTH = 17;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build();

  private StrictJson() {}

  /** What reading gives. */
  sealed interface Reading {
    record Read(JsonObject object) implements Reading {}

    record Refused(Fault fault) implements Reading {}
  }

  /** Reads a body. */
  static Reading read(Buffer body) {
    String text;
    try {
      // A parser that gets bytes would guess UTF-16 and UTF-32 too.
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
    } catch (CharacterCodingException notUtf8) {
      return new Reading.Refused(new Fault("#", "not UTF-8"));
    }
    try (var parser = FACTORY.createParser(text)) {
      return read(parser);
    } catch (IOException impossible) {
      // Closing a parser of a string does nothing that can fail.
      throw new IllegalStateException(impossible);
    }
  }

  private static Reading read(JsonParser parser) {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Stop("an object must stand here");
      }
      var object = object(parser);
      if (parser.nextToken() != null) throw new Stop("something follows the object");
      return new Reading.Read(object);
    } catch (Stop stop) {
      return new Reading.Refused(new Fault(pointer(parser), stop.reason));
    } catch (StreamConstraintsException tooMuch) {
      return new Reading.Refused(
          new Fault(pointer(parser), "nested too deep or a number too long"));
    } catch (IOException syntax) {
      return new Reading.Refused(new Fault(pointer(parser), reason(syntax)));
    }
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = wholeText(parser.currentName());
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new JsonObject(members);
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    var values = new JsonArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> wholeText(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_FLOAT -> throw new Stop("a number is a plain integer");
      case VALUE_NULL -> throw new Stop("null is not used; leave the member out");
      default -> throw new Stop("a value must stand here");
    };
  }

  private static long integer(String digits) {
    if (digits.equals("-0")) throw new Stop("zero has no sign");
    if (digits.length() > MAX_NUMBER_LENGTH) throw new Stop("the number is beyond 2^53-1");
    long value = Long.parseLong(digits);
    if (Math.abs(value) > MAX_INTEGER) throw new Stop("the number is beyond 2^53-1");
    return value;
  }

  private static String wholeText(String text) {
    // Pairs come out as one code point; what is left of a surrogate stood alone.
    if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
      throw new Stop("half a character stands in a string");
    }
    return text;
  }

  private static String pointer(JsonParser parser) {
    return "#" + parser.getParsingContext().pathAsPointer();
  }

  /** The first words of the parser's message: the rest quotes what was sent. */
  private static String reason(IOException syntax) {
    var message = syntax.getMessage();
    return message != null && message.startsWith("Duplicate field")
        ? "the name occurs twice"
        : "not JSON";
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String reason;

    Stop(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
