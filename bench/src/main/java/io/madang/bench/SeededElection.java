package io.madang.bench;

import io.madang.voting.Credential;
import io.madang.voting.CredentialList;
import io.madang.voting.Election;
import io.madang.voting.ElectionDraft;
import io.madang.voting.ElectionId;
import io.madang.voting.Question;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.Reading;
import io.madang.voting.trustee.TrusteeKey;
import io.madang.voting.trustee.Trustees;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An election of one question with two answers, and its voters, that follow from a seed: the same
 * ballots each time, and none has to be kept.
 */
final class SeededElection {
  private final long seed;
  private final Election election;
  private final byte[] definition;
  private final byte[] trustees;
  private final byte[] credentialList;
  private final Scalar secret;
  private final List<Credential> credentials;
  private final BallotMaker maker;

  SeededElection(Group group, int voters, long seed) {
    this.seed = seed;
    var randomness = randomness(-1);
    var id = ElectionId.random(randomness);
    secret = group.scalars().random(randomness);
    var key = TrusteeKey.of(group, secret, randomness);
    trustees = Trustees.toRecord(List.of(key), List.of());
    definition =
        new ElectionDraft(
                id,
                group,
                "bench",
                "",
                List.of(new Question(List.of("yes", "no"), false, 1, 1, "?")),
                "",
                "")
            .toRecord(key.publicKey());
    credentials = IntStream.range(0, voters).mapToObj(_ -> Credential.random(randomness)).toList();
    credentialList =
        CredentialList.toRecord(
            credentials.parallelStream()
                .map(one -> new CredentialList.Entry(one.publicCredential(id, group), 1))
                .toList());
    if (!(Election.read(definition) instanceof Reading.Accepted<Election>(var read))) {
      throw new IllegalStateException("our own election is refused");
    }
    election = read;
    maker = new BallotMaker(election);
  }

  /** Each voter draws from numbers of its own, so that the threads' order does not matter. */
  private Randomness randomness(int voter) {
    return new SplittableRandom(seed * 1_000_003 + voter)::nextBytes;
  }

  Election election() {
    return election;
  }

  /** The three records: election, trustees, credentials. */
  List<byte[]> records() {
    return List.of(definition, trustees, credentialList);
  }

  /** The only trustee's. */
  Scalar secret() {
    return secret;
  }

  int voters() {
    return credentials.size();
  }

  /** Whether a voter says yes: two of three do. */
  static boolean saysYes(int voter) {
    return voter % 3 != 0;
  }

  /** The ballots of some voters, made on all processors. */
  List<byte[]> ballots(int from, int to) {
    return IntStream.range(from, to)
        .parallel()
        .mapToObj(
            voter ->
                maker.make(
                    credentials.get(voter),
                    List.of(saysYes(voter) ? List.of(1, 0) : List.of(0, 1)),
                    randomness(voter)))
        .toList();
  }
}
