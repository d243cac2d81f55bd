package io.madang.gateway.demo;

import io.madang.gateway.client.GatewayClient;
import io.madang.gateway.election.MailFolder;
import io.madang.gateway.election.Post;
import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.ElectionId;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * The registrar of a sample election: makes the credentials, gives the public ones to the gateway
 * and the private ones to the voters' mailbox, which the gateway's database knows nothing of.
 */
final class SampleRegistrar {
  private static final Randomness RANDOMNESS = new SecureRandom()::nextBytes;

  private final GatewayClient desk;
  private final ElectionId election;
  private final Group group;

  /**
   * A registrar.
   *
   * @param link the token that the administrator handed over
   */
  SampleRegistrar(GatewayClient anyone, String link, ElectionId election, Group group) {
    this.desk = anyone.with(link);
    this.election = election;
    this.group = group;
  }

  /** Makes all credentials, and gives the public ones to the gateway. */
  Map<String, Credential> work() {
    var credentials = new TreeMap<String, Credential>();
    var entries = new ArrayList<CredentialList.Entry>();
    var voters = desk.get("/v1/election-drafts/" + election + "/registrar").getJsonArray("voters");
    for (var each : voters) {
      var voter = (JsonObject) each;
      var credential = Credential.random(RANDOMNESS);
      credentials.put(voter.getString("voter"), credential);
      entries.add(
          new CredentialList.Entry(
              credential.publicCredential(election, group), voter.getLong("weight")));
    }
    desk.putBytes(
        "/v1/election-drafts/" + election + "/credentials", CredentialList.toRecord(entries));
    return credentials;
  }

  /**
   * Sends each voter a letter with a credential.
   *
   * @param fingerprint of the election, which the booth shows: who compares them is in no other one
   */
  void sendLetters(MailFolder mailbox, Map<String, Credential> credentials, String fingerprint) {
    credentials.forEach((voter, credential) -> send(mailbox, voter, credential, fingerprint));
  }

  private void send(MailFolder mailbox, String voter, Credential credential, String fingerprint) {
    var text =
        """
        투표에 쓸 비밀 자격이에요. 아무에게도 알려 주지 마세요.
        This is your secret credential for the election. Tell it to nobody.

        %s

        투표소에 보이는 선거 지문이 이것과 같은지 비교해 주세요.
        Compare the election's fingerprint in the booth with this one.

        Fingerprint: %s
        """
            .formatted(credential.secretText(), fingerprint);
    try {
      mailbox.write(
          new Post.Message(
              Post.Kind.CREDENTIAL,
              election,
              SampleVoter.contact(voter),
              "투표 자격 / Your credential",
              text));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
