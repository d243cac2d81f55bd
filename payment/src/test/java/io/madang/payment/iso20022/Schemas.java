package io.madang.payment.iso20022;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The schemas and samples of ISO 20022, which are not ours to ship: where they are missing, the
 * tests that need them report that they were skipped.
 */
final class Schemas {
  private static final Path FOLDER = Path.of("../../shared/reference/iso20022");

  private Schemas() {}

  static byte[] file(String name) {
    var path = FOLDER.resolve(name);
    assumeTrue(Files.isReadable(path), () -> "not here: " + path);
    try {
      return Files.readAllBytes(path);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /** What the JDK's validator finds wrong with a file. */
  static List<String> faults(String schema, byte[] file) {
    var faults = new ArrayList<String>();
    try {
      var factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      var validator =
          factory
              .newSchema(new StreamSource(new ByteArrayInputStream(file(schema))))
              .newValidator();
      validator.setErrorHandler(
          new ErrorHandler() {
            @Override
            public void warning(SAXParseException fault) {
              faults.add(fault.toString());
            }

            @Override
            public void error(SAXParseException fault) {
              faults.add(fault.toString());
            }

            @Override
            public void fatalError(SAXParseException fault) {
              faults.add(fault.toString());
            }
          });
      validator.validate(new StreamSource(new ByteArrayInputStream(file)));
    } catch (SAXException | IOException fault) {
      faults.add(fault.toString());
    }
    return faults;
  }

  static void requireValid(String schema, byte[] file) {
    assertThat(faults(schema, file)).isEmpty();
  }
}
