package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.madang.gateway.account.Movement;
import io.madang.gateway.account.Movements;
import io.madang.gateway.account.Projection;
import io.madang.gateway.database.Sql;
import io.madang.gateway.engine.RecordedBlock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A gateway that is told to stop ends its work before its database goes away. */
class StopTest {
  private static final class Warnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<String> said = new CopyOnWriteArrayList<>();

    Warnings() {
      setContext(root.getLoggerContext());
      start();
      root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) said.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
      root.detachAppender(this);
    }
  }

  @Test
  void stops_right_after_a_payment_without_a_warning() {
    try (var warnings = new Warnings();
        var town = Town.start()) {
      var shop = town.newShop("SHOP");
      var anna = town.newPerson("anna", 10_000);
      for (int i = 0; i < 20; i++) {
        anna.pay(shop.merchant().account(), 1, "").expect(200);
        // The block of the payment is being read now, by a pool that is about to be closed.
        town.restart();
      }
      assertThat(anna.balance()).isEqualTo(9_980);
      assertThat(warnings.said).isEmpty();
    }
  }

  @Test
  void is_idle_only_when_what_was_begun_is_read() {
    try (var town = Town.start()) {
      town.newShop("SHOP");
      var mayEnd = Promise.<Void>promise();
      var slow =
          new Projection.Reader() {
            @Override
            public Future<?> read(
                SqlConnection connection, List<RecordedBlock> blocks, List<Movement> movements) {
              return mayEnd.future();
            }
          };
      var sql = new Sql(town.pool());
      var projection = new Projection(sql, new Movements(sql), List.of(slow));
      assertThat(projection.idle().isComplete()).isTrue();
      var blocks = List.of(Town.await(town.engine().block(1)).orElseThrow());
      var read = projection.accept(blocks);
      var idle = projection.idle();
      assertThat(idle.isComplete()).isFalse();
      mayEnd.complete();
      Town.await(idle);
      assertThat(read.isComplete()).isTrue();
    }
  }
}
