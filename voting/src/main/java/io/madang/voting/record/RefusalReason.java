package io.madang.voting.record;

/** Every reason for which a record of an election is refused. */
public enum RefusalReason {
  // Form.
  /** Longer than any honest record of its kind. */
  TOO_LONG("too-long"),
  /** Not the one text form: wrong field, order, white space, digits, or something follows. */
  NOT_CANONICAL("not-canonical"),
  /** A number outside its range, such as an exponent that is not below the group's order. */
  OUT_OF_RANGE("out-of-range"),
  /** More or fewer entries than the election's questions or trustees ask for. */
  WRONG_COUNT("wrong-count"),
  /** A number or point that is not an element of the group. */
  NOT_IN_THE_GROUP("not-in-the-group"),

  // Election.
  /** A version of the election format other than 1. */
  UNKNOWN_VERSION("unknown-version"),
  /** A group that we do not offer. */
  UNKNOWN_GROUP("unknown-group"),
  /** A kind of question that we do not offer (ranked, or lists). */
  UNKNOWN_KIND_OF_QUESTION("unknown-kind-of-question"),
  /** An identifier that is not 14 to 64 characters of Base58. */
  WRONG_IDENTIFIER("wrong-identifier"),
  /** The election's key is not the product of its trustees' keys. */
  WRONG_ELECTION_KEY("wrong-election-key"),

  // Credentials.
  /** The same public credential twice in the list. */
  REPEATED_CREDENTIAL("repeated-credential"),

  // Trustees.
  /** A key without proof that somebody knows its secret. */
  WRONG_PROOF_OF_POSSESSION("wrong-proof-of-possession"),
  /** A message of the key ceremony whose signature is wrong. */
  WRONG_SIGNATURE_OF_TRUSTEE("wrong-signature-of-trustee"),
  /** A certificate for another group, number of trustees, threshold or place. */
  WRONG_CERTIFICATE("wrong-certificate"),
  /** A threshold that is not between 1 and the number of trustees, or unlike the commitments. */
  WRONG_THRESHOLD("wrong-threshold"),
  /** A verification key that does not follow from the commitments. */
  WRONG_VERIFICATION_KEY("wrong-verification-key"),
  /** A share that does not fit its sender's commitments. */
  WRONG_SHARE("wrong-share"),
  /** An encrypted message that this key does not open, or whose content was changed. */
  CANNOT_DECRYPT("cannot-decrypt"),
  /** A message for somebody else. */
  WRONG_RECIPIENT("wrong-recipient"),

  // Ballots.
  /** Names another election, or the same one with a changed definition. */
  OTHER_ELECTION("other-election"),
  /** A credential that is not in the election's list. */
  UNKNOWN_CREDENTIAL("unknown-credential"),
  /** These very bytes are on the board already. Final: a retry never helps. */
  REPEATED_BALLOT("repeated-ballot"),
  /** A ciphertext that is on the board already, or twice in this ballot. Final. */
  REPEATED_CIPHERTEXT("repeated-ciphertext"),
  /** A choice is not shown to be 0 or 1. */
  WRONG_INDIVIDUAL_PROOF("wrong-individual-proof"),
  /** The number of choices is not shown to be allowed. */
  WRONG_OVERALL_PROOF("wrong-overall-proof"),
  /** A blank vote is not shown to be without other choices. */
  WRONG_BLANK_PROOF("wrong-blank-proof"),
  /** The signed hash is not that of the ballot. */
  WRONG_SIGNED_HASH("wrong-signed-hash"),
  /** The credential's signature is wrong. */
  WRONG_SIGNATURE("wrong-signature"),

  // Order of events.
  /** An event that cannot follow what happened before, such as a ballot after the close. */
  WRONG_ORDER("wrong-order"),

  // Tally and result.
  /** The encrypted tally is not that of the last ballots. */
  WRONG_ENCRYPTED_TALLY("wrong-encrypted-tally"),
  /** The number of counted ballots, or the sum of their weights, is wrong. */
  WRONG_TALLY_COUNT("wrong-tally-count"),
  /** A trustee's number that the election does not have. */
  UNKNOWN_TRUSTEE("unknown-trustee"),
  /** A second partial decryption of the same trustee. */
  REPEATED_TRUSTEE("repeated-trustee"),
  /** A partial decryption that is not shown to be right. */
  WRONG_DECRYPTION_PROOF("wrong-decryption-proof"),
  /** Not enough trustees have decrypted. */
  NOT_ENOUGH_TRUSTEES("not-enough-trustees"),
  /** A count that is not what the tally decrypts to. */
  WRONG_RESULT("wrong-result"),

  // Archive.
  /** Bytes that are not the one form of a record's header. */
  WRONG_HEADER("wrong-header"),
  /** The archive ends within a record, or without a setup. */
  TRUNCATED("truncated"),
  /** A record whose name is not the hash of its content. */
  WRONG_HASH("wrong-hash"),
  /** An event whose parent or height does not continue the chain. */
  BROKEN_CHAIN("broken-chain"),
  /** A data record that no event refers to, one that is missing, or a wrong order of them. */
  MISPLACED_RECORD("misplaced-record"),
  /** A kind of event that our elections do not have. */
  UNKNOWN_EVENT("unknown-event"),
  /** The archive that was expected to grow has changed or shrunk. */
  NOT_AN_EXTENSION("not-an-extension");

  private final String code;

  RefusalReason(String code) {
    this.code = code;
  }

  /** A stable name for messages, APIs and translations. */
  public String code() {
    return code;
  }
}
