package io.madang.voting.trustee;

import io.madang.voting.Base58;
import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Json;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A member's secret side of the key ceremony; it runs on the trustee's own device. All follows from
 * a seed of 22 characters, which is to be kept. Never shown by {@link #toString()}.
 */
public final class ThresholdTrustee {
  private static final int SEED_LENGTH = 22;
  private static final int MAX_TEXT = 5 << 20;

  private final Group group;
  private final String seed;
  private final Scalar signingKey;
  private final Scalar openingKey;

  private ThresholdTrustee(Group group, String seed) {
    this.group = group;
    this.seed = seed;
    signingKey = group.scalars().ofBytes(Digest.of("sk|" + seed));
    openingKey = group.scalars().ofBytes(Digest.of("dk|" + seed));
  }

  /** A new member. */
  public static ThresholdTrustee random(Group group, Randomness randomness) {
    return new ThresholdTrustee(group, Base58.random(SEED_LENGTH, randomness));
  }

  /** The member of a seed; empty when it cannot be one. */
  public static Optional<ThresholdTrustee> ofSeed(Group group, String seed) {
    return seed.length() == SEED_LENGTH && Base58.holds(seed)
        ? Optional.of(new ThresholdTrustee(group, seed))
        : Optional.empty();
  }

  /** The seed, to be stored where only the trustee can read it. */
  public String secretSeed() {
    return seed;
  }

  private Element publicKey(Scalar secret) {
    return group.secretGeneratorPowers().secretPower(secret);
  }

  /**
   * Step 1: the certificate for a place.
   *
   * @param index the member's place, from 1 to {@code size}
   * @throws IllegalArgumentException when there is no such place
   */
  public String certificate(int size, int threshold, int index, Randomness randomness) {
    var place = new Certificate.Place(size, threshold, index);
    var message = Certificate.message(group, place, publicKey(signingKey), publicKey(openingKey));
    return SignedMessage.sign(group, signingKey, message, randomness).json();
  }

  /** Step 3: a secret polynomial, committed to and shared out. */
  public String polynomial(KeyCeremony ceremony, Randomness randomness) {
    var coefficients = new ArrayList<Scalar>();
    for (int i = 0; i < ceremony.threshold(); i++) {
      coefficients.add(group.scalars().random(randomness));
    }
    var elements = coefficients.stream().map(this::publicKey).toList();
    var shares = new ArrayList<String>();
    for (int i = 0; i < ceremony.size(); i++) {
      var share = "{\"secret\":\"" + at(coefficients, i + 1).decimal() + "\"}";
      shares.add(send(ceremony.certificates().get(i).encryption(), share, randomness));
    }
    var own =
        "{\"polynomial\":" + Json.array(coefficients, one -> Json.string(one.decimal())) + "}";
    var commitments =
        new Commitments(
            elements,
            SignedMessage.sign(group, signingKey, Commitments.message(elements), randomness));
    var binding = Commitments.messageWithCertificates(ceremony.certificates(), elements);
    return new KeyCeremony.Polynomial(
            send(publicKey(openingKey), own, randomness),
            shares,
            commitments,
            SignedMessage.signature(group, signingKey, binding, randomness))
        .json();
  }

  private Scalar at(List<Scalar> coefficients, int index) {
    var x = group.scalars().of(index);
    var result = group.scalars().zero();
    for (var coefficient : coefficients.reversed()) {
      result = result.times(x).plus(coefficient);
    }
    return result;
  }

  /** Signs a message for a recipient, and encrypts both. */
  private String send(Element recipient, String message, Randomness randomness) {
    var addressed =
        "{\"recipient\":\"" + recipient.text() + "\",\"message\":" + Json.string(message) + "}";
    var signed = SignedMessage.sign(group, signingKey, addressed, randomness);
    return SealedMessage.seal(group, recipient, signed.json(), randomness).json();
  }

  /** Opens what {@code sender} sent to this member. Stops unless it is signed and addressed so. */
  private String open(String sealed, Element sender) {
    return RecordReader.read(
        sealed,
        reader -> {
          var signed =
              RecordReader.read(
                  SealedMessage.read(reader, group).open(reader, openingKey),
                  inner -> SignedMessage.read(inner, group));
          signed.requireFrom(reader, group, sender);
          return RecordReader.read(signed.message(), this::addressed);
        });
  }

  private String addressed(RecordReader reader) {
    reader.literal("{");
    var recipient = reader.field("recipient", () -> reader.element(group));
    var message = reader.next("message", () -> reader.string(MAX_TEXT));
    reader.literal("}");
    if (!recipient.equals(publicKey(openingKey))) {
      throw reader.refused(RefusalReason.WRONG_RECIPIENT);
    }
    return message;
  }

  /**
   * Step 5: checks what the others sent to this member, and answers with the member's verification
   * key. The answer also holds the decryption key, encrypted to the member itself, which is what
   * {@link #decryptionKey} reads later.
   *
   * @param index the member's place, from 1
   * @param input what {@link KeyCeremony#route} gave for it
   */
  public Reading<String> receive(
      KeyCeremony ceremony, int index, String input, Randomness randomness) {
    return Reading.of(
        () -> RecordReader.read(input, reader -> answer(ceremony, index, reader, randomness)));
  }

  private String answer(
      KeyCeremony ceremony, int index, RecordReader reader, Randomness randomness) {
    int size = ceremony.size();
    var sealedShares = KeyCeremony.shares(reader, size);
    var commitments =
        reader.next("coefexps", () -> reader.arrayOf(size, i -> ceremony.commitments(reader, i)));
    reader.next(
        "signatures",
        () -> reader.arrayOf(size, i -> ceremony.bindingSignature(reader, i, commitments.get(i))));
    reader.literal("}");
    var decryptionKey = group.scalars().zero();
    for (int i = 0; i < size; i++) {
      var sender = ceremony.certificates().get(i).verification();
      var share = share(open(sealedShares.get(i), sender));
      if (!publicKey(share).equals(commitments.get(i).at(group, index))) {
        throw reader.refused(RefusalReason.WRONG_SHARE);
      }
      decryptionKey = decryptionKey.plus(share);
    }
    var key = TrusteeKey.of(group, decryptionKey, randomness);
    var signature = SignedMessage.signature(group, signingKey, key.publicKey().text(), randomness);
    var own = "{\"decryption_key\":\"" + decryptionKey.decimal() + "\"}";
    return new KeyCeremony.Answer(
            send(publicKey(openingKey), own, randomness),
            new ThresholdGroup.MemberKey(key, Optional.of(signature)))
        .json();
  }

  private Scalar share(String text) {
    return RecordReader.read(text, reader -> wrapped(reader, "secret"));
  }

  private Scalar wrapped(RecordReader reader, String name) {
    reader.literal("{");
    var scalar = reader.field(name, () -> reader.scalar(group.scalars()));
    reader.literal("}");
    return scalar;
  }

  /**
   * The encrypted decryption key inside an answer of step 5: what belenios-tool stores as .dkey.
   */
  public static Reading<String> sealedDecryptionKey(Group group, String answer) {
    return Reading.of(
        () -> RecordReader.read(answer, reader -> KeyCeremony.answer(reader, group)).privateKey());
  }

  /** Opens this member's decryption key. */
  public Reading<Scalar> decryptionKey(String sealed) {
    return Reading.of(
        () ->
            RecordReader.read(
                open(sealed, publicKey(signingKey)), reader -> wrapped(reader, "decryption_key")));
  }

  @Override
  public String toString() {
    return "a member of a key ceremony";
  }
}
