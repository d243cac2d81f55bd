package io.madang.gateway.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.gateway.Town;
import io.madang.gateway.database.Database;
import io.madang.gateway.database.DatabaseAddress;
import io.madang.gateway.database.TestPostgres;
import io.madang.gateway.engine.Channel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F5: an old backup is restored, and the gateway notices before it signs a block. */
class RollbackWitnessTest {
  private static Vertx vertx;

  @TempDir Path folder;
  private DatabaseAddress database = TestPostgres.newDatabase();

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    Town.await(vertx.close());
  }

  @BeforeEach
  void aDayWithAWitness() throws IOException {
    workADay(database, false);
  }

  /** Starts a town as a gateway does, opens some accounts, and stops. */
  private void workADay(DatabaseAddress address, boolean acceptRollback) throws IOException {
    var witness = open(acceptRollback);
    witness.check(Town.await(Database.open(vertx, address)), Channel.PAYMENTS);
    try (var town = town(address)) {
      var keeper = Town.await(witness.keep(vertx, town.engine()));
      town.newShop("SHOP");
      town.newPerson("anna", 100);
      long seen = town.engine().standing().height();
      Town.await(keeper.close());
      assertThat(witnessed().height()).isGreaterThanOrEqualTo(seen - keeper.behind());
    }
  }

  private static Town town(DatabaseAddress address) {
    return new Town(address, settings -> settings.withRates(Town.NO_RATES));
  }

  private RollbackWitness open(boolean acceptRollback) throws IOException {
    return RollbackWitness.open(folder, Town.CHAIN, Town.key("member"), acceptRollback);
  }

  private Path file() {
    return folder.resolve("witness-" + Town.CHAIN + ".jws");
  }

  private Witness witnessed() throws IOException {
    var reading = new WitnessFile(folder, Town.CHAIN, Town.key("member")).read();
    return ((WitnessFile.Reading.Read) reading).witness();
  }

  @Test
  void goes_on_day_after_day() throws IOException {
    long first = witnessed().height();
    assertThat(first).isPositive();
    workADay(database, false);
    assertThat(witnessed().height()).isGreaterThan(first);
  }

  @Test
  void refuses_yesterdays_backup_and_leaves_it_as_it_is() throws IOException {
    var yesterday = TestPostgres.copyOf(database);
    long before = witnessed().height();
    workADay(database, false);

    assertThatThrownBy(() -> workADay(yesterday, false))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("was rolled back: it ends at height")
        .hasMessageContaining("saw height " + witnessed().height())
        .hasMessageContaining("--accept-rollback");
    assertThat(witnessed().height()).isGreaterThan(before);
    // Today's database is still the right one.
    workADay(database, false);
  }

  @Test
  void refuses_an_empty_database() {
    assertThatThrownBy(() -> workADay(TestPostgres.newDatabase(), false))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("holds no chain");
  }

  @Test
  void refuses_a_chain_that_went_another_way_and_grew_longer() throws IOException {
    var copy = TestPostgres.copyOf(database);
    workADay(database, false);
    long seen = witnessed().height();
    try (var elsewhere = town(copy)) {
      while (elsewhere.engine().standing().height() <= seen) {
        elsewhere.newShop("OTHER");
      }
    }
    assertThatThrownBy(() -> workADay(copy, false))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("block " + seen + " is another one");
  }

  @Test
  void takes_a_database_that_is_ahead_as_after_a_kill_between_block_and_witness()
      throws IOException {
    byte[] earlier = Files.readAllBytes(file());
    workADay(database, false);
    Files.write(file(), earlier);
    workADay(database, false);
  }

  @Test
  void refuses_a_chain_whose_witness_is_missing() throws IOException {
    Files.delete(file());
    assertThatThrownBy(() -> workADay(database, false))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("is missing");
    assertThat(file()).doesNotExist();
  }

  @Test
  void refuses_a_damaged_witness() throws IOException {
    Files.writeString(file(), "x\n");
    assertThatThrownBy(() -> workADay(database, false))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("is not what this gateway signed");
  }

  @Test
  void goes_on_from_a_backup_when_the_operator_accepts_it_once() throws IOException {
    var yesterday = TestPostgres.copyOf(database);
    workADay(database, false);
    byte[] evidence = Files.readAllBytes(file());

    workADay(yesterday, true);

    try (var files = Files.list(folder)) {
      assertThat(files.filter(one -> one.toString().contains(".before-")))
          .singleElement()
          .satisfies(kept -> assertThat(kept).hasBinaryContent(evidence));
    }
    workADay(yesterday, false);
    assertThatThrownBy(() -> workADay(database, false)).isInstanceOf(RolledBackException.class);
  }

  @Test
  void accepting_without_need_changes_nothing() throws IOException {
    workADay(database, true);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void does_not_start_where_no_witness_can_be_written() throws IOException {
    Files.createDirectory(folder.resolve("witness-" + Town.CHAIN + ".jws.next"));
    var witness = open(false);
    witness.check(Town.await(Database.open(vertx, database)), Channel.PAYMENTS);
    try (var town = town(database)) {
      assertThatThrownBy(() -> Town.await(witness.keep(vertx, town.engine())))
          .isInstanceOf(IOException.class);
    }
  }
}
