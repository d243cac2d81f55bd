package io.madang.payment.settlement;

import io.madang.chain.ChainApplication.Position;
import io.madang.chain.Hash;
import io.madang.chain.crypto.Sha256;
import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.ledger.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One day of one asset, over all merchants: postings come in the order of the chain, lines of
 * statements go out, and at the end what each merchant is due. It remembers sums and a few hashes
 * for each merchant, never the postings, so that a day may have millions.
 *
 * <p>The same postings and terms give the same days, on every machine and however often.
 */
public final class SettlementRun {
  private final LocalDate day;
  private final AssetCode asset;
  private final long beginMillis;
  private final long endMillis;
  private final Map<AccountId, MerchantTerms> merchants;
  private final Function<Position, Paid> payments;

  /** Found by key, never gone through: its order means nothing. */
  private final Map<AccountId, Sums> sums = new HashMap<>();

  private @Nullable Position last;

  /**
   * What was paid by a payment that is refunded now.
   *
   * @param day the business day of the payment
   */
  public record Paid(long amount, LocalDate day) {}

  /** What a run comes to, merchants in the order of their ids. */
  public record Result(List<MerchantDay> days, RunTotals totals) {
    public Result {
      days = List.copyOf(days);
    }

    /** With the sums over these days. */
    public static Result of(List<MerchantDay> days) {
      var totals = RunTotals.NONE;
      for (var day : days) {
        totals = totals.plus(day);
      }
      return new Result(days, totals);
    }

    /** A hash over every figure: two runs that came to the same have the same. */
    public Hash digest() {
      var sha256 = Sha256.start();
      for (var one : days) {
        sha256.update(one.figures().getBytes(StandardCharsets.US_ASCII));
      }
      return Hash.of(sha256.digest());
    }
  }

  /**
   * @param merchants every merchant who may be settled; who is not named has no statement
   * @param payments finds the payment that a refund refunds; asked only when the refund may give
   *     back a fee
   */
  public SettlementRun(
      LocalDate day,
      AssetCode asset,
      BusinessDays businessDays,
      Map<AccountId, MerchantTerms> merchants,
      Function<Position, Paid> payments) {
    this.day = day;
    this.asset = asset;
    this.beginMillis = businessDays.beginMillis(day);
    this.endMillis = businessDays.endMillis(day);
    this.merchants = Map.copyOf(merchants);
    this.payments = payments;
  }

  /**
   * Takes the next posting. Those of other assets, and of accounts that are no merchants, have no
   * line.
   *
   * @throws IllegalArgumentException when it is not of this day, or not after the last one: a
   *     stream that skips or repeats must never become a payout
   */
  public Optional<StatementLine> add(Posting posting) {
    if (posting.timeMillis() < beginMillis || posting.timeMillis() >= endMillis) {
      throw new IllegalArgumentException("not a posting of " + day + ": " + posting);
    }
    // A transaction has up to two postings, of two accounts.
    if (last != null && posting.position().compareTo(last) < 0) {
      throw new IllegalArgumentException("out of the chain's order: " + posting);
    }
    last = posting.position();
    var terms = merchants.get(posting.account());
    if (terms == null || !posting.asset().equals(asset)) {
      return Optional.empty();
    }
    var ofMerchant = sums.computeIfAbsent(posting.account(), _ -> new Sums());
    return Optional.of(ofMerchant.add(posting, fee(posting, terms.fees())));
  }

  private long fee(Posting posting, FeeSchedule fees) {
    return switch (posting.kind()) {
      case CAPTURE -> fees.fee(posting.amount(), day);
      case REFUND -> fees == FeeSchedule.FREE ? 0 : -returned(posting, fees);
      case PAYMENT_MADE, REFUND_RECEIVED, ISSUED, REDEEMED -> 0;
    };
  }

  private long returned(Posting refund, FeeSchedule fees) {
    var paid = payments.apply(refund.payment());
    return fees.returned(paid.amount(), refund.refundedBefore(), refund.amount(), paid.day());
  }

  /** What each merchant is due who has a posting, or something carried, owed or corrected. */
  public Result finish() {
    var days = new ArrayList<MerchantDay>();
    for (var entry : new TreeMap<>(merchants).entrySet()) {
      var terms = entry.getValue();
      var ofMerchant = sums.get(entry.getKey());
      if (ofMerchant == null) {
        if (terms.carried() == 0 && terms.owed() == 0 && terms.adjustments().isEmpty()) {
          continue;
        }
        ofMerchant = new Sums();
      }
      days.add(due(entry.getKey(), terms, ofMerchant));
    }
    return Result.of(days);
  }

  private MerchantDay due(AccountId merchant, MerchantTerms terms, Sums of) {
    long adjustments = 0;
    for (var adjustment : terms.adjustments()) {
      adjustments = Math.addExact(adjustments, adjustment.change());
    }
    long due = terms.carried() + of.captures - of.refunds + of.others;
    return new MerchantDay(
            merchant,
            asset,
            day,
            of.tree.count(),
            of.tree.root(),
            of.captureCount,
            of.captures,
            of.refundCount,
            of.refunds,
            of.others,
            of.fees,
            adjustments,
            terms.carried(),
            terms.owed(),
            0,
            0,
            due,
            terms.owed() + of.fees - adjustments)
        .payable(terms.redeemable(), terms.leastPayout());
  }

  /** What is remembered of a merchant. */
  private static final class Sums {
    private final PostingTree tree = new PostingTree();
    private @Nullable Position last;
    private long captureCount;
    private long captures;
    private long refundCount;
    private long refunds;
    private long others;
    private long fees;

    StatementLine add(Posting posting, long fee) {
      if (posting.position().equals(last)) {
        throw new IllegalArgumentException("the same posting twice: " + posting);
      }
      last = posting.position();
      switch (posting.kind()) {
        case CAPTURE -> {
          captureCount++;
          captures = Math.addExact(captures, posting.amount());
        }
        case REFUND -> {
          refundCount++;
          refunds = Math.addExact(refunds, posting.amount());
        }
        case PAYMENT_MADE, REFUND_RECEIVED, ISSUED, REDEEMED ->
            others = Math.addExact(others, posting.change());
      }
      fees = Math.addExact(fees, fee);
      long index = tree.count();
      tree.add(Settlement.leaf(posting.position(), posting.change()));
      return new StatementLine(posting, index, fee);
    }
  }
}
