package io.madang.gateway.payment;

import io.madang.gateway.account.MerchantRegistry;
import io.madang.gateway.http.Access;
import io.madang.gateway.http.Access.Owner;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Idempotency;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.madang.gateway.secret.MasterSecret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;

/** A merchant's stickers and their codes. */
final class StickerRoutes implements Operations.Feature {
  private static final int ID_LENGTH = 8;

  private final Vertx vertx;
  private final Idempotency idempotency;
  private final StickerStore store;
  private final OpenStickers open;
  private final MerchantRegistry merchants;
  private final Codes codes;

  StickerRoutes(
      Vertx vertx,
      Idempotency idempotency,
      StickerStore store,
      OpenStickers open,
      MerchantRegistry merchants,
      Codes codes) {
    this.vertx = vertx;
    this.idempotency = idempotency;
    this.store = store;
    this.open = open;
    this.merchants = merchants;
    this.codes = codes;
  }

  @Override
  public void register(Operations operations) {
    operations.on("createSticker", this::create);
    operations.on("listStickers", this::list);
    operations.on("closeSticker", this::close);
    operations.on(
        "getStickerQrSvg", call -> own(call).compose(it -> IntentRoutes.svg(vertx, codes.of(it))));
    operations.on(
        "getStickerQrPng", call -> own(call).compose(it -> IntentRoutes.png(vertx, codes.of(it))));
  }

  private Future<Reply> create(Call call) {
    return idempotency
        .once(
            Idempotency.Key.of(call, "createSticker"),
            connection ->
                store
                    .insert(
                        connection,
                        HexFormat.of().formatHex(MasterSecret.random(ID_LENGTH)),
                        merchants.byId(call.merchant().merchant()).orElseThrow(),
                        call.body().getString("till"))
                    .map(made -> Reply.created(view(made))))
        .compose(this::makeKnown);
  }

  private Future<Reply> makeKnown(Reply reply) {
    if (!(reply instanceof Reply.Json(var status, var body, var _)) || status != 201) {
      return Future.succeededFuture(reply);
    }
    return store
        .byId(body.getString("id"))
        .map(
            found -> {
              found.filter(sticker -> !sticker.closed()).ifPresent(open::put);
              return reply;
            });
  }

  private Future<Reply> list(Call call) {
    return store
        .list(
            call.merchant().merchant(),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit())
        .map(
            found ->
                Reply.ok(
                    Json.page(
                        found,
                        call.limit(),
                        this::view,
                        sticker -> Long.toString(sticker.number()))));
  }

  private Future<Reply> close(Call call) {
    return own(call)
        .compose(sticker -> store.close(sticker.id()).map(_ -> sticker))
        .map(
            sticker -> {
              open.close(sticker.id());
              return new Reply.Nothing();
            });
  }

  private Future<Sticker> own(Call call) {
    return store
        .byId(call.text("id"))
        .map(
            found -> {
              var sticker = found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).raised());
              Access.check(call.caller(), new Owner.OfMerchant(sticker.merchant().id()));
              return sticker;
            });
  }

  private JsonObject view(Sticker sticker) {
    return sticker.view().put("qr", codes.of(sticker));
  }
}
