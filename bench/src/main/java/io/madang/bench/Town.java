package io.madang.bench;

import io.madang.chain.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The people and merchants of the bench, and what each must own after every payment that was
 * answered as final.
 */
final class Town {
  /** What each payer owns at first; enough for any run. */
  private static final long CHARGE = 100_000_000;

  private static final long PRICE = 100;

  private final Words words;
  private final List<Party> payers;
  private final List<Party> merchants;
  private final long[] payerBalances;
  private final long[] merchantBalances;
  private final SplittableRandom random = new SplittableRandom(42);

  /** A town of so many; its accounts are not open yet. */
  Town(Words words, int payers, int merchants) {
    this.words = words;
    this.payers = parties("payer", payers);
    this.merchants = parties("merchant", merchants);
    this.payerBalances = new long[payers];
    this.merchantBalances = new long[merchants];
  }

  private static List<Party> parties(String name, int count) {
    return IntStream.range(0, count).parallel().mapToObj(i -> Party.named(name + i)).toList();
  }

  /** The transactions that open all accounts. */
  List<Statement> openings(Party enroller) {
    var openings = new ArrayList<>(signed(payers, payer -> words.open(enroller, "person", payer)));
    openings.addAll(signed(merchants, merchant -> words.open(enroller, "merchant", merchant)));
    return openings;
  }

  /** The transactions that give each payer its coins. */
  List<Statement> charges(List<Party> approvers) {
    Arrays.setAll(payerBalances, i -> payerBalances[i] + CHARGE);
    return signed(payers, payer -> words.issue(approvers, payer, CHARGE));
  }

  private static List<Statement> signed(List<Party> parties, Function<Party, Statement> words) {
    return parties.parallelStream().map(words).toList();
  }

  /** Payments of random payers to one merchant, as if on a festival day. */
  List<Statement> paymentsToOne(int count) {
    return payments(count, i -> 0);
  }

  /** Payments of random payers to random merchants. */
  List<Statement> paymentsToAny(int count) {
    return payments(count, i -> random.nextInt(merchants.size()));
  }

  private List<Statement> payments(int count, IntFunction<Integer> merchantOf) {
    // Drawn one after another, so that a run can be repeated; signed on all processors.
    var payerOf = new int[count];
    var payeeOf = new int[count];
    for (int i = 0; i < count; i++) {
      payerOf[i] = random.nextInt(payers.size());
      payeeOf[i] = merchantOf.apply(i);
      payerBalances[payerOf[i]] -= PRICE;
      merchantBalances[payeeOf[i]] += PRICE;
    }
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            i -> words.transfer(payers.get(payerOf[i]), merchants.get(payeeOf[i]).account(), PRICE))
        .toList();
  }

  /** Each party with what it must own now. */
  List<Owner> owners() {
    var owners = new ArrayList<Owner>();
    for (int i = 0; i < payers.size(); i++) {
      owners.add(new Owner(payers.get(i), payerBalances[i]));
    }
    for (int i = 0; i < merchants.size(); i++) {
      owners.add(new Owner(merchants.get(i), merchantBalances[i]));
    }
    return owners;
  }

  /** A party and what it must own. */
  record Owner(Party party, long balance) {}
}
