package io.madang.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.ledger.AccountId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.PaymentIntent.Hold;
import io.madang.payment.PaymentIntent.Payment;
import io.madang.payment.PaymentIntent.Step;
import io.madang.payment.PaymentIntent.Taking;
import io.madang.payment.qr.IntentId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of an intent with a hold beside a plain model of it: a few numbers. */
class PaymentIntentModelTest {
  private static final AccountId SHOP = new AccountId(1, 1);
  private static final AccountId SHOPPER = new AccountId(2, 2);
  private static final Hash HASH = Hash.sha256(new byte[0]);
  private static final long EXPIRES = 1_000;
  private static final long HELD_UNTIL = 5_000;

  /** What the ledger would know. */
  private static final class Model {
    final long price;
    long hold = -1;
    boolean open;
    boolean cancelled;
    final Map<Long, Long> captured = new TreeMap<>();
    final Map<Long, Long> refunded = new TreeMap<>();

    Model(long price) {
      this.price = price;
    }

    static long sum(Map<Long, Long> amounts) {
      return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    String status(long time) {
      if (hold < 0 && cancelled) return "cancelled";
      if (hold < 0) return time < EXPIRES ? "created" : "expired";
      boolean held = open && time < HELD_UNTIL;
      long taken = sum(captured);
      if (held) return taken == 0 ? "authorised" : "partly-captured";
      if (taken == 0) return open ? "expired" : "voided";
      long back = sum(refunded);
      if (back == 0) return "paid";
      return back == taken ? "refunded" : "partly-refunded";
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.payment.Seeds#many")
  void goes_where_a_plain_model_goes_and_hears_every_fact_twice(long seed) {
    var random = Seeds.random(seed);
    var model = new Model(random.nextLong(1, 10_000));
    var intent =
        PaymentIntent.open(
            new IntentId("9f1c2a7be04d4c1a8d0e5b21"),
            SHOP,
            won(model.price),
            0,
            EXPIRES,
            new Taking.FromHold(HELD_UNTIL));
    long time = 0;
    for (long height = 1; height < 60; height++) {
      time += random.nextLong(200);
      var step = step(random, model, intent, height, time);
      for (int times = 0; times < 2; times++) {
        if (step.apply(intent) instanceof Step.Changed(var next)) {
          assertThat(times).as("the same fact again changes nothing").isZero();
          intent = next;
        }
      }
      assertThat(intent.status(time)).hasToString(model.status(time));
      assertThat(intent.paidInAll()).isEqualTo(Model.sum(model.captured));
      assertThat(intent.refundedInAll()).isEqualTo(Model.sum(model.refunded));
      assertThat(intent.capturable(time))
          .isEqualTo(model.open && time < HELD_UNTIL ? model.price - Model.sum(model.captured) : 0);
      assertThat(intent.objectionToCapture(time).isEmpty())
          .isEqualTo(model.open && time < HELD_UNTIL);
    }
  }

  private interface Fact {
    Step apply(PaymentIntent intent);
  }

  /** Something that the ledger would let happen at this time, or a wish that changes nothing. */
  private static Fact step(
      Random random, Model model, PaymentIntent intent, long height, long time) {
    boolean held = model.open && time < HELD_UNTIL;
    return switch (random.nextInt(6)) {
      case 0 -> {
        long end = random.nextInt(4) == 0 ? HELD_UNTIL + 1 : HELD_UNTIL;
        boolean fits = intent.objectionToHold(SHOP, won(model.price), end, time).isEmpty();
        assertThat(fits)
            .isEqualTo(model.hold < 0 && !model.cancelled && time < EXPIRES && end == HELD_UNTIL);
        if (!fits) yield _ -> new Step.Unchanged();
        model.hold = height;
        model.open = true;
        yield was ->
            was.authorised(new Hold(at(height), SHOPPER, SHOP, won(model.price), end, time, HASH));
      }
      case 1, 2 -> {
        if (!held) yield _ -> new Step.Unchanged();
        long left = model.price - Model.sum(model.captured);
        long amount = random.nextLong(1, left + 1);
        boolean last = random.nextInt(5) == 0;
        model.captured.put(height, amount);
        model.open = !last && amount < left;
        yield was -> was.captured(at(model.hold), payment(height, amount, time), last);
      }
      case 3 -> {
        if (!held || random.nextInt(3) > 0) yield _ -> new Step.Unchanged();
        model.open = false;
        yield was -> was.voided(at(model.hold));
      }
      case 4 -> {
        if (model.captured.isEmpty()) yield _ -> new Step.Unchanged();
        List<Long> all = new ArrayList<>(model.captured.keySet());
        Collections.shuffle(all, random);
        long of = all.getFirst();
        long before = model.refunded.getOrDefault(of, 0L);
        long taken = model.captured.getOrDefault(of, 0L);
        if (before == taken) yield _ -> new Step.Unchanged();
        long sum = random.nextLong(before + 1, taken + 1);
        model.refunded.put(of, sum);
        yield was -> was.refunded(at(of), sum);
      }
      default -> {
        if (model.hold < 0 && time < EXPIRES && random.nextInt(8) == 0) model.cancelled = true;
        else yield _ -> new Step.Unchanged();
        yield was -> was.cancel(time);
      }
    };
  }

  private static Position at(long height) {
    return new Position(height, 0);
  }

  private static Payment payment(long height, long amount, long time) {
    return new Payment(at(height), SHOPPER, SHOP, won(amount), time, HASH, Optional.empty());
  }

  private static Amount won(long minorUnits) {
    return new Amount(minorUnits, new AssetCode("S-COIN"));
  }
}
