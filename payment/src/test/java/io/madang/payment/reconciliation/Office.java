package io.madang.payment.reconciliation;

import io.madang.ledger.PayoutId;
import io.madang.payment.iso20022.BankReport;
import io.madang.payment.iso20022.FileReading;
import io.madang.payment.iso20022.FileReading.Read;
import io.madang.payment.iso20022.StatusReport;
import io.madang.payment.reconciliation.BankMatcher.Matched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who keeps the payouts and reads the bank's files, as a gateway does it: a payout and what follows
 * from it are stored in one step. May be killed before any step, and then reads the file again.
 */
final class Office implements BankMatcher.Payouts {
  private final Map<PayoutId, Payout> payouts = new TreeMap<>();
  private final List<PayoutId> file = new ArrayList<>();
  final List<Consequence> consequences = new ArrayList<>();
  int refusedFiles;

  /** How many steps are left until the process is killed. */
  private int stepsLeft = Integer.MAX_VALUE;

  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  Office(List<Payout> created) {
    for (var payout : created) {
      payouts.put(payout.id(), payout);
      file.add(payout.id());
    }
  }

  void killAfter(int steps) {
    stepsLeft = steps;
  }

  void hear(PayoutId id, BankNews news) {
    var before = find(id).orElseThrow();
    var step = Reconciliation.next(before, news);
    if (stepsLeft-- == 0) {
      throw new Killed();
    }
    payouts.put(id, step.payout());
    consequences.addAll(step.consequences());
  }

  void read(byte[] bytes) {
    var matcher = new BankMatcher(this);
    if (StatusReport.read(bytes) instanceof Read<StatusReport>(var report)) {
      take(matcher.match(report));
    } else if (notification(bytes) instanceof Read<BankReport>(var report)) {
      take(matcher.match(report));
    } else if (BankReport.readStatement(bytes) instanceof Read<BankReport>(var report)) {
      take(matcher.match(report));
    } else {
      refusedFiles++;
    }
  }

  private static FileReading<BankReport> notification(byte[] bytes) {
    return BankReport.readNotification(bytes);
  }

  private void take(Matched matched) {
    matched.matches().forEach(match -> hear(match.payout(), match.news()));
    consequences.addAll(matched.workList());
  }

  List<Payout> all() {
    return List.copyOf(payouts.values());
  }

  @Override
  public Optional<Payout> find(PayoutId id) {
    return Optional.ofNullable(payouts.get(id));
  }

  @Override
  public List<Payout> ofFile(String messageId) {
    return messageId.equals(SampleBank.FILE)
        ? file.stream().map(id -> find(id).orElseThrow()).toList()
        : List.of();
  }

  @Override
  public boolean isOurs(String accountNumber) {
    return accountNumber.equals(SampleBank.ACCOUNT);
  }
}
