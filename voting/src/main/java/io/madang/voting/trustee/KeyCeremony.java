package io.madang.voting.trustee;

import io.madang.voting.group.Group;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The public side of a threshold group's key ceremony: what the server does, which sees no secret.
 * Every message is a JSON text that travels as it is:
 *
 * <ol>
 *   <li>each member sends a {@linkplain ThresholdTrustee#certificate certificate};
 *   <li>everybody {@linkplain #begin checks} all of them;
 *   <li>each member sends its {@linkplain ThresholdTrustee#polynomial polynomial};
 *   <li>the server {@linkplain #route routes} the encrypted shares to their members;
 *   <li>each member checks its shares and {@linkplain ThresholdTrustee#receive answers} with its
 *       verification key;
 *   <li>the server {@linkplain #finish assembles} the public outcome.
 * </ol>
 */
public final class KeyCeremony {
  private static final int MAX_SENT = 5 << 20;

  private final Group group;
  private final List<Certificate> certificates;

  private KeyCeremony(Group group, List<Certificate> certificates) {
    this.group = group;
    this.certificates = certificates;
  }

  /** Checks the certificates of all members, in the order of their places. Never throws. */
  public static Reading<KeyCeremony> begin(Group group, List<String> certificates) {
    return Reading.of(
        () -> {
          var read = each("certs", certificates, text -> Certificate.read(text, group));
          if (read.isEmpty() || read.getFirst().place().isEmpty()) {
            throw new RefusedException(RefusalReason.WRONG_CERTIFICATE, "certs");
          }
          var threshold = read.getFirst().place().get().threshold();
          RecordReader.read(
              "",
              reader -> {
                requirePlaces(reader, read, threshold);
                return read;
              });
          return new KeyCeremony(group, read);
        });
  }

  /**
   * Checks one member's certificate before the others are there. Never throws.
   *
   * @param index the member's place, from 1
   */
  public static Reading<String> checkCertificate(
      Group group, int size, int threshold, int index, String text) {
    return Reading.of(
        () ->
            RecordReader.read(
                text,
                reader -> {
                  var expected = new Certificate.Place(size, threshold, index);
                  if (!Certificate.read(reader, group)
                      .place()
                      .filter(expected::equals)
                      .isPresent()) {
                    throw reader.refused(RefusalReason.WRONG_CERTIFICATE);
                  }
                  return text;
                }));
  }

  /**
   * Checks what is public in one member's polynomial message. Never throws.
   *
   * @param index the member's place, from 1
   */
  public Reading<String> checkPolynomial(int index, String text) {
    return Reading.of(
        () ->
            RecordReader.read(
                text,
                reader -> {
                  polynomial(reader, index - 1);
                  return text;
                }));
  }

  /**
   * Checks one member's answer of step 5. Never throws.
   *
   * @param index the member's place, from 1
   * @param polynomials the messages of step 3, in the order of the members' places
   */
  public Reading<String> checkAnswer(int index, List<String> polynomials, String text) {
    return Reading.of(
        () -> {
          var commitments = polynomials(polynomials).stream().map(Polynomial::commitments).toList();
          return RecordReader.read(
              text,
              reader -> {
                var key = answer(reader, group).key();
                var certificate = certificates.get(index - 1);
                ThresholdGroup.requireRight(reader, group, key, certificate, commitments, index);
                return text;
              });
        });
  }

  /** Stops unless each certificate is for its place in a group of this size and threshold. */
  static void requirePlaces(RecordReader reader, List<Certificate> certificates, int threshold) {
    int size = certificates.size();
    // t = m is for single trustees; belenios-tool 3 refuses it here.
    if (threshold >= size) {
      throw reader.refused(RefusalReason.WRONG_THRESHOLD);
    }
    for (int i = 0; i < size; i++) {
      var expected = new Certificate.Place(size, threshold, i + 1);
      if (!certificates.get(i).place().filter(expected::equals).isPresent()) {
        throw reader.refused(RefusalReason.WRONG_CERTIFICATE);
      }
    }
  }

  Group group() {
    return group;
  }

  List<Certificate> certificates() {
    return certificates;
  }

  int size() {
    return certificates.size();
  }

  int threshold() {
    return certificates.getFirst().place().orElseThrow().threshold();
  }

  /** A member's message of step 3. */
  record Polynomial(
      String toItself, List<String> shares, Commitments commitments, Proof signature) {
    String json() {
      return "{\"polynomial\":"
          + Json.string(toItself)
          + ",\"secrets\":"
          + Json.array(shares, Json::string)
          + ",\"coefexps\":"
          + commitments.signed().json()
          + ",\"signature\":"
          + signature.json()
          + "}";
    }
  }

  /** Reads a message of step 3 and checks what is public in it. */
  private Polynomial polynomial(RecordReader reader, int index) {
    reader.literal("{");
    var toItself = reader.field("polynomial", () -> reader.string(MAX_SENT));
    var shares = reader.next("secrets", () -> reader.arrayOf(size(), _ -> reader.string(MAX_SENT)));
    var commitments = reader.next("coefexps", () -> commitments(reader, index));
    var signature = reader.next("signature", () -> bindingSignature(reader, index, commitments));
    reader.literal("}");
    return new Polynomial(toItself, shares, commitments, signature);
  }

  Commitments commitments(RecordReader reader, int index) {
    var commitments = Commitments.read(reader, group);
    commitments.signed().requireFrom(reader, group, certificates.get(index).verification());
    if (commitments.elements().size() != threshold()) {
      throw reader.refused(RefusalReason.WRONG_THRESHOLD);
    }
    return commitments;
  }

  Proof bindingSignature(RecordReader reader, int index, Commitments commitments) {
    var signature = Proof.read(reader, group.scalars());
    var message = Commitments.messageWithCertificates(certificates, commitments.elements());
    var sender = certificates.get(index).verification();
    SignedMessage.requireSigned(reader, group, sender, message, signature);
    return signature;
  }

  private List<Polynomial> polynomials(List<String> texts) {
    requireOneOfEach(texts, "polynomials");
    var read = new ArrayList<Polynomial>();
    for (int i = 0; i < texts.size(); i++) {
      int index = i;
      read.add(one("polynomials", index, texts.get(i), reader -> polynomial(reader, index)));
    }
    return read;
  }

  /**
   * Sorts the members' polynomial messages into what each of them is to receive.
   *
   * @param polynomials in the order of the members' places
   * @return in the same order
   */
  public Reading<List<String>> route(List<String> polynomials) {
    return Reading.of(
        () -> {
          var read = polynomials(polynomials);
          var inputs = new ArrayList<String>();
          for (int i = 0; i < read.size(); i++) {
            int index = i;
            inputs.add(
                "{\"polynomial\":"
                    + Json.string(read.get(i).toItself())
                    + ",\"secrets\":"
                    + Json.array(read, one -> Json.string(one.shares().get(index)))
                    + ",\"coefexps\":"
                    + Json.array(read, one -> one.commitments().signed().json())
                    + ",\"signatures\":"
                    + Json.array(read, one -> one.signature().json())
                    + "}");
          }
          return inputs;
        });
  }

  /**
   * Assembles the public outcome and checks all of it, as every verifier will.
   *
   * @param polynomials the messages of step 3, in the order of the members' places
   * @param answers those of step 5, likewise
   * @return the group's parameters, for {@link Trustees#toRecord}
   */
  public Reading<String> finish(List<String> polynomials, List<String> answers) {
    return Reading.of(
        () -> {
          var read = polynomials(polynomials);
          requireOneOfEach(answers, "answers");
          var keys = each("answers", answers, reader -> answer(reader, group).key());
          var json =
              ThresholdGroup.json(
                  threshold(),
                  certificates,
                  read.stream().map(Polynomial::commitments).toList(),
                  read.stream().map(Polynomial::signature).toList(),
                  keys);
          return RecordReader.read(json, reader -> ThresholdGroup.read(reader, group)).json();
        });
  }

  /**
   * A member's answer of step 5.
   *
   * @param privateKey the member's decryption key, encrypted to itself
   */
  record Answer(String privateKey, ThresholdGroup.MemberKey key) {
    String json() {
      return "{\"private_key\":" + Json.string(privateKey) + ",\"public_key\":" + key.json() + "}";
    }
  }

  static Answer answer(RecordReader reader, Group group) {
    reader.literal("{");
    var privateKey = reader.field("private_key", () -> reader.string(MAX_SENT));
    var key = reader.next("public_key", () -> ThresholdGroup.MemberKey.read(reader, group));
    reader.literal("}");
    return new Answer(privateKey, key);
  }

  /** A member's input of step 5, of which nothing is checked. */
  static List<String> shares(RecordReader reader, int size) {
    reader.literal("{");
    reader.field("polynomial", () -> reader.string(MAX_SENT));
    return reader.next("secrets", () -> reader.arrayOf(size, _ -> reader.string(MAX_SENT)));
  }

  private void requireOneOfEach(List<String> texts, String place) {
    if (texts.size() != size()) {
      throw new RefusedException(RefusalReason.WRONG_COUNT, place);
    }
  }

  private static <T> List<T> each(
      String place, List<String> texts, Function<RecordReader, T> reader) {
    var read = new ArrayList<T>();
    for (int i = 0; i < texts.size(); i++) {
      read.add(one(place, i, texts.get(i), reader));
    }
    return read;
  }

  private static <T> T one(String place, int index, String text, Function<RecordReader, T> reader) {
    try {
      return RecordReader.read(text, reader);
    } catch (RefusedException refused) {
      Refusal refusal = refused.refusal();
      throw new RefusedException(refusal.within(place + "[" + index + "]"));
    }
  }
}
