package io.madang.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.ChainApplication.Refusal;
import io.madang.ledger.LedgerRefusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {
  @ParameterizedTest
  @EnumSource
  void every_refusal_of_the_ledger_is_a_problem_of_the_same_name(LedgerRefusal refusal) {
    var problem = LedgerProblems.of(refusal.refusal());

    assertThat(problem.name()).isEqualTo(refusal.kebabName());
    assertThat(problem.status()).isBetween(400, 499).isNotEqualTo(401);
    assertThat(problem.retryCanHelp()).isEqualTo(refusal.retryCanHelp());
    assertThat(problem.body("id").getString("type"))
        .isEqualTo("https://madang.io/problems/" + refusal.kebabName());
    assertThat(problem.body("id").getInteger("code")).isEqualTo(refusal.code());
  }

  @Test
  void names_mean_one_thing_each() {
    var names = new HashSet<String>();
    for (var type : ProblemType.values()) {
      assertThat(names.add(type.kebabName())).as(type.kebabName()).isTrue();
    }
    for (var refusal : LedgerRefusal.values()) {
      assertThat(names.add(refusal.kebabName())).as(refusal.kebabName()).isTrue();
    }
    assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::status))
        .allMatch(status -> status >= 400);
  }

  @Test
  void a_refusal_of_the_ordering_policy_keeps_the_status_of_its_type() {
    var refusal = new Refusal(1_000, "intent-expired", "The intent has expired.", false);
    assertThat(LedgerProblems.of(refusal).status()).isEqualTo(409);
  }

  @Test
  void waits_are_whole_seconds_and_never_none() {
    var problem = Problem.of(ProblemType.RATE_LIMITED);
    assertThat(problem.retryAfter(Duration.ofMillis(1)).headers())
        .containsEntry("Retry-After", "1");
    assertThat(problem.retryAfter(Duration.ofMillis(1_001)).headers())
        .containsEntry("Retry-After", "2");
  }
}
