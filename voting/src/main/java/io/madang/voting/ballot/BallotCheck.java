package io.madang.voting.ballot;

import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.Question;
import io.madang.voting.Tracker;
import io.madang.voting.group.Candidate;
import io.madang.voting.group.FixedBase;
import io.madang.voting.group.Group;
import io.madang.voting.group.Scalar;
import io.madang.voting.proof.Ciphertext;
import io.madang.voting.proof.Disjunction;
import io.madang.voting.proof.KnowledgeProof;
import io.madang.voting.proof.Proof;
import io.madang.voting.record.Reading;
import io.madang.voting.record.RecordReader;
import io.madang.voting.record.Refusal;
import io.madang.voting.record.RefusalReason;
import io.madang.voting.record.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that can be said of a ballot without knowing the others: by far the most expensive part of
 * accepting one. Immutable and without state, so ballots may be checked in any order and on many
 * threads.
 *
 * <p>The first fault in this order is named: form and election, credential, signed hash, signature,
 * then for each question membership and individual proofs, the overall proof, the blank proof. What
 * is cheap comes first.
 */
public final class BallotCheck {
  /** Longest ballot, in bytes. */
  public static final int MAX_BYTES = 4 << 20;

  private static final List<Integer> ZERO_OR_ONE = List.of(0, 1);

  private final Election election;
  private final CredentialList credentials;
  private final Group group;
  private final FixedBase keyPowers;

  /** Prepares an election's key (some milliseconds and megabytes) for many ballots. */
  public BallotCheck(Election election, CredentialList credentials) {
    this.election = election;
    this.credentials = credentials;
    group = election.group();
    keyPowers = election.publicKey().fixedBase();
  }

  /** Checks a ballot as it was sent. Never throws. */
  public Reading<CheckedBallot> check(byte[] bytes) {
    return Reading.of(() -> checked(bytes));
  }

  private CheckedBallot checked(byte[] bytes) {
    var ballot = RecordReader.read(bytes, MAX_BYTES, reader -> ParsedBallot.read(reader, election));
    var credential = ballot.credential().text();
    int index =
        credentials
            .index(credential)
            .orElseThrow(() -> refused(RefusalReason.UNKNOWN_CREDENTIAL, "credential"));
    checkSignature(ballot);
    var statements = new Statements(election, credential);
    var answers = new ArrayList<List<Ciphertext>>();
    for (int i = 0; i < ballot.answers().size(); i++) {
      try {
        answers.add(
            checkedAnswer(statements, election.questions().get(i), ballot.answers().get(i)));
      } catch (RefusedException refused) {
        throw new RefusedException(refused.refusal().within("answers[" + i + "]"));
      }
    }
    return new CheckedBallot(Tracker.of(bytes), index, credentials.weight(index), answers);
  }

  private void checkSignature(ParsedBallot ballot) {
    if (!ballot.signedHash().equals(ballot.unsignedHash())) {
      throw refused(RefusalReason.WRONG_SIGNED_HASH, "signature.hash");
    }
    // The list was checked, yet asking again costs little beside the power that is needed anyway.
    var challenge = List.of(ballot.signature().challenge());
    var power = member(ballot.credential(), challenge, "credential").powers().getFirst();
    var statement = Statements.signature(ballot.signedHash());
    if (!KnowledgeProof.holdsForPower(group, ballot.signature(), power, statement)) {
      throw refused(RefusalReason.WRONG_SIGNATURE, "signature.proof");
    }
  }

  private List<Ciphertext> checkedAnswer(
      Statements statements, Question question, EncryptedAnswer answer) {
    var choices = new ArrayList<Ciphertext>();
    for (int i = 0; i < answer.choices().size(); i++) {
      choices.add(
          checkedChoice(statements, answer.choices().get(i), answer.individualProofs().get(i), i));
    }
    var sums = OverallClaims.Sums.of(question, choices);
    if (!holds(
        statements.overall(question, choices, sums.chosen()),
        OverallClaims.overall(question),
        sums,
        answer.overallProof())) {
      throw refused(RefusalReason.WRONG_OVERALL_PROOF, "overall_proof");
    }
    if (question.blank()
        && !holds(statements.blank(choices), OverallClaims.blank(), sums, answer.blankProof())) {
      throw refused(RefusalReason.WRONG_BLANK_PROOF, "blank_proof");
    }
    return choices;
  }

  private Ciphertext checkedChoice(
      Statements statements, Ciphertext.Unchecked choice, List<Proof> proofs, int index) {
    // Membership and both branches need powers of the same two bases.
    var challenges = proofs.stream().map(Proof::challenge).toList();
    var place = "choices[" + index + "]";
    var alpha = member(choice.alpha(), challenges, place + ".alpha");
    var beta = member(choice.beta(), challenges, place + ".beta");
    var branches = new ArrayList<Disjunction.Branch>();
    for (int message : ZERO_OR_ONE) {
      branches.add(
          new Disjunction.Branch(
              message,
              proofs.get(message),
              alpha.powers().get(message),
              beta.powers().get(message)));
    }
    if (!Disjunction.holds(group, keyPowers, statements.individual(choice.text()), branches)) {
      throw refused(RefusalReason.WRONG_INDIVIDUAL_PROOF, "individual_proofs[" + index + "]");
    }
    return new Ciphertext(alpha.element(), beta.element());
  }

  private boolean holds(
      String statement,
      List<OverallClaims.Claim> claims,
      OverallClaims.Sums sums,
      List<Proof> proofs) {
    // Claims about one ciphertext stand together, and so share the squares of its powers.
    var branches = new ArrayList<Disjunction.Branch>();
    for (int i = 0; i < claims.size(); ) {
      int end = i;
      while (end < claims.size() && claims.get(end).about() == claims.get(i).about()) {
        end++;
      }
      branches.addAll(
          Disjunction.Branch.of(
              sums.about(claims.get(i)),
              claims.subList(i, end).stream().map(OverallClaims.Claim::message).toList(),
              proofs.subList(i, end)));
      i = end;
    }
    return Disjunction.holds(group, keyPowers, statement, branches);
  }

  private static Candidate.Member member(
      Candidate candidate, List<Scalar> exponents, String place) {
    return candidate
        .powersIfMember(exponents)
        .orElseThrow(() -> refused(RefusalReason.NOT_IN_THE_GROUP, place));
  }

  private static RefusedException refused(RefusalReason reason, String place) {
    return new RefusedException(new Refusal(reason, place));
  }
}
