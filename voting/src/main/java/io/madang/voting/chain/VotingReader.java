package io.madang.voting.chain;

import io.madang.chain.ChainApplication.Admission;
import io.madang.chain.Statement;
import io.madang.chain.StatementReader;
import io.madang.chain.StatementReading;
import io.madang.chain.json.JsonNumber;
import io.madang.voting.record.Weights;

/**
 * Reads transactions of one voting channel, strictly. Looks at no state; safe for use by many
 * threads.
 */
public final class VotingReader {
  private static final int MAX_PARTS = 1 << 14;
  private static final int MAX_OWNER = 1_000_000;
  private static final int MAX_TITLE_CHARACTERS = 200;
  private static final int MAX_RESULT_CHARACTERS = 10_000;

  private final String chain;

  VotingReader(String chain) {
    this.chain = chain;
  }

  Admission<VotingCandidate> read(byte[] transaction) {
    try {
      return new Admission.Admitted<>(candidate(statement(transaction)));
    } catch (Malformed fault) {
      return new Admission.NotAdmitted<>(fault.refusal().refusal(fault.detail()));
    }
  }

  private static Statement statement(byte[] text) {
    return switch (StatementReader.read(text)) {
      case StatementReading.Read(var statement) -> statement;
      case StatementReading.Refused(var reason, var detail) ->
          throw new Malformed(
              reason == StatementReading.Reason.TOO_LONG
                  ? VotingRefusal.TOO_LONG
                  : VotingRefusal.MALFORMED,
              "The transaction is no statement: " + detail);
    };
  }

  /**
   * What a transaction asks for that took effect.
   *
   * @throws IllegalArgumentException when it is none of this channel
   */
  public static VotingOperation operation(Statement recorded) {
    try {
      var purpose =
          Purpose.parse(recorded.payload().purpose())
              .orElseThrow(() -> new IllegalArgumentException("an unknown purpose"));
      return operation(purpose, new Members(recorded.payload().operation()));
    } catch (Malformed fault) {
      throw new IllegalArgumentException(fault.detail(), fault);
    }
  }

  private VotingCandidate candidate(Statement statement) {
    var payload = statement.payload();
    if (!payload.chain().equals(chain)) {
      throw new Malformed(
          VotingRefusal.WRONG_CHAIN,
          "The transaction was signed for the chain " + payload.chain() + ".");
    }
    var purpose =
        Purpose.parse(payload.purpose())
            .orElseThrow(
                () ->
                    new Malformed(
                        VotingRefusal.UNKNOWN_PURPOSE,
                        "No transaction of the voting channel has the purpose "
                            + payload.purpose()
                            + "."));
    var members = new Members(payload.operation());
    var operation = operation(purpose, members);
    members.end();
    if (operation instanceof VotingOperation.Cast cast
        && !BallotEnvelope.isAround(statement, cast.ballot().toByteArray())) {
      throw new Malformed(VotingRefusal.WRONG_ENVELOPE, VotingRefusal.WRONG_ENVELOPE.sentence());
    }
    return new VotingCandidate(statement, operation);
  }

  private static VotingOperation operation(Purpose purpose, Members in) {
    var election = in.election();
    return switch (purpose) {
      case PART ->
          new VotingOperation.AddPart(
              election,
              in.recordKind("record"),
              (int) in.number("index", 0, MAX_PARTS),
              in.base64("content", VotingOperations.MAX_PART_BYTES));
      case SETUP ->
          new VotingOperation.SetUp(
              election,
              new VotingOperation.Terms(
                  in.number("opensMillis", 0, JsonNumber.MAX),
                  in.number("closesMillis", 0, JsonNumber.MAX),
                  in.number("leastBallots", 1, VotingOperation.Terms.MOST_LEAST_BALLOTS),
                  in.hash("electionHash"),
                  in.hash("trusteesHash"),
                  in.hash("credentialsHash")));
      case WITHDRAW -> new VotingOperation.Withdraw(election);
      case CLOSE -> new VotingOperation.Close(election);
      case BALLOT -> new VotingOperation.Cast(election, in.record("ballot"));
      case TALLY ->
          new VotingOperation.PublishTally(
              election,
              in.record("tally"),
              in.number("ballots", 0, Weights.MAX),
              in.number("weight", 0, Weights.MAX));
      case DECRYPTION ->
          new VotingOperation.Decrypt(
              election, (int) in.number("owner", 1, MAX_OWNER), in.record("decryption"));
      case RESULT -> new VotingOperation.PublishResult(election, in.record("result"));
      case ATTACHED_OPEN -> new VotingOperation.OpenAttached(election, attachedTerms(in));
      case ATTACHED_BALLOTS ->
          new VotingOperation.PostHashes(
              election, in.hashes("hashes", VotingOperations.MAX_HASHES));
      case ATTACHED_CLOSE -> new VotingOperation.CloseAttached(election);
      case ATTACHED_RESULT ->
          new VotingOperation.PublishAttached(
              election,
              new VotingOperation.AttachedResult(
                  in.hash("hash"), in.text("result", MAX_RESULT_CHARACTERS)));
    };
  }

  private static VotingOperation.AttachedTerms attachedTerms(Members in) {
    var title = in.object("title");
    var terms =
        new VotingOperation.AttachedTerms(
            in.key("key"),
            title.text("en", MAX_TITLE_CHARACTERS),
            title.text("ko", MAX_TITLE_CHARACTERS),
            in.number("closesMillis", 0, JsonNumber.MAX));
    title.end();
    return terms;
  }
}
