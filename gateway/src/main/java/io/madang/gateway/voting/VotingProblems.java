package io.madang.gateway.voting;

import io.madang.chain.ChainApplication.Refusal;
import io.madang.gateway.http.Problem;
import io.madang.voting.chain.VotingRefusal;
import java.util.Map;

/** What the voting channel and the signature check refuse, as problems. */
public final class VotingProblems {
  private VotingProblems() {}

  /** The problem that a refusal becomes. Name, detail and retry are the refusal's own. */
  public static Problem of(Refusal refusal) {
    var known = VotingRefusal.of(refusal);
    return new Problem(
        refusal.name(),
        known.map(VotingProblems::status).orElse(422),
        known.map(VotingRefusal::sentence).orElse(refusal.detail()),
        refusal.detail(),
        refusal.retryCanHelp(),
        Map.of("code", refusal.code()),
        Map.of());
  }

  /** The problem of a reason that is found before the channel is asked. */
  public static Problem of(VotingRefusal reason) {
    return of(reason.refusal());
  }

  /** No default: a new refusal must choose its status to compile. */
  public static int status(VotingRefusal refusal) {
    return switch (refusal) {
      case MALFORMED, UNKNOWN_PURPOSE -> 400;
      case NOT_ADMINISTRATOR, NOT_ATTACHED_KEY, UNKNOWN_CREDENTIAL -> 403;
      case UNKNOWN_ELECTION, UNKNOWN_TRUSTEE -> 404;
      case DONE_BEFORE,
          ID_CONFLICT,
          NOT_OPEN_YET,
          VOTING_ENDED,
          ALREADY_OPEN,
          NOT_CLOSED,
          TALLY_PUBLISHED,
          NOT_DECRYPTING,
          FINISHED,
          WITHDRAWN,
          IDENTIFIER_TAKEN,
          TOO_FEW_BALLOTS,
          REPEATED_PART,
          PART_OUT_OF_ORDER,
          ALREADY_ANNOUNCED,
          REPEATED_HASH,
          BOARD_FULL,
          REPEATED_BALLOT,
          REPEATED_CIPHERTEXT,
          REPEATED_TRUSTEE,
          NOT_ENOUGH_TRUSTEES ->
          409;
      case WRONG_CHAIN,
          EXPIRED,
          VALID_TOO_LONG,
          WRONG_ENVELOPE,
          RECORDS_TOO_LONG,
          WRONG_RECORD,
          WRONG_ELECTION_ID,
          TIMES_OUT_OF_RANGE,
          BALLOTS_TOO_LONG,
          TOO_LONG,
          NOT_CANONICAL,
          OUT_OF_RANGE,
          WRONG_COUNT,
          NOT_IN_THE_GROUP,
          UNKNOWN_VERSION,
          UNKNOWN_GROUP,
          UNKNOWN_KIND_OF_QUESTION,
          WRONG_IDENTIFIER,
          WRONG_ELECTION_KEY,
          REPEATED_CREDENTIAL,
          WRONG_PROOF_OF_POSSESSION,
          WRONG_SIGNATURE_OF_TRUSTEE,
          WRONG_CERTIFICATE,
          WRONG_THRESHOLD,
          WRONG_VERIFICATION_KEY,
          OTHER_ELECTION,
          WRONG_INDIVIDUAL_PROOF,
          WRONG_OVERALL_PROOF,
          WRONG_BLANK_PROOF,
          WRONG_SIGNED_HASH,
          WRONG_SIGNATURE,
          WRONG_ENCRYPTED_TALLY,
          WRONG_TALLY_COUNT,
          WRONG_DECRYPTION_PROOF,
          WRONG_RESULT ->
          422;
    };
  }
}
