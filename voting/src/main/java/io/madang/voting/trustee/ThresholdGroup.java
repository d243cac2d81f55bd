package io.madang.voting.trustee;

import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Scalar;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Json;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The public outcome of a key ceremony (Pedersen 1991): any {@code threshold} of its members
 * decrypt together, fewer learn nothing.
 *
 * @param members the members' verification keys, in the order of their indexes from 1
 * @param electionKeyPart this group's factor of the election's key
 */
record ThresholdGroup(int threshold, List<Element> members, Element electionKeyPart, String json)
    implements TrusteeParty {

  /** A member's verification key as published, with the member's signature of it. */
  record MemberKey(TrusteeKey key, Optional<Proof> signature) {
    static MemberKey read(RecordReader reader, Group group) {
      reader.literal("{");
      var key = TrusteeKey.readFields(reader, group);
      Optional<Proof> signature = Optional.empty();
      if (reader.hasNext("signature")) {
        signature =
            Optional.of(reader.next("signature", () -> Proof.read(reader, group.scalars())));
      }
      reader.literal("}");
      return new MemberKey(key, signature);
    }

    String json() {
      return "{"
          + key.fields()
          + signature.map(proof -> ",\"signature\":" + proof.json()).orElse("")
          + "}";
    }
  }

  /** Reads the parameters and checks every signature, commitment and key in them. */
  static ThresholdGroup read(RecordReader reader, Group group) {
    int max = Certificate.Place.MAX_SIZE;
    int start = reader.position();
    reader.literal("{");
    int threshold = reader.field("threshold", () -> (int) reader.number(1, max));
    var certificates =
        reader.next("certs", () -> reader.array(max, _ -> Certificate.read(reader, group)));
    int size = certificates.size();
    // The form of belenios-tool 2.0 binds less together: no places, no signatures below.
    boolean bound = certificates.stream().anyMatch(certificate -> certificate.place().isPresent());
    if (threshold > size) {
      throw reader.refused(RefusalReason.WRONG_THRESHOLD);
    }
    if (bound) {
      KeyCeremony.requirePlaces(reader, certificates, threshold);
    }
    var commitments =
        reader.next(
            "coefexps",
            () ->
                reader.arrayOf(
                    size,
                    index -> {
                      var read = Commitments.read(reader, group);
                      var sender = certificates.get(index).verification();
                      read.signed().requireFrom(reader, group, sender);
                      if (read.elements().size() != threshold) {
                        throw reader.refused(RefusalReason.WRONG_THRESHOLD);
                      }
                      return read;
                    }));
    if (bound) {
      reader.next(
          "signatures",
          () ->
              reader.arrayOf(
                  size,
                  index -> {
                    var signature = Proof.read(reader, group.scalars());
                    var message =
                        Commitments.messageWithCertificates(
                            certificates, commitments.get(index).elements());
                    var sender = certificates.get(index).verification();
                    SignedMessage.requireSigned(reader, group, sender, message, signature);
                    return signature;
                  }));
    }
    var keys =
        reader.next(
            "verification_keys",
            () ->
                reader.arrayOf(
                    size,
                    index -> {
                      var member = MemberKey.read(reader, group);
                      requireRight(
                          reader, group, member, certificates.get(index), commitments, index + 1);
                      return member;
                    }));
    reader.literal("}");
    var members = keys.stream().map(member -> member.key().publicKey()).toList();
    var part =
        commitments.stream()
            .map(one -> one.elements().getFirst())
            .reduce(Element::times)
            .orElseThrow(() -> reader.refused(RefusalReason.WRONG_COUNT));
    return new ThresholdGroup(threshold, members, part, reader.since(start));
  }

  /** Stops unless a member's key follows from the commitments of all and is signed by it. */
  static void requireRight(
      RecordReader reader,
      Group group,
      MemberKey member,
      Certificate certificate,
      List<Commitments> commitments,
      int index) {
    var publicKey = member.key().publicKey();
    if (!publicKey.equals(verificationKey(group, commitments, index))) {
      throw reader.refused(RefusalReason.WRONG_VERIFICATION_KEY);
    }
    if (member.signature().isPresent() != certificate.place().isPresent()) {
      throw reader.refused(RefusalReason.NOT_CANONICAL);
    }
    if (member.signature().isPresent()) {
      SignedMessage.requireSigned(
          reader, group, certificate.verification(), publicKey.text(), member.signature().get());
    }
  }

  /** What the commitments of all say that the key of a member is. */
  static Element verificationKey(Group group, List<Commitments> commitments, int index) {
    return commitments.stream()
        .map(one -> one.at(group, index))
        .reduce(group.one(), Element::times);
  }

  static String json(
      int threshold,
      List<Certificate> certificates,
      List<Commitments> commitments,
      List<Proof> signatures,
      List<MemberKey> keys) {
    return "{\"threshold\":"
        + threshold
        + ",\"certs\":"
        + Json.array(certificates, certificate -> certificate.signed().json())
        + ",\"coefexps\":"
        + Json.array(commitments, one -> one.signed().json())
        + ",\"signatures\":"
        + Json.array(signatures, Proof::json)
        + ",\"verification_keys\":"
        + Json.array(keys, MemberKey::json)
        + "}";
  }

  @Override
  public Optional<List<Exponent>> exponents(Group group, NavigableMap<Integer, ?> owners) {
    if (owners.size() < threshold) {
      return Optional.empty();
    }
    var chosen = owners.keySet().stream().limit(threshold).toList();
    var exponents = new ArrayList<Exponent>();
    for (int index : chosen) {
      exponents.add(new Exponent(index, lagrange(group, chosen, index)));
    }
    return Optional.of(exponents);
  }

  /** The coefficient of a member at 0 among the chosen (Lagrange): product of k / (k - j). */
  static Scalar lagrange(Group group, List<Integer> chosen, int index) {
    var scalars = group.scalars();
    var coefficient = scalars.one();
    for (int other : chosen) {
      if (other != index) {
        coefficient =
            coefficient.times(scalars.of(other)).times(scalars.of(other - index).inverse());
      }
    }
    return coefficient;
  }

  @Override
  public String recordJson() {
    return "[\"Pedersen\"," + json + "]";
  }
}
