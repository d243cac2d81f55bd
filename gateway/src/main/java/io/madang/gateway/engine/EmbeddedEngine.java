package io.madang.gateway.engine;

import io.madang.chain.ChainApplication;
import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Position;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Hash;
import io.madang.chain.Receipt;
import io.madang.chain.SigningKey;
import io.madang.chain.TrustedMembers;
import io.madang.chain.json.CanonicalJson;
import io.madang.chain.json.JsonObject;
import io.madang.gateway.database.Database;
import io.madang.gateway.engine.BlockMaker.Tip;
import io.madang.gateway.engine.ChainStore.LockedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The engine of a chain with one member: it orders transactions in this process and keeps the chain
 * in PostgreSQL.
 *
 * <p>A crash at any moment loses nothing that was answered: each block, its results, its signature
 * and the rows it changed are one database transaction, and answers go out after it. When the
 * database goes away, the block that was being written is kept and written again with the same
 * bytes until its fate is known; whoever comes meanwhile is told to come back. Only one engine
 * works on a channel of a database.
 *
 * @param <A> the chain application
 * @param <T> what the application understands of a transaction
 */
public final class EmbeddedEngine<
        A extends ChainApplication<T>, T extends ChainApplication.Candidate>
    implements Engine<A> {
  private static final int READ_CONNECTIONS = 4;

  /** Blocks that are kept in memory for those who follow closely. */
  private static final int RECENT_BLOCKS = Follower.BLOCKS_AT_ONCE;

  /**
   * What an engine is made of.
   *
   * @param vertx whose event loops are answered on
   * @param database where the chain is kept
   * @param channel which of the database's chains it is
   * @param application a fresh one; the engine begins or restores its chain
   * @param memberKey signs the blocks
   * @param limits how much is taken on at once
   * @param clock where block time comes from
   * @param check how much is checked first
   * @param newChain asked for a genesis when the database holds no chain yet
   */
  public record Parts<A extends ChainApplication<T>, T extends ChainApplication.Candidate>(
      Vertx vertx,
      Database database,
      Channel channel,
      A application,
      SigningKey memberKey,
      EngineLimits limits,
      Clock clock,
      StartCheck check,
      Supplier<Genesis> newChain) {}

  private final A application;
  private final Context ownContext;
  private final Genesis genesis;
  private final Pool pool;
  private final TableWriter tables;
  private final BlockReader reader;
  private final Admission<T> admission;
  private final Sequencer<T> sequencer;
  private final Promise<Void> ended = Promise.promise();
  private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<HeightWaiter> heightWaiters = new ConcurrentLinkedQueue<>();
  private final ReentrantLock recentLock = new ReentrantLock();
  private final ArrayDeque<RecordedBlock> recent = new ArrayDeque<>();
  private final Thread thread;
  private volatile EngineStanding standing;

  private record HeightWaiter(long height, Promise<Void> promise, Context context) {}

  /** What was found in, or put into, the database. */
  private record Started(ChainStore store, Genesis genesis, Tip tip) {}

  private EmbeddedEngine(Parts<A, T> parts, Started started) {
    var tip = started.tip();
    this.application = parts.application();
    this.ownContext = parts.vertx().getOrCreateContext();
    this.genesis = started.genesis();
    var channel = parts.channel();
    this.pool = parts.database().pool(READ_CONNECTIONS, channel.schema());
    this.tables = new TableWriter(parts.database(), channel, tip.height());
    this.reader = new BlockReader(parts.vertx(), pool, tables::find);
    this.standing =
        new EngineStanding(genesis.chain(), tip.height(), tip.timeMillis(), tip.stateHash(), true);
    this.admission = new Admission<>(channel, application, parts.limits(), this::wake);
    this.sequencer =
        new Sequencer<>(
            application,
            admission,
            new BlockMaker(genesis, parts.memberKey()),
            parts.limits(),
            parts.clock(),
            () -> ChainStore.open(parts.database(), channel, this::wake),
            new OldBlocks(),
            new Listener(),
            tables,
            started.store(),
            tip);
    this.thread =
        Thread.ofPlatform().name(channel.threadName("sequencer")).unstarted(sequencer::run);
  }

  /**
   * Starts an engine, after checking what is stored.
   *
   * @return fails with {@link CorruptChainException} when what is stored contradicts itself, with
   *     {@link EngineLockedException} when another engine works on the database, with {@link
   *     StoreException} when the database cannot be reached
   */
  public static <A extends ChainApplication<T>, T extends ChainApplication.Candidate>
      Future<EmbeddedEngine<A, T>> start(Parts<A, T> parts) {
    Promise<EmbeddedEngine<A, T>> promise = Promise.promise();
    var context = parts.vertx().getOrCreateContext();
    // Reading a large state takes long and waits for the database: not on an event loop.
    Thread.ofPlatform()
        .name("madang-engine-start")
        .start(
            () -> {
              try {
                var engine = new EmbeddedEngine<A, T>(parts, open(parts));
                engine.begin();
                context.runOnContext(now -> promise.complete(engine));
              } catch (LockedException locked) {
                var failure =
                    new EngineLockedException(parts.channel(), parts.database().address());
                context.runOnContext(now -> promise.fail(failure));
              } catch (StoreException.Unchecked lost) {
                context.runOnContext(now -> promise.fail(lost.getCause()));
              } catch (StoreException | RuntimeException | Error failed) {
                context.runOnContext(now -> promise.fail(failed));
              }
            });
    return promise.future();
  }

  private void begin() {
    tables.start();
    thread.start();
  }

  private static <A extends ChainApplication<T>, T extends ChainApplication.Candidate> Started open(
      Parts<A, T> parts) throws LockedException, StoreException {
    // Nobody waits to be woken yet; the sequencer looks at the connection before each block.
    var store = ChainStore.open(parts.database(), parts.channel(), () -> {});
    try {
      var document = store.genesis();
      return document.isPresent()
          ? restore(parts, store, StoredChain.readGenesis(document.get()))
          : begin(parts, store);
    } catch (StoreException | RuntimeException | Error failed) {
      store.close();
      throw failed;
    }
  }

  private static <A extends ChainApplication<T>, T extends ChainApplication.Candidate>
      Started begin(Parts<A, T> parts, ChainStore store) throws StoreException {
    var genesis = parts.newChain().get();
    var stateHash =
        parts
            .application()
            .initChain(
                genesis.chain(),
                genesis.timeMillis(),
                CanonicalJson.bytes(genesis.applicationState()));
    store.begin(
        CanonicalJson.bytes(genesis.document()), stateHash, parts.application().rows().toList());
    return new Started(store, genesis, Tip.beginning(genesis, stateHash));
  }

  private static <A extends ChainApplication<T>, T extends ChainApplication.Candidate>
      Started restore(Parts<A, T> parts, ChainStore store, Genesis genesis) throws StoreException {
    var chain = new StoredChain(store, genesis);
    var standing = chain.checkedStanding();
    store.takeIn(standing.height());
    var tip = chain.check(standing, parts.check());
    Hash stateHash;
    try (var rows = store.rows()) {
      stateHash = parts.application().restore(genesis.chain(), standing.height(), rows);
    } catch (StoreException.Unchecked lost) {
      throw lost;
    } catch (RuntimeException unreadable) {
      // The application says so in its own way; whatever it is, the rows are not what it wrote.
      throw new CorruptChainException(
          standing.height(), "the stored rows of state cannot be read: " + unreadable);
    }
    if (!stateHash.equals(standing.stateHash())) {
      throw new CorruptChainException(
          standing.height(), "the stored rows do not have the stored state hash");
    }
    return new Started(store, genesis, tip);
  }

  /**
   * Completes, always with a failure, when the engine cannot go on. The process should then end.
   */
  public Future<Void> ended() {
    return ended.future();
  }

  /** Ends after the block that is being written. */
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    Thread.ofVirtual()
        .start(
            () -> {
              admission.close();
              sequencer.stop();
              try {
                thread.join();
                // Whoever slipped in after the last look of the sequencer.
                sequencer.turnAway();
                tables.close();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              pool.close().onComplete(closed -> promise.complete());
            });
    return promise.future();
  }

  @Override
  public Future<Answer> submit(byte[] transaction) {
    if (!standing.available()) {
      return Future.succeededFuture(new Answer.Unavailable(Sequencer.RETRY_AFTER));
    }
    var submission = new Submission(transaction, callerContext());
    return admission.offer(submission)
        ? submission.future()
        : Future.succeededFuture(new Answer.Overloaded(Sequencer.RETRY_AFTER));
  }

  @Override
  public int waiting() {
    return admission.waiting();
  }

  @Override
  public EngineStanding standing() {
    return standing;
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public TrustedMembers members() {
    return genesis.members();
  }

  @Override
  public <R> Future<R> ask(Function<A, R> question) {
    Promise<R> promise = Promise.promise();
    var context = callerContext();
    sequencer.ask(
        new Sequencer.Question() {
          @Override
          public void run() {
            try {
              var answer = question.apply(application);
              context.runOnContext(now -> promise.complete(answer));
            } catch (RuntimeException bug) {
              fail(bug);
            }
          }

          @Override
          public void fail(Throwable cause) {
            context.runOnContext(now -> promise.fail(cause));
          }
        });
    return promise.future();
  }

  @Override
  public Future<Optional<RecordedBlock>> block(long height) {
    return recorded(height, height).map(blocks -> blocks.stream().findFirst());
  }

  @Override
  public Future<List<RecordedBlock>> recorded(long from, long to) {
    return reader.recorded(from, to);
  }

  @Override
  public Future<List<BlockSummary>> blocks(long before, int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit is 1 to 1000");
    }
    return reader.summaries(before, limit);
  }

  @Override
  public Future<List<BlockResults>> results(long below, int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit is 1 to 1000");
    }
    return reader.results(Math.min(below, standing().height() + 1), limit);
  }

  @Override
  public Future<Optional<RecordedTransaction>> transaction(Hash hash) {
    return reader
        .find(hash)
        .compose(
            position ->
                position.isPresent()
                    ? transaction(position.get())
                    : Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<Optional<RecordedTransaction>> transaction(Position position) {
    return block(position.height())
        .map(
            block ->
                block
                    .map(RecordedBlock::transactions)
                    .filter(all -> position.index() >= 0 && position.index() < all.size())
                    .map(all -> all.get(position.index())));
  }

  @Override
  public Future<Optional<Receipt>> receipt(Hash hash) {
    return reader
        .find(hash)
        .compose(
            position ->
                position.isPresent()
                    ? receipt(position.get())
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Receipt>> receipt(Position position) {
    return proven(position.height() + 1)
        .compose(proven -> reader.stored(position.height(), position.height() + 1))
        .map(blocks -> Optional.of(ReceiptMaker.receipt(position, blocks.get(0), blocks.get(1))));
  }

  @Override
  public Future<Optional<JsonObject>> paymentProof(Position position) {
    return reader
        .stored(position.height(), position.height())
        .map(
            blocks ->
                blocks.stream()
                    .findFirst()
                    .filter(
                        block -> position.index() >= 0 && position.index() < block.results().size())
                    .map(block -> ReceiptMaker.paymentProof(position, block)));
  }

  @Override
  public Subscription follow(long height, BlockListener listener) {
    var source =
        new Follower.Source() {
          @Override
          public long height() {
            return standing.height();
          }

          @Override
          public Future<List<RecordedBlock>> blocks(long from, long to) {
            var close = recent(from, to);
            return close.size() == to - from + 1
                ? Future.succeededFuture(close)
                : reader.recorded(from, to);
          }
        };
    var follower = new Follower(callerContext(), source, listener, height);
    followers.removeIf(Follower::isCancelled);
    followers.add(follower);
    follower.poke();
    return follower;
  }

  @Override
  public void setOrderingPolicy(OrderingPolicy policy) {
    sequencer.setPolicy(policy);
  }

  @Override
  public void setAdmissionPolicy(AdmissionPolicy policy) {
    admission.setPolicy(policy);
  }

  private Context callerContext() {
    var context = Vertx.currentContext();
    return context == null ? ownContext : context;
  }

  private void wake() {
    // The admission is made before the sequencer and has nothing for it yet.
    sequencer.wake();
  }

  /** Completes when there is a block of this height; asks for it if it would be a proof block. */
  private Future<Void> proven(long height) {
    if (standing.height() >= height) {
      return Future.succeededFuture();
    }
    var waiter = new HeightWaiter(height, Promise.promise(), callerContext());
    heightWaiters.add(waiter);
    sequencer.wantProof();
    // The block may have come between the look and the adding.
    release(standing.height());
    return waiter.promise().future();
  }

  private void release(long height) {
    heightWaiters.removeIf(
        waiter -> {
          boolean reached = waiter.height() <= height;
          if (reached) {
            waiter.context().runOnContext(now -> waiter.promise().tryComplete());
          }
          return reached;
        });
  }

  private List<RecordedBlock> recent(long from, long to) {
    recentLock.lock();
    try {
      return recent.stream()
          .filter(block -> block.height() >= from && block.height() <= to)
          .toList();
    } finally {
      recentLock.unlock();
    }
  }

  private final class OldBlocks implements Sequencer.OldBlocks {
    @Override
    public void answerDoneBefore(Submission submission, Outcome.DoneBefore outcome) {
      var hash = Hash.sha256(submission.transaction());
      answer(
          submission,
          reader
              .timeMillis(outcome.position().height())
              .map(
                  timeMillis ->
                      new Answer.DoneBefore(outcome.position(), outcome.data(), timeMillis, hash)));
    }

    @Override
    public void answerUnlessDone(Submission submission, Refusal refusal) {
      answer(
          submission,
          transaction(Hash.sha256(submission.transaction()))
              .map(done -> done.<Answer>map(EmbeddedEngine::doneBefore))
              .map(done -> done.orElseGet(() -> new Answer.Refused(refusal))));
    }

    private void answer(Submission submission, Future<? extends Answer> answer) {
      var context = submission.context();
      answer.onComplete(
          found -> context.runOnContext(now -> submission.complete(found)),
          failed -> context.runOnContext(now -> submission.fail(failed)));
    }
  }

  private static Answer doneBefore(RecordedTransaction done) {
    return new Answer.DoneBefore(
        done.position(), done.result().data(), done.timeMillis(), done.hash());
  }

  private final class Listener implements Sequencer.Listener {
    @Override
    public void durable(RecordedBlock block, Tip tip) {
      recentLock.lock();
      try {
        recent.addLast(block);
        if (recent.size() > RECENT_BLOCKS) {
          recent.removeFirst();
        }
      } finally {
        recentLock.unlock();
      }
      standing =
          new EngineStanding(
              genesis.chain(), tip.height(), tip.timeMillis(), tip.stateHash(), true);
      release(tip.height());
      followers.forEach(Follower::poke);
    }

    @Override
    public void available(boolean available) {
      var last = standing;
      standing =
          new EngineStanding(
              last.chain(), last.height(), last.timeMillis(), last.stateHash(), available);
    }

    @Override
    public void ended(Throwable cause) {
      ownContext.runOnContext(now -> ended.tryFail(cause));
    }
  }
}
