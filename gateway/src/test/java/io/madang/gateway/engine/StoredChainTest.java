package io.madang.gateway.engine;

import static io.madang.gateway.engine.ToyChain.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.TestPostgres;
import io.vertx.core.Vertx;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Spoils what is stored, one thing at a time: the engine must notice and name the height. */
class StoredChainTest {
  private static final int HEIGHTS = 6;
  private static Vertx vertx;
  private static ToyChain chain;
  private static long height;

  /** A change and the height that must be named. */
  private record Spoiling(String name, String sql, String undo, long height) {}

  @BeforeAll
  static void makeAChain() {
    vertx = Vertx.vertx();
    chain = new ToyChain(vertx, TestPostgres.newDatabase());
    var engine = chain.start();
    for (int i = 0; i < HEIGHTS; i++) {
      await(engine.submit(chain.pay("anna", "ben", 1)));
    }
    await(engine.submit(chain.remind("anna", ToyChain.FOREVER)));
    height = engine.standing().height();
    Eventually.holds(() -> assertThat(engine.standing().height()).isGreaterThan(height));
    height = engine.standing().height();
    await(engine.close());
  }

  @AfterAll
  static void closeVertx() {
    await(vertx.close());
  }

  @TestFactory
  Stream<DynamicTest> refuses_to_start_and_names_the_height() {
    return spoilings()
        .map(
            spoiling ->
                DynamicTest.dynamicTest(
                    spoiling.name(),
                    () -> {
                      execute(chain.address(), spoiling.sql());
                      try {
                        var failure =
                            catchThrowableOfType(CorruptChainException.class, () -> chain.start());
                        assertThat(failure).isNotNull();
                        assertThat(failure.height()).isEqualTo(spoiling.height());
                        assertThat(failure).hasMessageContaining("Height " + spoiling.height());
                      } finally {
                        execute(chain.address(), spoiling.undo());
                      }
                      // Undone, it starts: nothing else was wrong.
                      await(chain.start().close());
                    }));
  }

  private static Stream<Spoiling> spoilings() {
    return Stream.of(
        inBlock("time_millis", "time_millis + 1", "time_millis - 1"),
        inBlock("height", "height + 1000", "3"),
        flipped("hash"),
        flipped("block"),
        flipped("commit"),
        flipped("state_hash"),
        flipped("checksum"),
        new Spoiling(
            "block.results",
            "UPDATE chain.block SET results[1] = " + flip("results[1]") + " WHERE height = 3",
            "UPDATE chain.block SET results[1] = " + flip("results[1]") + " WHERE height = 3",
            3),
        new Spoiling(
            "a block is missing",
            "CREATE TABLE aside AS SELECT * FROM chain.block WHERE height = 2;"
                + "DELETE FROM chain.block WHERE height = 2",
            "INSERT INTO chain.block SELECT * FROM aside; DROP TABLE aside",
            2),
        new Spoiling(
            "two blocks change places",
            "UPDATE chain.block SET height = 1000 - height WHERE height IN (2, 3);"
                + "UPDATE chain.block SET height = height - 998 + 3 WHERE height = 998;"
                + "UPDATE chain.block SET height = 2 WHERE height = 997",
            "UPDATE chain.block SET height = 1000 - height WHERE height IN (2, 3);"
                + "UPDATE chain.block SET height = height - 998 + 3 WHERE height = 998;"
                + "UPDATE chain.block SET height = 2 WHERE height = 997",
            2),
        everywhere("genesis", "document", 0),
        everywhere("genesis", "checksum", 0),
        everywhere("standing", "state_hash", height),
        everywhere("state", "row", height),
        shifted("standing", "height", -1, height - 1),
        shifted("standing", "height", 1, height),
        shifted("taken_in", "height", -1, height),
        shifted("taken_in", "height", 1, height),
        shifted("transaction", "hash_start", 1, 1),
        shifted("transaction", "height", 100, 1),
        shifted("transaction", "index_in_block", 1, 1),
        shifted("state", "table_number", 100, height),
        shifted("state", "slot", 100, height));
  }

  private static String flip(String column) {
    // The last byte but one: inside whatever is stored there.
    var at = "length(%s) - 2".formatted(column);
    return "set_byte(%1$s, %2$s, get_byte(%1$s, %2$s) # 1)".formatted(column, at);
  }

  private static Spoiling flipped(String column) {
    var sql = "UPDATE chain.block SET %s = %s WHERE height = 3".formatted(column, flip(column));
    return new Spoiling("block." + column, sql, sql, 3);
  }

  private static Spoiling inBlock(String column, String value, String undo) {
    boolean key = column.equals("height");
    return new Spoiling(
        "block." + column,
        "UPDATE chain.block SET %s = %s WHERE height = 3".formatted(column, value),
        "UPDATE chain.block SET %s = %s WHERE height = %d".formatted(column, undo, key ? 1003 : 3),
        // A block that went elsewhere makes the blocks end elsewhere than the standing says.
        key ? height : 3);
  }

  private static Spoiling everywhere(String table, String column, long height) {
    var sql = "UPDATE chain.%s SET %s = %s".formatted(table, column, flip(column));
    return new Spoiling(table + "." + column, sql, sql, height);
  }

  private static Spoiling shifted(String table, String column, int by, long height) {
    return new Spoiling(
        table + "." + column + " by " + by,
        "UPDATE chain.%s SET %s = %s + (%d)".formatted(table, column, column, by),
        "UPDATE chain.%s SET %s = %s - (%d)".formatted(table, column, column, by),
        height);
  }

  private static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                    .formatted(address.host(), address.port(), address.database()),
                address.user(),
                address.password());
        var statement = connection.createStatement()) {
      for (var one : List.of(sql.split(";"))) {
        statement.execute(one);
      }
    }
  }
}
