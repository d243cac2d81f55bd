package io.madang.gateway.settlement;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The schema of pain.001.001.09, which is not ours to ship: skipped where it is missing. */
final class PainSchema {
  private static final Path FILE = Path.of("../../shared/reference/iso20022/pain.001.001.09.xsd");

  private PainSchema() {}

  static void requireValid(byte[] file) {
    assumeTrue(Files.isReadable(FILE), () -> "not here: " + FILE);
    try {
      var factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory
          .newSchema(FILE.toFile())
          .newValidator()
          .validate(new StreamSource(new ByteArrayInputStream(file)));
    } catch (SAXException | IOException fault) {
      throw new AssertionError(fault);
    }
  }
}
