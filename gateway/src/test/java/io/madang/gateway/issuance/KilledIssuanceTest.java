package io.madang.gateway.issuance;

import static io.madang.gateway.Town.await;
import static io.madang.gateway.issuance.PayingTown.reference;
import static io.madang.gateway.issuance.PayingTown.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.gateway.Person;
import io.madang.gateway.Town;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is killed between two steps of issuing goes on where it was, and issues once. */
class KilledIssuanceTest {
  @TempDir private static Path folder = Path.of("");
  private static PayingTown town;
  private static Person anna;
  private static long amount = 50_000;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeAll
  static void begin() {
    town = new PayingTown(folder.resolve("bank"));
    anna = town.town.newPerson("anna", 0);
  }

  @AfterAll
  static void end() {
    town.close();
  }

  private static IssuanceOffice office(Consumer<String> told) {
    return new IssuanceOffice(town.sql, town.town.engine(), Town.secret(), told);
  }

  /** Kills at the first step of this name. */
  private static void killAt(String step) {
    var office =
        office(
            told -> {
              if (told.startsWith(step)) throw new Killed();
            });
    try {
      assertThatThrownBy(() -> await(office.wake())).isInstanceOf(Killed.class);
    } finally {
      office.close();
    }
  }

  @ParameterizedTest(name = "after {0}")
  @ValueSource(strings = {"matched", "submitted", "stored"})
  void killed_it_issues_once_for_each_deposit(String step) {
    // The gateway's own office would go on at once: this one is alone.
    town.town.gateway().issuance().close();
    for (int round = 0; round < 5; round++) {
      long mine = ++amount;
      var charge = town.charge(anna, mine);
      long before = town.coins(anna.account());
      town.payIn("KILL-" + mine, mine, reference(charge));
      if (step.equals("matched")) killAt(step);
      var calm = office(_ -> {});
      await(calm.wake());
      for (var name : List.of("bank", "university")) {
        assertThat(town.approve(signed(town.waiting(mine), name)).getInteger("accepted"))
            .isEqualTo(1);
      }
      if (!step.equals("matched")) killAt(step);
      town.payIn("KILL-" + mine, mine, reference(charge));
      await(calm.wake());
      await(calm.wake());
      calm.close();

      assertThat(town.coins(anna.account())).isEqualTo(before + mine);
      assertThat(town.charge(anna, charge).getString("status")).isEqualTo("confirmed");
      assertThat(town.issues(one -> one.getLong("amount") == mine)).hasSize(1);
    }
  }
}
