package io.madang.gateway.settlement;

import io.madang.ledger.AccountId;
import io.madang.ledger.AssetCode;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.settlement.BusinessDays;
import io.madang.payment.settlement.StatementLine;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** What was settled, for whoever writes it down for a merchant. */
public final class SettledDays {
  private final SettlementOffice office;

  /** What this office has settled. */
  public SettledDays(SettlementOffice office) {
    this.office = office;
  }

  /** When days begin and end. */
  public BusinessDays businessDays() {
    return office.businessDays();
  }

  /** Every attempt at a merchant's days, from a day until a day, in the order of the chain. */
  public Future<List<Attempt>> attempts(
      AccountId account, AssetCode asset, LocalDate from, LocalDate until) {
    return office.days().attempts(account, asset, from, until).compose(this::attempts);
  }

  /** The last day of these whose settlement is computed, whoever had sales on it. */
  public Future<Optional<LocalDate>> lastComputed(
      AssetCode asset, LocalDate from, LocalDate until) {
    return office.runs().lastComputed(asset, from, until);
  }

  /** A merchant's lines of a day from an index on, in the order of the chain. */
  public Future<List<StatementLine>> lines(
      AccountId account, AssetCode asset, LocalDate day, long fromIndex, int limit) {
    return office.lines().read(account, asset, day, fromIndex, limit);
  }

  /** The corrections that two operators approved for a merchant's days. */
  public Future<List<Correction>> corrections(
      MerchantId merchant, AssetCode asset, LocalDate from, LocalDate until) {
    return office.agreements().corrections(merchant, asset, from, until);
  }

  Future<List<Attempt>> attempts(List<SettledDay> days) {
    return office
        .payouts()
        .byIds(days.stream().map(day -> day.payoutId().toString()).toList())
        .map(
            found -> {
              var byId = new HashMap<String, PayoutStore.InFile>();
              found.forEach(one -> byId.put(one.payout().id().toString(), one));
              return days.stream().map(day -> Attempt.of(day, byId)).toList();
            });
  }
}
