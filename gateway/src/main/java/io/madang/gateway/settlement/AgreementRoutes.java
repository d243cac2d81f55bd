package io.madang.gateway.settlement;

import io.madang.gateway.account.Merchant;
import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Caller;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.settlement.Agreements.Kind;
import io.madang.ledger.AssetCode;
import io.madang.payment.qr.MerchantId;
import io.madang.payment.settlement.Adjustment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.util.List;

/** Fees and corrections: operators agree on them, the merchant reads its fees. */
final class AgreementRoutes implements Operations.Feature {
  private final SettlementOffice office;
  private final MerchantRegistry merchants;
  private final Idempotency idempotency;

  AgreementRoutes(SettlementOffice office, MerchantRegistry merchants, Idempotency idempotency) {
    this.office = office;
    this.merchants = merchants;
    this.idempotency = idempotency;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listFees", call -> list(call, Kind.FEE));
    operations.on("proposeFee", this::proposeFee);
    operations.on("approveFee", call -> decide(call, Kind.FEE, true));
    operations.on("declineFee", call -> decide(call, Kind.FEE, false));
    operations.on("listCorrections", call -> list(call, Kind.CORRECTION));
    operations.on("proposeCorrection", this::proposeCorrection);
    operations.on("approveCorrection", call -> decide(call, Kind.CORRECTION, true));
    operations.on("declineCorrection", call -> decide(call, Kind.CORRECTION, false));
    operations.on("getMerchantFees", this::rates);
  }

  private Future<Reply> list(Call call, Kind kind) {
    return office
        .agreements()
        .list(
            kind,
            merchant(call),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit(),
            operator(call))
        .map(found -> Reply.ok(Json.numberedPage(found, call.limit())));
  }

  private Future<Reply> proposeFee(Call call) {
    var merchant = merchant(call);
    var from = SettlementRoutes.day(call.body().getString("fromDay"));
    int basisPoints = call.body().getInteger("basisPoints");
    return idempotency.once(
        Idempotency.Key.of(call, "proposeFee"),
        connection ->
            office
                .agreements()
                .proposeFee(connection, merchant, from, basisPoints, operator(call)));
  }

  private Future<Reply> proposeCorrection(Call call) {
    var merchant = merchant(call);
    var asset = new AssetCode(call.body().getString("asset"));
    long change = call.body().getLong("change");
    var reason = Normalizer.normalize(call.body().getString("reason"), Normalizer.Form.NFC);
    if (change == 0) return fault("#/change", "has to change something");
    if (reason.isBlank() || reason.length() > 140) return fault("#/reason", "has to be a reason");
    return office
        .isSettled(asset)
        .compose(
            settled -> {
              if (!settled) return Problem.of(ProblemType.UNKNOWN_ASSET_HERE).fail();
              return idempotency.once(
                  Idempotency.Key.of(call, "proposeCorrection"),
                  connection ->
                      office
                          .agreements()
                          .proposeCorrection(
                              connection,
                              merchant,
                              asset,
                              new Adjustment(change, reason),
                              operator(call)));
            });
  }

  private static Future<Reply> fault(String pointer, String detail) {
    return Problem.malformed(List.of(new Problem.Fault(pointer, detail))).fail();
  }

  private Future<Reply> decide(Call call, Kind kind, boolean approves) {
    return office
        .agreements()
        .decide(kind, merchant(call), call.integer("number", 0), operator(call), approves);
  }

  private Future<Reply> rates(Call call) {
    return office
        .agreements()
        .rates(call.merchant().merchant())
        .map(
            found ->
                Reply.ok(
                    new JsonObject()
                        .put("today", office.agreements().today().toString())
                        .put("items", new JsonArray(found))));
  }

  private Merchant merchant(Call call) {
    return merchants
        .byId(new MerchantId(call.text("merchant")))
        .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
  }

  private static String operator(Call call) {
    return ((Caller.Operator) call.caller()).key();
  }
}
