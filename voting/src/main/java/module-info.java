/** The Belenios protocol: elections, ballots, trustees, tallies and their verification. */
module io.madang.voting {
  requires transitive io.madang.chain;
  requires transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports io.madang.voting;
  exports io.madang.voting.archive;
  exports io.madang.voting.ballot;
  exports io.madang.voting.board;
  exports io.madang.voting.chain;
  exports io.madang.voting.group;
  exports io.madang.voting.proof;
  exports io.madang.voting.record;
  exports io.madang.voting.tally;
  exports io.madang.voting.trustee;
}
