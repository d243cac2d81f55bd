package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.gateway.account.Movements;
import io.madang.gateway.account.Projection;
import io.madang.gateway.database.Sql;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from final blocks into tables. */
class ProjectionTest {
  private static final int PAYMENTS = 5;

  @Test
  void stores_each_movement_once_however_often_its_block_is_handed_over() {
    try (var town = Town.start()) {
      var shop = town.newShop("SHOP");
      var anna = town.newPerson("anna", 10_000);
      for (int i = 0; i < PAYMENTS; i++) {
        anna.pay(shop.merchant().account(), 1, "").expect(200);
      }
      var sql = new Sql(town.pool());
      // A second reader of the same tables, beside the gateway's own.
      var again = new Projection(sql, new Movements(sql), List.of());
      var blocks = Town.await(town.engine().recorded(1, town.engine().standing().height()));
      Town.await(again.accept(blocks));
      Town.await(again.accept(blocks.subList(0, 2)));
      Town.await(again.accept(blocks));

      anna.pay(shop.merchant().account(), 1, "").expect(200);
      var height = town.engine().standing().height();
      Town.await(again.accept(Town.await(town.engine().recorded(2, height))));
      var counts =
          Town.await(
                  sql.run(
                      "SELECT count(*) AS rows, count(DISTINCT (height, index_in_block)) AS places,"
                          + " count(*) FILTER (WHERE kind = 'payment') AS payments"
                          + " FROM ops.movement"))
              .iterator()
              .next();
      assertThat(counts.getLong("rows")).isEqualTo(counts.getLong("places"));
      assertThat(counts.getLong("payments")).isEqualTo(PAYMENTS + 1);
    }
  }
}
