package io.madang.payment.iso20022;

import io.madang.payment.iso20022.FileReading.Reason;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a bank's file into elements, with the JDK's own StAX parser: no document type, no entities
 * but the five of XML, nothing fetched, and limits on everything.
 */
final class XmlReading {
  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ELEMENTS = 2_000_000;
  private static final int MAX_TEXT = 2_000;

  private final String namespace;
  private int elements;

  private XmlReading(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Reads a file of one kind of message.
   *
   * @param reader makes the content out of the element {@code Document}
   */
  static <T> FileReading<T> read(byte[] file, String namespace, Function<XmlElement, T> reader) {
    try {
      return new FileReading.Read<>(reader.apply(new XmlReading(namespace).document(file)));
    } catch (RefusedFile refused) {
      return refused.reading();
    }
  }

  private XmlElement document(byte[] file) {
    if (file.length > MAX_BYTES) {
      throw new RefusedFile(Reason.TOO_LARGE, "");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      // The default factory is the JDK's: no other parser on the class path takes its place.
      var factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLInputFactory.IS_COALESCING, false);
      factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
      return document(factory.createXMLStreamReader(new StringReader(text)));
    } catch (RefusedFile refused) {
      throw refused;
    } catch (CharacterCodingException | XMLStreamException | RuntimeException fault) {
      // The parser is known to throw unchecked exceptions on some broken input.
      throw new RefusedFile(Reason.NOT_XML, "");
    }
  }

  private XmlElement document(XMLStreamReader in) throws XMLStreamException {
    var encoding = in.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      throw new RefusedFile(Reason.NOT_XML, "");
    }
    Deque<XmlElement> open = new ArrayDeque<>();
    Deque<StringBuilder> texts = new ArrayDeque<>();
    var root = new XmlElement("", "", "");
    open.push(root);
    texts.push(new StringBuilder());
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          var element = start(in, open.getFirst(), open.size());
          open.getFirst().add(element);
          open.push(element);
          texts.push(new StringBuilder());
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop().setText(texts.pop().toString());
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          var text = texts.getFirst();
          // White space between elements has no limit of its own.
          if (!in.isWhiteSpace() || !text.isEmpty()) {
            if (text.length() + in.getTextLength() > MAX_TEXT) {
              throw new RefusedFile(Reason.BEYOND_LIMITS, open.getFirst().path());
            }
            text.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
          }
        }
        case XMLStreamConstants.COMMENT,
            XMLStreamConstants.PROCESSING_INSTRUCTION,
            XMLStreamConstants.END_DOCUMENT -> {}
        default -> throw new RefusedFile(Reason.NOT_XML, open.getFirst().path());
      }
    }
    return root.one("Document");
  }

  private XmlElement start(XMLStreamReader in, XmlElement parent, int depth) {
    if (++elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
      throw new RefusedFile(Reason.BEYOND_LIMITS, parent.path());
    }
    var name = in.getLocalName();
    var path = parent.path().isEmpty() ? name : parent.path() + "/" + name;
    if (depth == 1 && !(name.equals("Document") && namespace.equals(in.getNamespaceURI()))) {
      throw new RefusedFile(Reason.OTHER_MESSAGE, "");
    }
    var currency = in.getAttributeValue(null, "Ccy");
    return new XmlElement(path, name, currency == null ? "" : currency);
  }
}
