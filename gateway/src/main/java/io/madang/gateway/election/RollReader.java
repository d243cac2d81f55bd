package io.madang.gateway.election;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.Problem.Fault;
import io.madang.voting.record.Weights;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the list of voters as an administrator sends it: {@code {"voters":[{voter, contact, name?,
 * weight?}]}}. It may be long, so it is read as it comes instead of through the schema.
 */
final class RollReader {
  /** Most voters of one election. */
  static final int MAX_VOTERS = 100_000;

  private static final int MAX_ID = 100;
  private static final int MAX_NAME = 100;
  private static final int MAX_CONTACT = 254; // RFC 5321, section 4.5.3.1.3, without the brackets

  /** Deliberately narrow: no quotes, comments, lists, or anything that could end a header line. */
  private static final Pattern CONTACT =
      Pattern.compile("[\\p{Alnum}._%+'=/-]{1,64}@[\\p{Alnum}.-]{1,189}");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(17)
                  .maxStringLength(1_000)
                  .build())
          .build();

  private final List<Voter> voters = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private long weight;

  private RollReader() {}

  /**
   * Reads a list.
   *
   * @throws Problem.Raised when it is not one, naming the place
   */
  static List<Voter> read(Buffer body) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
    } catch (CharacterCodingException notUtf8) {
      throw at("#", "not UTF-8");
    }
    var reader = new RollReader();
    try (var parser = FACTORY.createParser(text)) {
      reader.read(parser);
    } catch (IOException notJson) {
      throw at("#/voters/" + reader.voters.size(), "is not JSON of this form");
    }
    if (reader.voters.isEmpty()) throw at("#/voters", "names nobody");
    return reader.voters;
  }

  private void read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT
        || parser.nextToken() != JsonToken.FIELD_NAME
        || !parser.currentName().equals("voters")
        || parser.nextToken() != JsonToken.START_ARRAY) {
      throw wrong("#", "must be {\"voters\": […]}");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (voters.size() == MAX_VOTERS) throw wrong("#/voters", "names more than " + MAX_VOTERS);
      voter(parser);
    }
    if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw wrong("#", "has more than voters");
    }
  }

  private void voter(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) throw wrong("", "must be an object");
    var id = "";
    var name = "";
    var contact = "";
    long count = 1;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "voter" -> id = text(parser, "voter", MAX_ID);
        case "name" -> name = text(parser, "name", MAX_NAME);
        case "contact" -> contact = text(parser, "contact", MAX_CONTACT);
        case "weight" -> count = number(parser);
        default -> throw wrong("", "has an unknown member");
      }
    }
    if (id.isEmpty()) throw wrong("voter", "is missing");
    if (!CONTACT.matcher(contact).matches()) throw wrong("contact", "is no e-mail address");
    if (!ids.add(Voter.folded(id))) throw wrong("voter", "is on the list already");
    weight += count;
    if (weight > Weights.MAX) throw wrong("weight", "is too much together with the others");
    voters.add(new Voter(id, name, contact, count));
  }

  private String text(JsonParser parser, String field, int most) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) throw wrong(field, "must be a text");
    var text = Normalizer.normalize(parser.getText(), Normalizer.Form.NFC).strip();
    if (text.length() > most) throw wrong(field, "is longer than " + most + " characters");
    if (!text.codePoints().allMatch(RollReader::isShown)) {
      throw wrong(field, "has characters that cannot be seen");
    }
    return text;
  }

  /** No controls, no halves of characters, and nothing that turns the direction of what follows. */
  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private long number(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong("weight", "must be a whole number");
    }
    long number = parser.getLongValue();
    if (number < 1 || number > Weights.MAX) throw wrong("weight", "is out of range");
    return number;
  }

  private Problem.Raised wrong(String field, String what) {
    return at(field.startsWith("#") ? field : "#/voters/" + voters.size() + slash(field), what);
  }

  private static String slash(String field) {
    return field.isEmpty() ? "" : "/" + field;
  }

  private static Problem.Raised at(String pointer, String what) {
    return Problem.malformed(List.of(new Fault(pointer, what))).raised();
  }
}
