package io.madang.gateway.event;

import io.madang.gateway.database.Sql;
import io.madang.gateway.http.Call;
import io.madang.gateway.http.Json;
import io.madang.gateway.http.Operations;
import io.madang.gateway.http.Problem;
import io.madang.gateway.http.ProblemType;
import io.madang.gateway.http.Reply;
import io.vertx.core.Future;
import java.time.Clock;

/** A merchant's notices: read by those who run the shop, acknowledged by its owner. */
public final class NoticeRoutes implements Operations.Feature {
  private final Sql sql;
  private final Clock clock;

  /** Routes to the notices of this database. */
  public NoticeRoutes(Sql sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  @Override
  public void register(Operations operations) {
    operations.on("listNotices", this::list);
    operations.on("acknowledgeNotice", this::acknowledge);
  }

  private Future<Reply> list(Call call) {
    return Notices.list(
            sql,
            call.merchant().merchant(),
            call.optional("state").isPresent(),
            Json.cursorNumber(call.optional("cursor"), Long.MAX_VALUE),
            call.limit())
        .map(found -> Reply.ok(Json.numberedPage(found, call.limit())));
  }

  private Future<Reply> acknowledge(Call call) {
    var caller = call.merchant();
    return Notices.seen(
            sql, caller.merchant(), call.integer("number", 0), caller.key(), clock.millis())
        .map(
            known -> {
              if (!known) throw Problem.of(ProblemType.NOT_FOUND).raised();
              return new Reply.Nothing();
            });
  }
}
