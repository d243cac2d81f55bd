package io.madang.gateway.http;

/**
 * The gateway's own problems. What the ledger refuses has types of its own, in {@link
 * LedgerProblems}. The name is stable: clients switch over it.
 */
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request does not have the form that the contract asks for"),
  IDEMPOTENCY_KEY_MISSING(400, "This call needs an Idempotency-Key"),
  IDEMPOTENCY_KEY_MALFORMED(400, "The Idempotency-Key is not a string of 1 to 128 characters"),
  UNAUTHORIZED(401, "The call needs a valid token"),
  LOGIN_REFUSED(401, "The login does not open a session"),
  SIGN_IN_REFUSED(
      401, "The voter, the code or the passkey is wrong, or too many were wrong before"),
  FORBIDDEN(403, "This token may not do that"),
  FOREIGN_ORIGIN(403, "Pages of other sites may not call"),
  OVER_REFUND_LIMIT(403, "A manager has to give back this much"),
  OTHER_TILL(403, "The key belongs to another till"),
  PHONE_NOT_PROVEN(403, "The number was not shown to be the caller's"),
  BALLOT_NEEDS_VOTER(403, "A ballot is cast by a signed-in voter, at its election's own address"),
  NOT_FOUND(404, "There is nothing here"),
  NO_SUCH_PAYEE(404, "Nobody can be paid by this"),
  NO_SUCH_CHARGE(404, "No charge with this reference waits for its money"),
  NO_SUCH_INTENT(404, "There is no such intent"),
  NO_SUCH_STICKER(404, "There is no such sticker, or it was closed"),
  NO_SUCH_ELECTION(404, "There is no such election"),
  BALLOT_NOT_ON_BOARD(404, "This ballot is not on the board"),
  HASH_NOT_ON_BOARD(404, "This hash is not on the board"),
  METHOD_NOT_ALLOWED(405, "The address does not know this method"),
  IDEMPOTENCY_KEY_IN_USE(409, "The first call with this Idempotency-Key still runs", true),
  INTENT_EXPIRED(409, "The intent has expired"),
  INTENT_CANCELLED(409, "The intent was cancelled"),
  INTENT_ALREADY_PAID(409, "The intent is paid already"),
  INTENT_NOT_PAID(409, "The intent is not paid"),
  INTENT_AUTHORISED(409, "The intent is authorised; capture or void it"),
  INTENT_NOT_AUTHORISED(409, "Nothing of the intent is held"),
  INTENT_HOLD_DIFFERS(409, "The intent asks for a hold until another time"),
  REFUND_NEEDS_PAYMENT(409, "Several captures can be given back; name one"),
  INTENT_AMOUNT_DIFFERS(409, "The intent asks for another amount"),
  INTENT_PAYEE_DIFFERS(409, "The intent is another payee's"),
  INTENT_BEING_PAID(409, "Another payment of the intent is under way", true),
  MORE_THAN_LEFT(409, "Less than this is left to give back"),
  CUSTOMER_CODE_EXPIRED(409, "The customer's code has expired"),
  CUSTOMER_CODE_AHEAD(409, "The customer's code is valid for more than three minutes ahead", true),
  CUSTOMER_CODE_CLAIMED(409, "Another till scanned the customer's code first"),
  CUSTOMER_CODE_OVER_LIMIT(409, "The customer's code allows less than this"),
  CUSTOMER_CODE_OTHER_ASSET(409, "The customer's code is for another asset"),
  TOO_MANY_KEYS_HERE(409, "The merchant has as many keys as it may have"),
  TOO_MANY_LOCATIONS(409, "The merchant has as many locations and tills as it may have"),
  LOCATION_HAS_TILLS(409, "Tills stand here; put them elsewhere or close them first"),
  KEY_OF_THIS_CALL(409, "A key cannot end itself; use another one"),
  TOO_MANY_WEBHOOKS(409, "The merchant has as many webhooks as it may have"),
  WEBHOOK_DISABLED(409, "The webhook is disabled"),
  NO_SETTLEMENT(409, "No account is set up from which merchants are paid"),
  DAY_NOT_ENDED(409, "The day has not ended", true),
  NOTHING_TO_RETRY(409, "No payout of this day is open for another attempt"),
  DEPOSIT_DECIDED(409, "Something else was decided about this deposit"),
  DEPOSIT_DIFFERS(409, "The deposit is of another amount"),
  ISSUE_IS_SIGNED(409, "Enough people have signed, or it is over"),
  APPLICATION_OF_YOUR_OWN(409, "Another operator has to approve what you have written down"),
  NO_KEY_WAITS(409, "The application is not approved, or its key was taken before"),
  APPLICATION_IS_OVER(409, "The application was approved or declined before"),
  NOTHING_TO_COLLECT(409, "Nobody has anything of this asset that could be collected"),
  PROPOSAL_OF_YOUR_OWN(409, "Another operator has to approve what you have proposed"),
  FILE_NOT_UNHEARD_OF(409, "The file has not left, or the bank has spoken of it"),
  PROPOSAL_IS_OVER(409, "The proposal was approved or declined before"),
  DAY_IS_OVER(409, "This business day is over; nothing that counts for it can be changed"),
  CORRECTION_NOT_COVERED(
      409, "The accounts that sign settlements have too little to give this", true),
  NO_CHANGE_OF_ACCOUNT(409, "No change of the bank account waits to count"),
  NO_PROPOSAL_OF_ANOTHER(409, "No bank account was proposed by another operator"),
  ELECTION_SIGNED(409, "The election is on the voting channel and cannot be changed any more"),
  DRAFT_IN_USE(409, "Trustees or the registrar have worked with what would change"),
  NO_ROLL(409, "The list of voters is not there yet"),
  NOT_ASSEMBLED(409, "Trustees or the registrar have not done their part yet"),
  NOT_YOUR_TURN(409, "This message is not this trustee's to send now"),
  SAID_BEFORE(409, "This trustee has sent other words in this step"),
  ELECTION_NOT_CLOSED(409, "The election is not closed yet"),
  NO_REWARD(409, "The election has no reward"),
  REWARDS_NOT_FUNDED(409, "The account that pays the rewards has too little", true),
  REWARDED_OTHERWISE(409, "This person is rewarded with another amount for this occasion"),
  BALLOT_WAS_OPENED(409, "This ballot was opened for a check; make a new one to vote"),
  ELECTION_NOT_OPEN_YET(409, "The election is not open yet", true),
  VOTING_GOES_ON(409, "The voting has not ended yet", true),
  NO_RESULT_TO_PUBLISH(409, "There is no result to be published now", true),
  ELECTION_WITHDRAWN(410, "The election was withdrawn before it opened"),
  BODY_TOO_LARGE(413, "The body is larger than this call takes"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body has to be application/json"),
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
  INTENT_NEEDS_TRANSFER(422, "This is not paid by a hold, nor a sticker by a customer's code"),
  HOLD_TOO_SHORT(422, "The hold has to end after the intent expires"),
  INTENT_NEEDS_HOLD(422, "This intent is authorised by a hold and nothing else"),
  APPROVAL_REFUSED(422, "This signature does not approve the proposal"),
  CUSTOMER_CODE_MALFORMED(422, "This is not a customer's code"),
  CUSTOMER_CODE_ALTERED(422, "The customer's code was altered, or is of another operator"),
  NOT_AN_ISSUERS_ACCOUNT(422, "This takes an account of an issuer or a system"),
  UNKNOWN_ASSET_HERE(422, "This asset is not kept here"),
  WEBHOOK_ADDRESS_REFUSED(422, "Nothing is sent to an address of this form"),
  PASSKEY_REFUSED(422, "The passkey cannot be added"),
  CREDENTIALS_UNLIKE_ROLL(422, "The credentials and the list of voters do not match"),
  CHARGE_OUT_OF_RANGE(422, "The bank does not take a charge of this amount"),
  STATEMENT_TOO_LONG(422, "A workbook does not hold so many lines; take CSV, or single days"),
  HEADERS_TOO_LARGE(431, "The headers are larger than 8 KiB"),
  RATE_LIMITED(429, "Too many calls", true),
  INTERNAL(500, "Something went wrong here"),
  BUILT_WITHOUT_FONTS(501, "PDF needs fonts of the pages, which were not built here"),
  OVERLOADED(503, "Too many wait already", true),
  UNAVAILABLE(503, "The gateway cannot answer now", true);

  private final int status;
  private final String title;
  private final boolean retryCanHelp;

  ProblemType(int status, String title) {
    this(status, title, false);
  }

  ProblemType(int status, String title, boolean retryCanHelp) {
    this.status = status;
    this.title = title;
    this.retryCanHelp = retryCanHelp;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What is wrong, the same words every time. */
  public String title() {
    return title;
  }

  /** Whether the same request may succeed later. */
  public boolean retryCanHelp() {
    return retryCanHelp;
  }

  /** The last part of the type's URI. */
  public String kebabName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
