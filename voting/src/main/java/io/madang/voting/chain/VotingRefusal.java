package io.madang.voting.chain;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.voting.record.RefusalReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every reason for which the voting channel refuses a transaction. Codes and names are stable;
 * {@code docs/refusals-voting.md} lists them. Those from 100 on are the protocol's own reasons
 * ({@link RefusalReason}), under the same names.
 */
public enum VotingRefusal {
  MALFORMED(1, false, "The transaction is not well-formed."),
  WRONG_CHAIN(2, false, "The transaction was signed for another chain."),
  UNKNOWN_PURPOSE(3, false, "No transaction of the voting channel has this purpose."),
  EXPIRED(5, false, "The time until which the transaction was valid has passed."),
  VALID_TOO_LONG(6, true, "A transaction may be valid for at most 24 hours ahead."),
  DONE_BEFORE(8, false, "The same transaction took effect before."),
  ID_CONFLICT(9, false, "The signer used this id for something else."),
  WRONG_ENVELOPE(10, false, "A ballot's id, key and validity follow from the ballot and the hour."),
  NOT_ADMINISTRATOR(11, false, "Only the administrator of the election may do this."),
  NOT_ATTACHED_KEY(12, false, "Only the key that was fixed when its board opened may do this."),

  UNKNOWN_ELECTION(20, true, "There is no such election."),
  NOT_OPEN_YET(21, true, "The election is not open yet."),
  VOTING_ENDED(22, false, "The voting has ended."),
  ALREADY_OPEN(23, false, "The election has opened: nothing about it changes any more."),
  NOT_CLOSED(24, true, "The voting has not ended yet."),
  TALLY_PUBLISHED(25, false, "The encrypted tally stands already."),
  NOT_DECRYPTING(26, true, "The encrypted tally is not published yet."),
  FINISHED(27, false, "The result stands already."),
  WITHDRAWN(28, false, "The election was withdrawn; its identifier is not used again."),
  IDENTIFIER_TAKEN(29, false, "Another election has this identifier."),

  REPEATED_PART(30, false, "This part is there already."),
  PART_OUT_OF_ORDER(31, true, "The parts of a record come one after the other."),
  RECORDS_TOO_LONG(32, false, "The election's records are longer than allowed."),
  ALREADY_ANNOUNCED(33, false, "The election's records stand; to change them, withdraw it."),
  WRONG_RECORD(34, true, "The parts that were sent do not make the record of this hash."),
  WRONG_ELECTION_ID(35, false, "The election record has another identifier."),
  TIMES_OUT_OF_RANGE(36, false, "An election opens after now and closes within a year of it."),
  BALLOTS_TOO_LONG(37, false, "A ballot of this election would not fit into a transaction."),
  TOO_FEW_BALLOTS(38, false, "Fewer ballots count than the election needs; it has no result."),
  REPEATED_HASH(40, false, "A hash is on this board already, or twice among these."),
  BOARD_FULL(41, false, "The board has no room for so many hashes."),

  TOO_LONG(100, false, "It is longer than any honest record of its kind."),
  NOT_CANONICAL(101, false, "It is not in the one canonical form."),
  OUT_OF_RANGE(102, false, "A number is outside its range."),
  WRONG_COUNT(103, false, "It has more or fewer entries than the election asks for."),
  NOT_IN_THE_GROUP(104, false, "A number or point is no element of the group."),
  UNKNOWN_VERSION(110, false, "The election's version is unknown."),
  UNKNOWN_GROUP(111, false, "The election's group is unknown."),
  UNKNOWN_KIND_OF_QUESTION(112, false, "The election has a kind of question that is not offered."),
  WRONG_IDENTIFIER(113, false, "The election's identifier has not the form of one."),
  WRONG_ELECTION_KEY(114, false, "The election's key is not that of its trustees."),
  REPEATED_CREDENTIAL(115, false, "A credential is twice in the list."),
  WRONG_PROOF_OF_POSSESSION(120, false, "A trustee's key comes without proof of its secret."),
  WRONG_SIGNATURE_OF_TRUSTEE(121, false, "A trustee's signature is wrong."),
  WRONG_CERTIFICATE(122, false, "A trustee's certificate is for something else."),
  WRONG_THRESHOLD(123, false, "The trustees' threshold is impossible."),
  WRONG_VERIFICATION_KEY(124, false, "A verification key does not follow from the commitments."),
  OTHER_ELECTION(130, false, "The ballot names another election or definition."),
  UNKNOWN_CREDENTIAL(131, false, "The credential is not in the election's list."),
  REPEATED_BALLOT(132, false, "This ballot was accepted before; it never is again."),
  REPEATED_CIPHERTEXT(133, false, "The ballot contains a ciphertext that was on the board before."),
  WRONG_INDIVIDUAL_PROOF(134, false, "A choice is not shown to be 0 or 1."),
  WRONG_OVERALL_PROOF(135, false, "The number of choices is not shown to be allowed."),
  WRONG_BLANK_PROOF(136, false, "A blank vote is not shown to be without other choices."),
  WRONG_SIGNED_HASH(137, false, "The signed hash is not that of the ballot."),
  WRONG_SIGNATURE(138, false, "The credential's signature is wrong."),
  WRONG_ENCRYPTED_TALLY(140, false, "The encrypted tally is not that of the last ballots."),
  WRONG_TALLY_COUNT(141, false, "The number or weight of the counted ballots is wrong."),
  UNKNOWN_TRUSTEE(142, false, "The election has no trustee of this number."),
  REPEATED_TRUSTEE(143, false, "This trustee has decrypted already."),
  WRONG_DECRYPTION_PROOF(144, false, "The partial decryption is not shown to be right."),
  NOT_ENOUGH_TRUSTEES(145, true, "Not enough trustees have decrypted."),
  WRONG_RESULT(146, false, "A count is not what the tally decrypts to.");

  private final int code;
  private final boolean retryCanHelp;
  private final String sentence;

  VotingRefusal(int code, boolean retryCanHelp, String sentence) {
    this.code = code;
    this.retryCanHelp = retryCanHelp;
    this.sentence = sentence;
  }

  /** The stable number that enters results. */
  public int code() {
    return code;
  }

  /** The stable kebab-case name, such as {@code repeated-ballot}. */
  public String kebabName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the same bytes may succeed later. */
  public boolean retryCanHelp() {
    return retryCanHelp;
  }

  /** One plain sentence. */
  public String sentence() {
    return sentence;
  }

  /** The refusal with its general sentence. */
  public Refusal refusal() {
    return refusal(sentence);
  }

  /** The refusal with a sentence that says more. */
  public Refusal refusal(String detail) {
    return new Refusal(code, kebabName(), detail, retryCanHelp);
  }

  Outcome.Refused outcome() {
    return new Outcome.Refused(refusal());
  }

  /** The reason behind a refusal, so that a program can switch over all of them. */
  public static Optional<VotingRefusal> of(Refusal refusal) {
    for (var reason : values()) {
      if (reason.code == refusal.code()) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  /** The chain's refusal for one of the protocol, with its place in the record. */
  static Outcome.Refused of(io.madang.voting.record.Refusal refusal) {
    // Reasons that concern no transaction have no name here; a chain must not stop if one came.
    var reason =
        Arrays.stream(values())
            .filter(one -> one.name().equals(refusal.reason().name()))
            .findFirst()
            .orElse(MALFORMED);
    return new Outcome.Refused(reason.refusal(reason.sentence + " (" + refusal + ")"));
  }
}
