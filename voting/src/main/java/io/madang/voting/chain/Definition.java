package io.madang.voting.chain;

import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.ballot.BallotCheck;
import io.madang.voting.board.Board;
import io.madang.voting.trustee.Trustees;

/** An election's records after all about them was checked. Immutable; safe for many threads. */
record Definition(
    Election election, Trustees trustees, CredentialList credentials, BallotCheck ballotCheck) {
  static Definition of(Board opened) {
    return new Definition(
        opened.election(), opened.trustees(), opened.credentials(), opened.ballotCheck());
  }
}
