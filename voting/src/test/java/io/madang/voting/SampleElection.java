package io.madang.voting;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.voting.archive.ArchiveWriter;
import io.madang.voting.ballot.BallotMaker;
import io.madang.voting.board.Board;
import io.madang.voting.board.Checks;
import io.madang.voting.board.Posting;
import io.madang.voting.group.Element;
import io.madang.voting.group.Group;
import io.madang.voting.group.Randomness;
import io.madang.voting.group.Scalar;
import io.madang.voting.record.Reading;
import io.madang.voting.tally.PartialDecryption;
import io.madang.voting.trustee.KeyCeremony;
import io.madang.voting.trustee.ThresholdTrustee;
import io.madang.voting.trustee.TrusteeKey;
import io.madang.voting.trustee.Trustees;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A whole election as its people would hold it, from key ceremony to result, by one seed. */
public final class SampleElection {
  private static final long TIMESTAMP = 1_795_287_931;

  private final Group group;
  private final RandomGenerator random;
  private final Randomness randomness;
  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private final ArchiveWriter writer = ArchiveWriter.create(TIMESTAMP);
  private final List<Credential> credentials = new ArrayList<>();
  private final List<Long> weights;
  private final Map<Tracker, byte[]> ballots = new HashMap<>();
  private final TreeMap<Integer, List<List<Integer>>> lastVotes = new TreeMap<>();

  /** Secret keys of all trustees by number. */
  private final TreeMap<Integer, Scalar> secrets = new TreeMap<>();

  private final List<byte[]> records;
  private final Board board;
  private final BallotMaker maker;

  /** How an election is set up. */
  public record Plan(
      Group group,
      List<Question> questions,
      List<Long> weights,
      int single,
      int threshold,
      int members) {
    public static Plan of(Group group, Question... questions) {
      return new Plan(group, List.of(questions), List.of(1L, 1L, 1L, 1L), 1, 0, 0);
    }

    public Plan weights(Long... weights) {
      return new Plan(group, questions, List.of(weights), single, threshold, members);
    }

    /** So many single trustees, and t of m others when m is not 0. */
    public Plan trustees(int single, int threshold, int members) {
      return new Plan(group, questions, weights, single, threshold, members);
    }

    /** A plan of any kind. */
    public static Plan random(Group group, RandomGenerator random) {
      var questions = new ArrayList<Question>();
      int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        questions.add(randomQuestion(random));
      }
      var weights = new ArrayList<Long>();
      int voters = 1 + random.nextInt(4);
      for (int i = 0; i < voters; i++) {
        weights.add(random.nextBoolean() ? 1L : 1L + random.nextLong(1_000));
      }
      int members = random.nextBoolean() ? 0 : 2 + random.nextInt(2);
      int single = members == 0 ? 1 + random.nextInt(2) : random.nextInt(2);
      int threshold = members == 0 ? 0 : 1 + random.nextInt(members - 1);
      return new Plan(group, questions, weights, single, threshold, members);
    }

