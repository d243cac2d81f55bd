package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.madang.chain.LightClient.Reason;
import io.madang.chain.LightClient.Trusted;
import io.madang.chain.LightClient.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LightClientTest {
  private final TestChain chain = new TestChain(4);
  private final LightClient client = new LightClient(Duration.ofDays(1), Duration.ofSeconds(10));

  /** The verdicts of tendermint-rs's model-based tests, which TLA+ and another program made. */
  @Test
  void gives_the_verdicts_of_the_model_based_tests() throws IOException {
    var seen = new TreeMap<String, Integer>();
    try (Stream<Path> files = Files.list(CometFixtures.folder().resolve("single-step"))) {
      for (var file : files.sorted().toList()) {
        follow(file.getFileName().toString(), CometFixtures.read(file), seen);
      }
    }
    assertThat(seen).containsOnlyKeys("SUCCESS", "NOT_ENOUGH_TRUST", "INVALID");
  }

  private static void follow(String name, JsonNode json, Map<String, Integer> seen) {
    var initial = json.get("initial");
    var period = Duration.ofNanos(initial.get("trusting_period").asLong());
    var client = new LightClient(period, Duration.ZERO);
    var trusted =
        new Trusted(
            CometFixtures.header(initial.at("/signed_header/header")),
            CometFixtures.members(initial.at("/next_validator_set/validators")));
    for (var input : json.get("input")) {
      var block = input.get("block");
      var verdict =
          client.verify(
              trusted,
              new LightBlock(
                  CometFixtures.header(block.at("/signed_header/header")),
                  CometFixtures.commit(block.at("/signed_header/commit")),
                  CometFixtures.members(block.at("/validator_set/validators")),
                  CometFixtures.members(block.at("/next_validator_set/validators"))),
              Instant.parse(input.get("now").asText()));
      var found =
          switch (verdict) {
            case Verdict.Success(var next) -> {
              trusted = next;
              yield "SUCCESS";
            }
            case Verdict.NotEnoughTrust _ -> "NOT_ENOUGH_TRUST";
            case Verdict.Invalid _ -> "INVALID";
          };
      assertThat(found).as("%s: %s", name, verdict).isEqualTo(input.get("verdict").asText());
      seen.merge(found, 1, Integer::sum);
    }
  }

  @Test
  void follows_the_chain_step_by_step_and_in_leaps() {
    assertThat(client.verify(trusted(1), block(2), now())).isEqualTo(success(2));
    assertThat(client.verify(trusted(1), block(9), now())).isEqualTo(success(9));
  }

  @Test
  void names_the_reason_of_each_refusal() {
    var other = new TestChain(4, 100);
    assertReason(client.verify(trusted(2), block(2), now()), Reason.HEIGHT);
    assertReason(client.verify(trusted(3), block(2), now()), Reason.HEIGHT);
    assertReason(
        client.verify(trusted(1), block(2), now().plus(Duration.ofDays(2))), Reason.TRUST_EXPIRED);
    assertReason(
        client.verify(trusted(1), block(2), chain.header(2).time().minusSeconds(11)),
        Reason.FROM_FUTURE);
    assertReason(
        client.verify(
            trusted(1),
            new LightBlock(chain.header(2), chain.commit(3), chain.members(), chain.members()),
            now()),
        Reason.COMMIT);
    assertReason(
        client.verify(
            trusted(1),
            new LightBlock(chain.header(2), chain.commit(2), chain.members(), other.members()),
            now()),
        Reason.NEXT_MEMBERS);
    assertReason(client.verify(trusted(1), block(other, 2), now()), Reason.MEMBERS);
  }

  @Test
  void asks_for_a_height_between_when_no_trusted_member_signed() {
    assertThat(client.verify(trusted(1), block(new TestChain(4, 100), 9), now()))
        .isEqualTo(new Verdict.NotEnoughTrust(0, 4));
  }

  @Test
  void needs_more_than_two_thirds_of_the_new_members() {
    var two = chain.commitBy(9, List.of(0, 1));
    var three = chain.commitBy(9, List.of(0, 1, 3));
    assertReason(
        client.verify(
            trusted(1),
            new LightBlock(chain.header(9), two, chain.members(), chain.members()),
            now()),
        Reason.POWER);
    assertThat(
            client.verify(
                trusted(1),
                new LightBlock(chain.header(9), three, chain.members(), chain.members()),
                now()))
        .isEqualTo(success(9));
  }

  private static void assertReason(Verdict verdict, Reason reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> assertThat(invalid.reason()).as(invalid.detail()).isEqualTo(reason));
  }

  private Instant now() {
    return chain.header(9).time().plusSeconds(1);
  }

  private Verdict success(int height) {
    return new Verdict.Success(trusted(height));
  }

  private Trusted trusted(int height) {
    return new Trusted(chain.header(height), chain.members());
  }

  private LightBlock block(int height) {
    return block(chain, height);
  }

  private static LightBlock block(TestChain chain, int height) {
    return new LightBlock(
        chain.header(height), chain.commit(height), chain.members(), chain.members());
  }
}
