package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.account;
import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Outcome;
import io.madang.chain.ChainApplication.Refusal;
import io.madang.chain.Hash;
import io.madang.chain.Statement;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine promises to the gateway. */
interface EngineContract {
  /** The engine under test, over a chain that nobody used before. */
  Engine<ToyBank> engine();

  /** Makes transactions for that chain. */
  ToyChain chain();

  @Test
  default void answers_with_the_position_and_the_result_once_it_is_durable() {
    var transaction = chain().pay("anna", "ben", 100);
    var answer = await(engine().submit(transaction));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Final.class,
            done -> {
              assertThat(done.position()).hasToString("1.0");
              assertThat(done.data()).asString().isEqualTo("{\"moved\":100}");
              assertThat(done.hash()).isEqualTo(Hash.sha256(transaction));
            });
    assertThat(balance("ben")).isEqualTo(100);
    assertThat(await(engine().transaction(Hash.sha256(transaction))).orElseThrow())
        .satisfies(
            recorded -> {
              assertThat(recorded.position()).hasToString("1.0");
              assertThat(recorded.statement().text())
                  .isEqualTo(new String(transaction, StandardCharsets.US_ASCII));
            });
  }

  @Test
  default void moves_no_coin_twice_when_the_same_bytes_come_again() {
    var transaction = chain().pay("anna", "ben", 100);
    var first = (Answer.Final) await(engine().submit(transaction));
    var second = (Answer.DoneBefore) await(engine().submit(transaction));
    assertThat(second.position()).isEqualTo(first.position());
    assertThat(second.data()).isEqualTo(first.data());
    assertThat(second.timeMillis()).isEqualTo(first.timeMillis());
    assertThat(balance("ben")).isEqualTo(100);
  }

  @Test
  default void moves_no_coin_twice_when_the_same_bytes_come_many_times_at_once() {
    var transaction = chain().pay("anna", "ben", 100);
    var answers = submitAll(IntStream.range(0, 100).mapToObj(i -> transaction).toList());
    assertThat(answers.stream().filter(Answer.Final.class::isInstance)).hasSize(1);
    assertThat(answers.stream().filter(Answer.DoneBefore.class::isInstance)).hasSize(99);
    assertThat(balance("ben")).isEqualTo(100);
  }

  @Test
  default void refuses_other_bytes_under_the_same_id() {
    var id = "f".repeat(32);
    await(engine().submit(ToyChain.sign("anna", id, "toy.pay", ToyChain.payment("ben", 1))));
    var answer =
        await(engine().submit(ToyChain.sign("anna", id, "toy.pay", ToyChain.payment("ben", 2))));
    assertThat(refusalName(answer)).isEqualTo("id-conflict");
    assertThat(balance("ben")).isEqualTo(1);
  }

  @Test
  default void a_refusal_leaves_no_trace() {
    await(engine().submit(chain().pay("anna", "ben", 1)));
    await(engine().receipt(Hash.sha256(chain().pay("nobody", "ben", 1))));
    var refused = chain().pay("ben", "anna", 1_000_000);
    var forged = ToyChain.withWrongSignature(chain().pay("anna", "ben", 5));
    assertThat(refusalName(await(engine().submit(refused)))).isEqualTo("insufficient-funds");
    assertThat(refusalName(await(engine().submit(forged)))).isEqualTo("wrong-signature");
    assertThat(refusalName(await(engine().submit(new byte[] {1, 2, 3})))).isEqualTo("malformed");
    assertThat(await(engine().transaction(Hash.sha256(refused)))).isEmpty();
    assertThat(await(engine().transaction(Hash.sha256(forged)))).isEmpty();
    assertThat(
            await(engine().blocks(Long.MAX_VALUE, 100)).stream()
                .mapToInt(BlockSummary::transactions)
                .sum())
        .isEqualTo(1);
    assertThat(balance("anna")).isEqualTo(999);
  }

  @Test
  default void keeps_the_order_in_which_one_caller_submits() {
    // Each payment needs the coins of the one before.
    var transactions = new ArrayList<byte[]>();
    transactions.add(chain().pay("anna", "p0", 1_000));
    for (int i = 0; i < 200; i++) {
      transactions.add(chain().pay("p" + i, "p" + (i + 1), 1_000));
    }
    assertThat(submitAll(transactions)).allMatch(Answer.Final.class::isInstance);
    assertThat(balance("p200")).isEqualTo(1_000);
  }

  @Test
  default void thirty_two_clients_that_race_for_one_balance_never_overdraw_it() {
    var transactions =
        IntStream.range(0, 32 * 10).mapToObj(i -> chain().pay("anna", "c" + i % 32, 7)).toList();
    var threads = new ArrayList<Thread>();
    var answers = new ArrayList<Future<Answer>>();
    for (int client = 0; client < 32; client++) {
      int first = client * 10;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (var transaction : transactions.subList(first, first + 10)) {
                      var answer = engine().submit(transaction);
                      synchronized (answers) {
                        answers.add(answer);
                      }
                    }
                  }));
    }
    threads.forEach(EngineContract::join);
    var all = answers.stream().map(ToyChain::await).toList();
    assertThat(all.stream().filter(Answer.Final.class::isInstance)).hasSize(1_000 / 7);
    assertThat(all.stream().filter(Answer.Refused.class::isInstance)).hasSize(320 - 1_000 / 7);
    assertThat(balance("anna")).isEqualTo(1_000 % 7);
    assertThat(await(engine().ask(ToyBank::total))).isEqualTo(1_000);
  }

  @Test
  default void block_time_goes_on_and_the_blocks_can_be_read() {
    for (int i = 0; i < 5; i++) {
      await(engine().submit(chain().pay("anna", "ben", 1)));
    }
    var summaries = await(engine().blocks(Long.MAX_VALUE, 3));
    assertThat(summaries).hasSize(3);
    assertThat(summaries.get(0).timeMillis()).isGreaterThan(summaries.get(1).timeMillis());
    var block = await(engine().block(1)).orElseThrow();
    assertThat(block.transactions()).hasSize(1);
    assertThat(await(engine().block(1_000))).isEmpty();
    assertThat(await(engine().blocks(1, 10))).isEmpty();
  }

  @Test
  default void hands_every_block_to_a_follower_once_and_in_order() {
    for (int i = 0; i < 100; i++) {
      await(engine().submit(chain().pay("anna", "ben", 1)));
    }
    var seen = new ArrayList<String>();
    var subscription =
        engine()
            .follow(
                0,
                blocks -> {
                  synchronized (seen) {
                    // The first attempt fails after half the work: everything comes again.
                    if (seen.isEmpty()) {
                      seen.add("start");
                      return Future.failedFuture("not now");
                    }
                    for (var block : blocks) {
                      block.transactions().forEach(one -> seen.add(one.position().toString()));
                    }
                    return Future.succeededFuture();
                  }
                });
    var last = (Answer.Final) await(engine().submit(chain().pay("anna", "ben", 1)));
    Eventually.holds(
        () -> {
          synchronized (seen) {
            assertThat(seen).contains(last.position().toString());
          }
        });
    subscription.cancel();
    assertThat(seen).hasSize(1 + 101).doesNotHaveDuplicates();
  }

  @Test
  default void the_policy_refuses_before_ordering_but_not_what_is_done_already() {
    var transaction = chain().pay("anna", "ben", 1);
    await(engine().submit(transaction));
    var ended = new ArrayList<Outcome>();
    engine()
        .setOrderingPolicy(
            new OrderingPolicy() {
              private boolean letOneThrough = true;

              @Override
              public Optional<Refusal> refusal(Statement statement, long blockTimeMillis) {
                if (letOneThrough) {
                  letOneThrough = false;
                  return Optional.empty();
                }
                return Optional.of(new Refusal(1001, "intent-already-paid", "Paid.", false));
              }

              @Override
              public void ended(Statement statement, Outcome outcome) {
                ended.add(outcome);
              }
            });
    var answers =
        submitAll(
            List.of(chain().pay("anna", "ben", 2), chain().pay("anna", "ben", 2), transaction));
    assertThat(answers.get(0)).isInstanceOf(Answer.Final.class);
    assertThat(refusalName(answers.get(1))).isEqualTo("intent-already-paid");
    assertThat(answers.get(2)).isInstanceOf(Answer.DoneBefore.class);
    assertThat(ended).singleElement().isInstanceOf(Outcome.Done.class);
    assertThat(balance("ben")).isEqualTo(3);
  }

  private long balance(String name) {
    return await(engine().ask(bank -> bank.balance(account(name))));
  }

  private List<Answer> submitAll(List<byte[]> transactions) {
    return transactions.stream().map(engine()::submit).toList().stream()
        .map(ToyChain::await)
        .toList();
  }

  private static String refusalName(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    return ((Answer.Refused) answer).refusal().name();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