    private static Question randomQuestion(RandomGenerator random) {
      int answers = 1 + random.nextInt(4);
      int min = random.nextInt(answers + 1);
      int max = min + random.nextInt(answers - min + 1);
      var names = new ArrayList<String>();
      for (int i = 0; i < answers; i++) {
        names.add("답 \"" + i + "\" \\ / \u0001");
      }
      return new Question(names, random.nextBoolean(), min, max, "질문?\n");
    }
  }

  public SampleElection(Plan plan, RandomGenerator random) {
    this.random = random;
    randomness = random::nextBytes;
    group = plan.group();
    weights = plan.weights();
    byte[] trustees = holdCeremonies(plan);
    Element key = Trustees.read(trustees, group).orStop().electionKey();
    var id = ElectionId.random(randomness);
    byte[] election =
        new ElectionDraft(id, group, "시험 선거", "설명 (test)", plan.questions(), "관리자", "자격 발급자")
            .toRecord(key);
    var entries = new ArrayList<CredentialList.Entry>();
    for (long weight : weights) {
      var credential = Credential.random(randomness);
      credentials.add(credential);
      entries.add(new CredentialList.Entry(credential.publicCredential(id, group), weight));
    }
    byte[] list = CredentialList.toRecord(entries);
    records = List.of(election, trustees, list);
    board = Board.open(election, trustees, list, Checks.inOrder()).orStop();
    maker = new BallotMaker(board.election());
    archive.writeBytes(writer.begin());
    archive.writeBytes(writer.setup(election, trustees, list));
  }

  private byte[] holdCeremonies(Plan plan) {
    var single = new ArrayList<TrusteeKey>();
    for (int i = 0; i < plan.single(); i++) {
      var secret = group.scalars().random(randomness);
      single.add(TrusteeKey.of(group, secret, randomness));
      secrets.put(i + 1, secret);
    }
    return Trustees.toRecord(single, plan.members() == 0 ? List.of() : List.of(holdCeremony(plan)));
  }

  private String holdCeremony(Plan plan) {
    int size = plan.members();
    var members = new ArrayList<ThresholdTrustee>();
    var certificates = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      var member = ThresholdTrustee.random(group, randomness);
      members.add(member);
      certificates.add(member.certificate(size, plan.threshold(), i + 1, randomness));
    }
    var ceremony = KeyCeremony.begin(group, certificates).orStop();
    var polynomials =
        members.stream().map(member -> member.polynomial(ceremony, randomness)).toList();
    var inputs = ceremony.route(polynomials).orStop();
    var answers = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      var answer = members.get(i).receive(ceremony, i + 1, inputs.get(i), randomness).orStop();
      answers.add(answer);
      var sealed = ThresholdTrustee.sealedDecryptionKey(group, answer).orStop();
      secrets.put(plan.single() + i + 1, members.get(i).decryptionKey(sealed).orStop());
    }
    return ceremony.finish(polynomials, answers).orStop();
  }

  /** The records that define it: election, trustees, credentials. */
  public List<byte[]> records() {
    return records;
  }

  public byte[] makeBallot(int voter, List<List<Integer>> vote) {
    return maker.make(credentials.get(voter), vote, randomness);
  }

  /** Makes a ballot and posts it. */
  public byte[] cast(int voter, List<List<Integer>> vote) {
    byte[] ballot = makeBallot(voter, vote);
    post(ballot);
    lastVotes.put(voter, vote);
    return ballot;
  }

  public void post(byte[] ballot) {
    assertThat(board.refusalBeforeCheck(ballot)).isEmpty();
    var checked = board.ballotCheck().check(ballot);
    assertThat(checked).isInstanceOf(Reading.Accepted.class);
    assertThat(board.post(checked.orStop(), this::earlier)).isInstanceOf(Posting.Posted.class);
    ballots.put(Tracker.of(ballot), ballot);
    archive.writeBytes(writer.ballot(ballot));
  }

  private byte[] earlier(Tracker tracker) {
    return Objects.requireNonNull(ballots.get(tracker));
  }

  /** Casts random votes, some voters twice, some not at all. */
  public void castRandomly() {
    for (int voter = 0; voter < credentials.size(); voter++) {
      int times = random.nextInt(10) == 0 ? 0 : random.nextInt(4) == 0 ? 2 : 1;
      for (int i = 0; i < times; i++) {
        cast(voter, board.election().questions().stream().map(this::randomChoice).toList());
      }
    }
  }

  private List<Integer> randomChoice(Question question) {
    while (true) {
      var choice = new ArrayList<Integer>();
      for (int i = 0; i < question.choices(); i++) {
        choice.add(random.nextInt(2));
      }
      if (question.allows(choice)) {
        return choice;
      }
    }
  }

  /** Ends the voting and publishes the encrypted tally. */
  public void close() {
    assertThat(board.close()).isEmpty();
    archive.writeBytes(writer.endBallots());
    byte[] tally = board.tally().toRecord();
    assertThat(board.publishTally(tally, board.counted(), board.countedWeight())).isEmpty();
    archive.writeBytes(writer.encryptedTally(tally, board.counted(), board.countedWeight()));
  }

  public void decrypt(int owner, byte[] partialDecryption) {
    assertThat(board.addPartialDecryption(owner, partialDecryption)).isEmpty();
    archive.writeBytes(writer.partialDecryption(owner, partialDecryption));
  }

  /** Lets trustees decrypt, from the last to the first, until they are enough; and publishes. */
  public void decryptAndPublish() {
    for (int owner : secrets.descendingKeySet()) {
      if (!board.canFinish()) {
        decrypt(
            owner,
            PartialDecryption.make(board.election(), board.tally(), secretOf(owner), randomness));
      }
    }
    publish();
  }

  public void publish() {
    byte[] result = board.computeResult().orStop().toRecord();
    assertThat(board.finish(result)).isEmpty();
    archive.writeBytes(writer.result(result));
  }

  public byte[] archive() {
    return archive.toByteArray();
  }

  public Board board() {
    return board;
  }

  public ArchiveWriter writer() {
    return writer;
  }

  public Randomness randomness() {
    return randomness;
  }

  public Credential credentialOf(int voter) {
    return credentials.get(voter);
  }

  public Scalar secretOf(int owner) {
    return Objects.requireNonNull(secrets.get(owner));
  }

  /** The counts by adding up the votes as they were meant. */
  public List<List<Long>> plainCounts() {
    var counts = new ArrayList<List<Long>>();
    for (int question = 0; question < board.election().questions().size(); question++) {
      var row = new ArrayList<Long>();
      for (int choice = 0;
          choice < board.election().questions().get(question).choices();
          choice++) {
        long sum = 0;
        for (var vote : lastVotes.entrySet()) {
          sum += weights.get(vote.getKey()) * vote.getValue().get(question).get(choice);
        }
        row.add(sum);
      }
      counts.add(row);
    }
    return counts;
  }
}
