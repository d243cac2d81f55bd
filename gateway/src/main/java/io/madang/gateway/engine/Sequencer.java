package io.madang.gateway.engine;

import io.madang.chain.Block;
import io.madang.chain.BlockId;
import io.madang.chain.Bytes;
import io.madang.chain.ChainApplication;
import io.madang.chain.ChainApplication.BlockRequest;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.ChainApplication.StateRow;
import io.madang.chain.Commit;
import io.madang.chain.Hash;
import io.madang.chain.PartSetHeader;
import io.madang.chain.TransactionResult;
import io.madang.chain.Verified;
import io.madang.gateway.engine.Admission.Candidate;
import io.madang.gateway.engine.BlockMaker.Tip;
import io.madang.gateway.engine.ChainStore.LockedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that orders: it cuts a block of what has come, lets the application execute it,
 * makes it durable, answers, and begins again. There is no timer: while a block is being written
 * the next one gathers, so that a lone transaction waits for one write and a busy second shares
 * each write among many.
 *
 * <p>The application is touched by this thread only (but for {@link ChainApplication#admit}).
 *
 * @param <T> what the application understands of a transaction
 */
final class Sequencer<T extends ChainApplication.Candidate> {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  /** What one who is turned away may wait before trying again. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Duration FIRST_RECONNECT_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_RECONNECT_PAUSE = Duration.ofSeconds(2);

  /** Bytes around each transaction in the encoded block: field number and length. */
  private static final int BYTES_AROUND_TRANSACTION = 4;

  /** Opens the store again after the connection was lost. */
  interface StoreOpener {
    ChainStore open() throws LockedException, StoreException;
  }

  /** Is told what became durable, on the sequencer's thread, before anyone is answered. */
  interface Listener {
    /** A block is durable. */
    void durable(RecordedBlock block, Tip tip);

    /** The store came within reach, or went out of it. */
    void available(boolean available);

    /** The sequencer cannot go on; nothing more will be ordered. */
    void ended(Throwable cause);
  }

  /** A block whose fate must become known before anything else happens. */
  private record Pending(StoredBlock stored, List<StateRow> rows) {}

  private final ChainApplication<T> application;
  private final Admission<T> admission;
  private final BlockMaker maker;
  private final EngineLimits limits;
  private final Clock clock;
  private final StoreOpener opener;
  private final Listener listener;
  private final OldBlocks oldBlocks;
  private final TableWriter tables;
  private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Candidate<T>> candidates = new ArrayDeque<>();
  private final Answers answers = new Answers();
  private volatile OrderingPolicy policy = OrderingPolicy.OPEN;
  private volatile boolean proofWanted;
  private volatile boolean stopping;
  private volatile Thread thread = Thread.currentThread();
  private ChainStore store;
  private Tip tip;
  private List<Candidate<T>> chosen = List.of();
  private final List<TurnedAway> turnedAway = new ArrayList<>();
  private long lastBlockNanos = System.nanoTime();

  /** Something to run between two blocks. */
  interface Question {
    void run();

    void fail(Throwable cause);
  }

  /** Answers what needs a look into old blocks, without holding up the sequencer. */
  interface OldBlocks {
    /** Answers a submission that took effect before. */
    void answerDoneBefore(Submission submission, Outcome.DoneBefore outcome);

    /**
     * Answers a submission that took effect before if its bytes are in an old block, else refuses
     * it. The application forgets a transaction once it has expired; who repeats it then must still
     * hear that it is done.
     */
    void answerUnlessDone(Submission submission, Refusal refusal);
  }

  /** A transaction that the policy turned away. */
  private record TurnedAway(Submission submission, Refusal refusal) {}

  Sequencer(
      ChainApplication<T> application,
      Admission<T> admission,
      BlockMaker maker,
      EngineLimits limits,
      Clock clock,
      StoreOpener opener,
      OldBlocks oldBlocks,
      Listener listener,
      TableWriter tables,
      ChainStore store,
      Tip tip) {
    this.application = application;
    this.admission = admission;
    this.maker = maker;
    this.limits = limits;
    this.clock = clock;
    this.opener = opener;
    this.oldBlocks = oldBlocks;
    this.listener = listener;
    this.tables = tables;
    this.store = store;
    this.tip = tip;
  }

  /** Tells that there may be something to do. Any thread. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** Runs a question between two blocks. Any thread. */
  void ask(Question question) {
    questions.add(question);
    wake();
  }

  /** Asks for the proof block of the last block at once. Any thread. */
  void wantProof() {
    proofWanted = true;
    wake();
  }

  /** Sets what is asked before ordering. Any thread. */
  void setPolicy(OrderingPolicy policy) {
    this.policy = policy;
  }

  /** Ends after the block that is being written. Any thread. */
  void stop() {
    stopping = true;
    wake();
  }

  /** Works until it is stopped or cannot go on. */
  void run() {
    thread = Thread.currentThread();
    try {
      while (!stopping) {
        if (!store.isOpen()) {
          reconnect();
        }
        answerQuestions();
        if (!step()) {
          rest();
        }
      }
    } catch (StoppedException stopped) {
      failChosen(stopped);
    } catch (RuntimeException | Error fatal) {
      LOG.error("The chain's engine stops: nothing more is ordered", fatal);
      failChosen(fatal);
      listener.ended(fatal);
      while (!stopping) {
        turnAway();
        LockSupport.park(this);
      }
    } finally {
      turnAway();
      store.close();
    }
  }

  /** Tells those whose block is neither known to be written nor known not to be. */
  private void failChosen(Throwable cause) {
    for (var candidate : chosen) {
      var submission = candidate.submission();
      submission.context().runOnContext(now -> submission.fail(cause));
    }
    for (var one : turnedAway) {
      answers.add(one.submission(), new Answer.Refused(one.refusal()));
    }
    admission.answered(chosen.size() + turnedAway.size());
    chosen = List.of();
    turnedAway.clear();
  }

  /**
   * Turns away whoever waits to be ordered. By the sequencer's thread, or by any other once that
   * has ended.
   */
  void turnAway() {
    listener.available(false);
    admission.drainTo(candidates);
    admission.answered(candidates.size());
    for (var candidate : candidates) {
      answers.add(candidate.submission(), new Answer.Unavailable(RETRY_AFTER));
    }
    candidates.clear();
    answers.send();
    for (Question question; (question = questions.poll()) != null; ) {
      question.fail(new EngineUnavailableException());
    }
  }

  private void rest() {
    long now = clock.millis();
    long deadline = application.nextDeadlineMillis().orElse(Long.MAX_VALUE);
    long millis = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(1, deadline - now);
    if (!tip.proven()) {
      millis = Math.min(millis, Math.max(1, proofDueInMillis()));
    }
    if (millis == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, Duration.ofMillis(millis).toNanos());
    }
  }

  private long proofDueInMillis() {
    var since = Duration.ofNanos(System.nanoTime() - lastBlockNanos);
    return limits.proofDelay().minus(since).toMillis();
  }

  private void answerQuestions() {
    for (Question question; (question = questions.poll()) != null; ) {
      question.run();
    }
  }

  /** Cuts and finishes one block, if there is cause for one; answers whether there was work. */
  private boolean step() {
    admission.drainTo(candidates);
    long timeMillis = Math.max(clock.millis(), tip.timeMillis() + 1);
    boolean deadline = application.nextDeadlineMillis().orElse(Long.MAX_VALUE) <= timeMillis;
    boolean proof = !tip.proven() && (proofWanted || proofDueInMillis() <= 0);
    if (candidates.isEmpty() && !deadline && !proof) {
      proofWanted = proofWanted && !tip.proven();
      return false;
    }
    chosen = choose(timeMillis);
    long height = tip.height() + 1;
    var proposal =
        application.prepareProposal(
            height, timeMillis, chosen.stream().map(Candidate::verified).toList());
    if (!proposal.kept().isEmpty() || deadline || proof) {
      finish(new BlockRequest<>(height, timeMillis, proposal.kept()));
    }
    for (int i = 0; i < chosen.size(); i++) {
      var candidate = chosen.get(i);
      var outcome = proposal.outcomes().get(i);
      policy.ended(candidate.verified().candidate().transaction(), outcome);
    }
    answer(proposal.outcomes(), height, timeMillis);
    chosen = List.of();
    return true;
  }

  /** Takes candidates in order while they fit a block, and asks the policy about each. */
  private List<Candidate<T>> choose(long timeMillis) {
    var fitting =
        new ArrayList<Candidate<T>>(Math.min(candidates.size(), limits.blockTransactions()));
    long bytes = 0;
    for (Candidate<T> next; (next = candidates.peek()) != null; ) {
      bytes += next.submission().transaction().length + BYTES_AROUND_TRANSACTION;
      if (fitting.size() == limits.blockTransactions()
          || (bytes > limits.blockBytes() && !fitting.isEmpty())) {
        break;
      }
      candidates.remove();
      var refusal = policy.refusal(next.verified().candidate().transaction(), timeMillis);
      if (refusal.isEmpty()) {
        fitting.add(next);
      } else {
        turnedAway.add(new TurnedAway(next.submission(), refusal.get()));
      }
    }
    return fitting;
  }

  private void finish(BlockRequest<T> request) {
    var finalized = application.finalizeBlock(request);
    var transactions =
        request.transactions().stream()
            .map(verified -> Bytes.of(text(verified).getBytes(StandardCharsets.US_ASCII)))
            .toList();
    var block = maker.make(tip, request.timeMillis(), transactions);
    var encoded = block.encode();
    var hash = block.header().hash();
    var blockId = new BlockId(Bytes.of(hash), PartSetHeader.of(encoded));
    var commit = maker.sign(request.height(), blockId, request.timeMillis());
    var results = finalized.results();
    var stored =
        new StoredBlock(
            request.height(),
            request.timeMillis(),
            hash,
            encoded,
            results.stream().map(TransactionResult::encode).toList(),
            commit.encode(),
            finalized.stateHash());
    var next =
        new Tip(
            request.height(),
            request.timeMillis(),
            blockId,
            commit,
            finalized.stateHash(),
            TransactionResult.rootOf(results),
            transactions.isEmpty() && finalized.stateHash().equals(tip.stateHash()));
    var hashes = transactions.stream().map(one -> Hash.sha256(one.toByteArray())).toList();
    // From here on memory is ahead of the disk: nobody is answered until the write is known.
    var rows = application.commit();
    write(new Pending(stored, rows));
    tables.add(new BlockEffect(request.height(), hashes, rows));
    tip = next;
    lastBlockNanos = System.nanoTime();
    proofWanted = false;
    listener.durable(recorded(block, hash, commit, hashes, request, results), next);
  }

  private static <T extends ChainApplication.Candidate> String text(Verified<T> verified) {
    return verified.candidate().transaction().text();
  }

  private static <T extends ChainApplication.Candidate> RecordedBlock recorded(
      Block block,
      Hash hash,
      Commit commit,
      List<Hash> hashes,
      BlockRequest<T> request,
      List<TransactionResult> results) {
    var transactions = new ArrayList<RecordedTransaction>(hashes.size());
    for (int i = 0; i < hashes.size(); i++) {
      transactions.add(
          new RecordedTransaction(
              new Position(request.height(), i),
              request.timeMillis(),
              hashes.get(i),
              request.transactions().get(i).candidate().transaction(),
              results.get(i)));
    }
    return new RecordedBlock(
        request.height(),
        request.timeMillis(),
        hash,
        block.header().encode(),
        commit.encode(),
        transactions);
  }

  /** Returns once the block is durable; goes on trying with the same bytes until that is known. */
  private void write(Pending pending) {
    while (true) {
      try {
        store.write(pending.stored(), pending.rows());
        return;
      } catch (StoreException unknown) {
        LOG.warn(
            "Whether block {} was written is not known yet: {}",
            pending.stored().height(),
            unknown.toString());
        store.close();
        reconnect();
        if (isWritten(pending)) {
          return;
        }
        LockSupport.parkNanos(this, FIRST_RECONNECT_PAUSE.toNanos());
      }
    }
  }

  private boolean isWritten(Pending pending) {
    long height = pending.stored().height();
    try {
      var standing = store.standing();
      long stored = standing.orElseThrow().height();
      if (stored == height - 1) {
        return false;
      }
      if (stored == height
          && store
              .blocks(height, height)
              .getFirst()
              .checksum()
              .equals(pending.stored().checksum())) {
        return true;
      }
      throw new CorruptChainException(
          height, "the store holds another block, or stands at height " + stored);
    } catch (StoreException lostAgain) {
      store.close();
      reconnect();
      return isWritten(pending);
    }
  }

  /** Returns once the store is within reach and the lock is held again. */
  private void reconnect() {
    var pause = FIRST_RECONNECT_PAUSE;
    boolean told = false;
    while (true) {
      turnAway();
      if (stopping) {
        throw new StoppedException();
      }
      try {
        store = opener.open();
        listener.available(true);
        LOG.info("The store is within reach again");
        return;
      } catch (StoreException | LockedException notYet) {
        if (!told) {
          LOG.error("The store is out of reach: {}", notYet.toString());
          told = true;
        }
        LockSupport.parkNanos(this, pause.toNanos());
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_RECONNECT_PAUSE) > 0) {
          pause = LONGEST_RECONNECT_PAUSE;
        }
      }
    }
  }

  private void answer(List<Outcome> outcomes, long height, long timeMillis) {
    int index = 0;
    for (int i = 0; i < chosen.size(); i++) {
      var submission = chosen.get(i).submission();
      switch (outcomes.get(i)) {
        case Outcome.Done(var data) -> {
          var position = new Position(height, index++);
          var hash = Hash.sha256(submission.transaction());
          answers.add(submission, new Answer.Final(position, data, timeMillis, hash));
        }
        case Outcome.DoneBefore before when before.position().height() == height ->
            answers.add(
                submission,
                new Answer.DoneBefore(
                    before.position(),
                    before.data(),
                    timeMillis,
                    Hash.sha256(submission.transaction())));
        case Outcome.DoneBefore before -> oldBlocks.answerDoneBefore(submission, before);
        case Outcome.Refused(var refusal) when refusal.retryCanHelp() ->
            answers.add(submission, new Answer.Refused(refusal));
        case Outcome.Refused(var refusal) -> oldBlocks.answerUnlessDone(submission, refusal);
      }
    }
    // Only now: the bytes that were turned away may be those of the block that was just written.
    turnedAway.forEach(one -> oldBlocks.answerUnlessDone(one.submission(), one.refusal()));
    admission.answered(chosen.size() + turnedAway.size());
    turnedAway.clear();
    answers.send();
  }

  /** The engine was told to stop while the fate of a block was not known. */
  private static final class StoppedException extends RuntimeException {
    StoppedException() {
      super("The engine was stopped before it was known whether the block is written");
    }
  }
}
