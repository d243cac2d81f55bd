package io.madang.gateway.election;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import io.madang.gateway.secret.MasterSecret;
import io.madang.voting.ElectionId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passkeys (W3C Web Authentication, level 3): what a voter's device signs and what of it is
 * believed. A passkey is bound to this gateway's origin and used only after its device has verified
 * the user. Challenges are recognised by their own seal; nothing is stored for those who only ask.
 */
final class Passkeys {
  private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);
  private static final int NONCE_LENGTH = 16;
  private static final int WORDS_LENGTH = Long.BYTES + NONCE_LENGTH;
  private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.RS256);

  private final MasterSecret secret;
  private final Clock clock;
  private final Origin origin;
  private final String host;
  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);

  /** Attestation is not asked for: whose device it is does not matter, and would say too much. */
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

  /**
   * Passkeys of one origin.
   *
   * @param publicOrigin where browsers find this gateway
   */
  Passkeys(MasterSecret secret, Clock clock, String publicOrigin) {
    this.secret = secret;
    this.clock = clock;
    this.origin = new Origin(publicOrigin);
    this.host = URI.create(publicOrigin).getHost();
  }

  /** What a challenge is given for; it is of no use for the other. */
  enum Use {
    REGISTRATION,
    SIGN_IN
  }

  /**
   * A passkey that was made.
   *
   * @param id the credential's identifier
   * @param data its public key with all that belongs to it, as the device wrote it
   * @param counter of its signatures; 0 where the device does not count
   */
  record Passkey(byte[] id, byte[] data, long counter) {}

  /** What says to be signed by a passkey of this identifier. */
  record Response(byte[] id, AuthenticationData data) {}

  /** A response that was believed, and the challenge that it answers, which is used up. */
  record Believed<T>(T value, byte[] usedChallenge, long expiresMillis) {}

  /** {@code PublicKeyCredentialCreationOptionsJSON}. */
  JsonObject registration(ElectionId election, byte[] voterKey, Voter voter) {
    var parameters = new JsonArray();
    for (var algorithm : ALGORITHMS) {
      parameters.add(new JsonObject().put("type", "public-key").put("alg", algorithm.getValue()));
    }
    return new JsonObject()
        .put("challenge", challenge(Use.REGISTRATION, election))
        .put("rp", new JsonObject().put("id", host).put("name", "Madang"))
        .put(
            "user",
            new JsonObject()
                .put("id", encode(voterKey))
                .put("name", voter.id())
                .put("displayName", voter.name().isEmpty() ? voter.id() : voter.name()))
        .put("pubKeyCredParams", parameters)
        .put("timeout", CHALLENGE_LIFE.toMillis())
        .put("attestation", "none")
        .put(
            "authenticatorSelection",
            new JsonObject()
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required"));
  }

  /** {@code PublicKeyCredentialRequestOptionsJSON}: the same for everybody, known or not. */
  JsonObject signIn(ElectionId election) {
    return new JsonObject()
        .put("challenge", challenge(Use.SIGN_IN, election))
        .put("rpId", host)
        .put("timeout", CHALLENGE_LIFE.toMillis())
        .put("userVerification", "required");
  }

  /** Reads the response to {@link #registration}; empty when it is not to be believed. */
  Optional<Believed<Passkey>> register(ElectionId election, JsonObject response) {
    try {
      RegistrationData data = manager.parseRegistrationResponseJSON(response.encode());
      var challenge = challenge(data.getCollectedClientData());
      var expires = expiry(Use.REGISTRATION, election, challenge);
      if (expires.isEmpty()) return Optional.empty();
      var allowed =
          ALGORITHMS.stream()
              .map(
                  one -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, one))
              .toList();
      manager.verify(data, new RegistrationParameters(property(challenge), allowed, true, true));
      var attestation = data.getAttestationObject();
      if (attestation == null) return Optional.empty();
      var authenticator = attestation.getAuthenticatorData();
      var credential = authenticator.getAttestedCredentialData();
      if (credential == null) return Optional.empty();
      var passkey =
          new Passkey(
              credential.getCredentialId(),
              credentials.convert(credential),
              authenticator.getSignCount());
      return Optional.of(new Believed<>(passkey, challenge, expires.get()));
    } catch (DataConversionException | VerificationException notBelieved) {
      return Optional.empty();
    }
  }

  /** Reads the response to {@link #signIn} without believing it; empty when it is none. */
  Optional<Response> read(JsonObject response) {
    try {
      if (!(response.getValue("rawId") instanceof String id)) return Optional.empty();
      var data = manager.parseAuthenticationResponseJSON(response.encode());
      return Optional.of(new Response(Base64.getUrlDecoder().decode(id), data));
    } catch (DataConversionException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Believes a response of this passkey, or not; gives the counter of its signatures. */
  Optional<Believed<Long>> verify(ElectionId election, AuthenticationData data, Passkey passkey) {
    try {
      var challenge = challenge(data.getCollectedClientData());
      var expires = expiry(Use.SIGN_IN, election, challenge);
      if (expires.isEmpty()) return Optional.empty();
      var record =
          new CredentialRecordImpl(
              new NoneAttestationStatement(),
              true,
              null, // whether it may be copied to other devices is the voter's to decide
              null,
              passkey.counter(),
              credentials.convert(passkey.data()),
              new AuthenticationExtensionsAuthenticatorOutputs<>(),
              null,
              null,
              null);
      var verified =
          manager.verify(
              data, new AuthenticationParameters(property(challenge), record, null, true, true));
      var signed = verified.getAuthenticatorData();
      return signed == null
          ? Optional.empty()
          : Optional.of(new Believed<>(signed.getSignCount(), challenge, expires.get()));
    } catch (DataConversionException | VerificationException notBelieved) {
      return Optional.empty();
    }
  }

  private ServerProperty property(byte[] challenge) {
    return new ServerProperty(origin, host, new DefaultChallenge(challenge));
  }

  private static byte[] challenge(@Nullable CollectedClientData client) {
    if (client == null || client.getChallenge() == null) return new byte[0];
    return client.getChallenge().getValue();
  }

  private String challenge(Use use, ElectionId election) {
    byte[] words =
        ByteBuffer.allocate(WORDS_LENGTH)
            .putLong(clock.millis() + CHALLENGE_LIFE.toMillis())
            .put(MasterSecret.random(NONCE_LENGTH))
            .array();
    byte[] seal = seal(use, election, words);
    return encode(ByteBuffer.allocate(words.length + seal.length).put(words).put(seal).array());
  }

  private Optional<Long> expiry(Use use, ElectionId election, byte[] challenge) {
    if (challenge.length <= WORDS_LENGTH) return Optional.empty();
    byte[] words = Arrays.copyOf(challenge, WORDS_LENGTH);
    byte[] seal = Arrays.copyOfRange(challenge, WORDS_LENGTH, challenge.length);
    long expires = ByteBuffer.wrap(words).getLong();
    return MessageDigest.isEqual(seal, seal(use, election, words)) && expires >= clock.millis()
        ? Optional.of(expires)
        : Optional.empty();
  }

  private byte[] seal(Use use, ElectionId election, byte[] words) {
    return secret.hash("passkey challenge " + use + " " + election, words);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
