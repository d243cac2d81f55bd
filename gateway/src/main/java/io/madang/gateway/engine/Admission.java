package io.madang.gateway.engine;

import io.madang.chain.ChainApplication;
import io.madang.chain.ChainApplication.Admission.Admitted;
import io.madang.chain.ChainApplication.Admission.NotAdmitted;
import io.madang.chain.SignatureVerdict;
import io.madang.chain.SignatureVerifier;
import io.madang.chain.Verified;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads transactions, verifies their signatures and lets the application check ahead, on threads of
 * its own, as many together as have come: alone when it is quiet, in batches (which cost less each)
 * when it is busy. What leaves is in the order in which it came, but for what takes long to check:
 * that is done on a thread beside, one after the other, and leaves when it is checked.
 *
 * @param <T> what the application understands of a transaction
 */
final class Admission<T extends ChainApplication.Candidate> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  /** Signers whose keys are kept prepared, by all threads together, at about 2 kB each. */
  private static final int KEPT_KEYS = 32_768;

  /** A transaction that may be ordered, and who waits for it. */
  record Candidate<T extends ChainApplication.Candidate>(
      Submission submission, Verified<T> verified) {}

  /** What one thread took on at once; read by others only when done. */
  private static final class Batch<T extends ChainApplication.Candidate> {
    final List<Submission> submissions = new ArrayList<>();
    final List<Candidate<T>> candidates = new ArrayList<>();
    volatile boolean done;
  }

  private final ChainApplication<T> application;
  private final int waitingLimit;
  private final int threads;
  private final int batchSize;
  private final Runnable whenReady;
  private final ExecutorService executor;
  private final Queue<SignatureVerifier> verifiers = new ConcurrentLinkedQueue<>();
  private final Queue<Submission> submissions = new ConcurrentLinkedQueue<>();
  private final Queue<Batch<T>> batches = new ConcurrentLinkedQueue<>();
  private final ExecutorService beside;

  private final ReentrantLock aside = new ReentrantLock();

  /** Taken on by the thread beside; whoever takes one out, under the lock, orders or answers it. */
  private final Set<Submission> standingAside = new HashSet<>();

  private final ReentrantLock taking = new ReentrantLock();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicBoolean wakeDue = new AtomicBoolean();
  private volatile AdmissionPolicy policy = AdmissionPolicy.OPEN;

  /**
   * An admission.
   *
   * @param channel what its threads are called after
   * @param whenReady run, on any thread, when candidates may be taken
   */
  Admission(
      Channel channel, ChainApplication<T> application, EngineLimits limits, Runnable whenReady) {
    this.application = application;
    this.waitingLimit = limits.waitingTransactions();
    this.threads = limits.verifierThreads();
    this.batchSize = limits.verifierBatch();
    this.whenReady = whenReady;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            Thread.ofPlatform().daemon().name(channel.threadName("verifier-"), 0).factory());
    this.beside =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name(channel.threadName("long-checks")).factory());
    var random = new SecureRandom();
    for (int i = 0; i < threads; i++) {
      verifiers.add(new SignatureVerifier(random::nextBytes, KEPT_KEYS / threads));
    }
  }

  /** Takes a submission on, or answers false when too many wait. */
  boolean offer(Submission submission) {
    if (waiting.incrementAndGet() > waitingLimit) {
      waiting.decrementAndGet();
      return false;
    }
    submissions.add(submission);
    queued.incrementAndGet();
    // Once for all that the caller's event loop reads in this turn: together they cost less.
    if (wakeDue.compareAndSet(false, true)) {
      submission
          .context()
          .runOnContext(
              endOfTurn -> {
                wakeDue.set(false);
                wake();
              });
    }
    return true;
  }

  /** Sets what is asked before signatures are verified. */
  void setPolicy(AdmissionPolicy policy) {
    this.policy = policy;
  }

  /** How many were taken on and are not answered yet. */
  int waiting() {
    return waiting.get();
  }

  /** Tells that submissions that had been taken on are answered. */
  void answered(int count) {
    waiting.addAndGet(-count);
  }

  /** Moves the candidates that are ready, in the order in which they were offered. */
  void drainTo(ArrayDeque<Candidate<T>> candidates) {
    for (Batch<T> batch; (batch = batches.peek()) != null && batch.done; ) {
      batches.remove();
      candidates.addAll(batch.candidates);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      executor.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    // A long check is not waited for: whoever asked for it comes again.
    beside.shutdownNow();
    turnAwayAside();
  }

  private void wake() {
    // Only as many tasks as threads: a task that runs goes on until nothing is left.
    for (int now = working.get();
        now < threads && queued.get() > now * batchSize;
        now = working.get()) {
      if (working.compareAndSet(now, now + 1)) {
        try {
          executor.execute(this::work);
        } catch (RejectedExecutionException closed) {
          turnAway();
          return;
        }
      }
    }
  }

  /** Answers those who came while the engine was closing. */
  private void turnAway() {
    var answers = new Answers();
    int count = 0;
    for (Submission next; (next = submissions.poll()) != null; count++) {
      answers.add(next, new Answer.Unavailable(Sequencer.RETRY_AFTER));
    }
    answers.send();
    answered(count);
  }

  private void turnAwayAside() {
    var answers = new Answers();
    int count;
    aside.lock();
    try {
      standingAside.forEach(one -> answers.add(one, new Answer.Unavailable(Sequencer.RETRY_AFTER)));
      count = standingAside.size();
      standingAside.clear();
    } finally {
      aside.unlock();
    }
    answers.send();
    answered(count);
  }

  private void standAside(Candidate<T> candidate) {
    aside.lock();
    try {
      standingAside.add(candidate.submission());
    } finally {
      aside.unlock();
    }
    try {
      beside.execute(() -> checkAside(candidate));
    } catch (RejectedExecutionException closed) {
      turnAwayAside();
    }
  }

  private void checkAside(Candidate<T> candidate) {
    try {
      application.checkAhead(candidate.verified());
    } catch (RuntimeException bug) {
      // What could not be checked ahead is judged in its turn.
      LOG.error("A transaction could not be checked ahead", bug);
    }
    var batch = new Batch<T>();
    batch.candidates.add(candidate);
    batch.done = true;
    aside.lock();
    try {
      if (standingAside.remove(candidate.submission())) {
        batches.add(batch);
      }
    } finally {
      aside.unlock();
    }
    whenReady.run();
  }

  private void work() {
    for (var batch = take(); !batch.submissions.isEmpty(); batch = take()) {
      try {
        judge(batch);
      } catch (RuntimeException bug) {
        // Nothing of the batch was ordered. Those behind it must not wait for it for ever.
        LOG.error("Transactions could not be judged", bug);
        batch.candidates.clear();
        batch.submissions.forEach(one -> one.context().runOnContext(now -> one.fail(bug)));
        answered(batch.submissions.size());
      } finally {
        batch.done = true;
        whenReady.run();
      }
    }
    working.decrementAndGet();
    // One that came after the last look, when all threads still counted as working.
    wake();
  }

  private Batch<T> take() {
    var batch = new Batch<T>();
    taking.lock();
    try {
      for (Submission next;
          batch.submissions.size() < batchSize && (next = submissions.poll()) != null; ) {
        batch.submissions.add(next);
      }
      queued.addAndGet(-batch.submissions.size());
      if (!batch.submissions.isEmpty()) {
        batches.add(batch);
      }
    } finally {
      taking.unlock();
    }
    return batch;
  }

  private void judge(Batch<T> batch) {
    var answers = new Answers();
    int refused = 0;
    var read = new ArrayList<T>(batch.submissions.size());
    var readSubmissions = new ArrayList<Submission>(batch.submissions.size());
    for (var submission : batch.submissions) {
      switch (application.admit(submission.transaction())) {
        case Admitted<T>(var candidate) -> {
          var refusal = policy.refusal(candidate.transaction());
          if (refusal.isPresent()) {
            refused++;
            answers.add(submission, new Answer.Refused(refusal.get()));
          } else {
            read.add(candidate);
            readSubmissions.add(submission);
          }
        }
        case NotAdmitted<T>(var refusal) -> {
          refused++;
          answers.add(submission, new Answer.Refused(refusal));
        }
      }
    }
    var verdicts = verify(read);
    for (int i = 0; i < verdicts.size(); i++) {
      switch (verdicts.get(i)) {
        case SignatureVerdict.Right<T>(var verified) -> {
          var candidate = new Candidate<>(readSubmissions.get(i), verified);
          if (application.takesLong(verified.candidate())) {
            standAside(candidate);
          } else {
            application.checkAhead(verified);
            batch.candidates.add(candidate);
          }
        }
        case SignatureVerdict.Wrong<T> _ -> {
          refused++;
          answers.add(readSubmissions.get(i), new Answer.Refused(EngineRefusals.wrongSignature()));
        }
      }
    }
    answers.send();
    answered(refused);
  }

  private List<SignatureVerdict<T>> verify(List<T> candidates) {
    // As many verifiers as threads, and a thread uses one at a time: there is always one.
    var verifier = verifiers.remove();
    try {
      return verifier.verify(candidates);
    } finally {
      verifiers.add(verifier);
    }
  }
}
