package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.record.Json;
import io.madang.voting.record.RecordReader;
import java.util.List;

/**
 * One member's public commitments to the coefficients of its secret polynomial f: A<sub>k</sub> = g
 * to the power of the k-th. The first is its part of the election's key.
 */
record Commitments(List<Element> elements, SignedMessage signed) {
  static Commitments read(RecordReader reader, Group group) {
    var signed = SignedMessage.read(reader, group);
    return RecordReader.read(
        signed.message(),
        message -> {
          message.literal("{");
          var elements =
              message.field(
                  "coefexps",
                  () -> message.array(Certificate.Place.MAX_SIZE, _ -> message.element(group)));
          message.literal("}");
          return new Commitments(elements, signed);
        });
  }

  static String message(List<Element> elements) {
    return "{\"coefexps\":" + texts(elements) + "}";
  }

  /** What a member signs to bind its commitments to the certificates of everybody. */
  static String messageWithCertificates(List<Certificate> certificates, List<Element> elements) {
    return "certs_sig|{\"certs\":"
        + Json.array(certificates, certificate -> certificate.signed().json())
        + ",\"coefexps\":"
        + texts(elements)
        + "}";
  }

  private static String texts(List<Element> elements) {
    return Json.array(elements, element -> Json.string(element.text()));
  }

  /** g to the power of f(index), from the commitments alone. */
  Element at(Group group, int index) {
    var factor = group.scalars().of(index);
    var result = group.one();
    for (var commitment : elements.reversed()) {
      result = result.power(factor).times(commitment); // Horner's rule
    }
    return result;
  }
}
