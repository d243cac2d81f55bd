package io.madang.voting.ballot;

import io.madang.voting.Credential;
import io.madang.voting.Election;
import io.madang.voting.Question;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.group.SecretBase;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.proof.Disjunction;
import io.madang.voting.proof.KnowledgeProof;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Digest;
import io.madang.voting.record.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Encrypts votes and proves that they are allowed: what a voter's device does. Size and amount of
 * work do not depend on the choice; the order of the work inside a proof does, which only an
 * observer on the same processor could tell.
 */
public final class BallotMaker {
  private final Election election;
  private final Group group;
  private final SecretBase keyPowers;

  /** Prepares an election's key for encryption. */
  public BallotMaker(Election election) {
    this.election = election;
    group = election.group();
    keyPowers = election.publicKey().secretBase();
  }

  /**
   * Makes a ballot.
   *
   * @param choices for each question a 0 or 1 for each choice, blank first where it is offered
   * @throws IllegalArgumentException when the choices are not allowed ({@link Question#allows})
   */
  public byte[] make(Credential credential, List<List<Integer>> choices, Randomness randomness) {
    var exponent = credential.exponent(election.id(), group);
    var publicCredential = group.secretGeneratorPowers().secretPower(exponent).text();
    if (choices.size() != election.questions().size()) {
      throw new IllegalArgumentException("an answer for each question, please");
    }
    var statements = new Statements(election, publicCredential);
    var answers = new ArrayList<String>();
    for (int i = 0; i < choices.size(); i++) {
      var question = election.questions().get(i);
      if (!question.allows(choices.get(i))) {
        throw new IllegalArgumentException("question " + i + " does not allow this choice");
      }
      answers.add(answer(statements, question, choices.get(i), randomness));
    }
    var fields =
        "{\"election_uuid\":\""
            + election.id()
            + "\",\"election_hash\":\""
            + election.fingerprint()
            + "\",\"credential\":\""
            + publicCredential
            + "\",\"answers\":"
            + Json.array(answers, answer -> answer);
    var hash = Digest.base64((fields + "}").getBytes(StandardCharsets.UTF_8));
    var signature = KnowledgeProof.prove(group, exponent, Statements.signature(hash), randomness);
    var ballot =
        fields + ",\"signature\":{\"hash\":\"" + hash + "\",\"proof\":" + signature.json() + "}}";
    return ballot.getBytes(StandardCharsets.UTF_8);
  }

  private String answer(
      Statements statements, Question question, List<Integer> choice, Randomness source) {
    var secrets = new ArrayList<Scalar>();
    var choices = new ArrayList<Ciphertext>();
    var individualProofs = new ArrayList<List<Proof>>();
    for (int message : choice) {
      var secret = group.scalars().random(source);
      var ciphertext = encrypt(message, secret);
      secrets.add(secret);
      choices.add(ciphertext);
      individualProofs.add(
          Disjunction.prove(
              group,
              keyPowers,
              statements.individual(ciphertext.text()),
              List.of(new Disjunction.Claim(ciphertext, 0), new Disjunction.Claim(ciphertext, 1)),
              message,
              secret,
              source));
    }
    var sums = OverallClaims.Sums.of(question, choices);
    var secretOfChosen =
        secrets.stream().skip(question.blank() ? 1 : 0).reduce(Scalar::plus).orElseThrow();
    boolean votesBlank = question.blank() && choice.getFirst() == 1;
    int chosen = choice.stream().mapToInt(Integer::intValue).sum();

    var overall = OverallClaims.overall(question);
    var overallTruth =
        votesBlank
            ? new OverallClaims.Claim(OverallClaims.About.BLANK, 1)
            : new OverallClaims.Claim(OverallClaims.About.CHOSEN, chosen);
    var overallProof =
        prove(
            statements.overall(question, choices, sums.chosen()),
            overall,
            sums,
            overall.indexOf(overallTruth),
            votesBlank ? secrets.getFirst() : secretOfChosen,
            source);
    List<Proof> blankProof = List.of();
    if (question.blank()) {
      blankProof =
          prove(
              statements.blank(choices),
              OverallClaims.blank(),
              sums,
              votesBlank ? 1 : 0,
              votesBlank ? secretOfChosen : secrets.getFirst(),
              source);
    }
    return EncryptedAnswer.json(choices, individualProofs, overallProof, blankProof);
  }

  private List<Proof> prove(
      String statement,
      List<OverallClaims.Claim> claims,
      OverallClaims.Sums sums,
      int truth,
      Scalar secret,
      Randomness source) {
    var claimed =
        claims.stream()
            .map(claim -> new Disjunction.Claim(sums.about(claim), claim.message()))
            .toList();
    return Disjunction.prove(group, keyPowers, statement, claimed, truth, secret, source);
  }

  private Ciphertext encrypt(int message, Scalar secret) {
    // g^0 takes the same steps as g^1.
    var gPowers = group.secretGeneratorPowers();
    return new Ciphertext(
        gPowers.secretPower(secret),
        keyPowers.secretPower(secret).times(gPowers.secretPower(group.scalars().of(message))));
  }
}
