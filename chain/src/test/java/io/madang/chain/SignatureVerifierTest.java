package io.madang.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureVerifierTest {
  private record Words(List<Statement> statements) implements ChainApplication.Candidate {
    @Override
    public Statement transaction() {
      return statements.getFirst();
    }
  }

  @Test
  void verifies_both_algorithms() {
    var verifier = verifier(1, 10);
    for (var key : List.of(TestKeys.ed25519(1), TestKeys.p256(1))) {
      assertThat(verifier.verifies(statement(key, 1))).isTrue();
      assertThat(verifier.verifies(forged(statement(key, 1)))).isFalse();
    }
  }

  @Test
  void refuses_a_candidate_when_a_nested_statement_is_forged() {
    var outer = statement(TestKeys.ed25519(1), 1);
    var nested = statement(TestKeys.p256(2), 2);
    var good = new Words(List.of(outer, nested));
    var bad = new Words(List.of(outer, nested, forged(nested)));
    var verdicts = verifier(1, 10).verify(List.of(good, bad, good));
    assertThat(verdicts.get(0)).isInstanceOf(SignatureVerdict.Right.class);
    assertThat(verdicts.get(1)).isEqualTo(new SignatureVerdict.Wrong<>(bad, forged(nested)));
    assertThat(verdicts.get(2)).isInstanceOf(SignatureVerdict.Right.class);
  }

  @Test
  void refuses_a_key_of_small_order() {
    // The neutral point: under it, signatures fit many messages.
    var neutral = new byte[32];
    neutral[0] = 1;
    var text = statement(TestKeys.ed25519(1), 1).text();
    var header =
        StatementReader.HeaderForm.write(PublicKey.of(PublicKey.Algorithm.ED25519, neutral));
    var forged = read(Base64Url.encode(header) + text.substring(text.indexOf('.')));
    var verifier = verifier(1, 10);
    for (int time = 0; time < 3; time++) {
      assertThat(verifier.verifies(forged)).isFalse();
    }
  }

  @Test
  void takes_no_candidate_that_hides_its_transaction() {
    var hiding =
        new ChainApplication.Candidate() {
          @Override
          public Statement transaction() {
            return forged(statement(TestKeys.ed25519(1), 1));
          }

          @Override
          public List<Statement> statements() {
            return List.of(statement(TestKeys.ed25519(1), 1));
          }
        };
    assertThatThrownBy(() -> verifier(1, 10).verify(List.of(hiding)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("io.madang.chain.Seeds#many")
  void gives_the_same_verdict_alone_and_in_any_company(long seed) {
    var random = Seeds.random(seed);
    var candidates = new ArrayList<Words>();
    for (int i = random.nextInt(150); i > 0; i--) {
      candidates.add(words(random));
    }
    var verifier = verifier(seed, random.nextInt(8));
    var together = verifier.verify(candidates);
    assertThat(together).hasSameSizeAs(candidates);
    for (int i = 0; i < candidates.size(); i++) {
      boolean expected = candidates.get(i).statements().stream().noneMatch(this::isForged);
      assertThat(together.get(i) instanceof SignatureVerdict.Right).isEqualTo(expected);
      var alone = verifier.verify(List.of(candidates.get(i))).getFirst();
      assertThat(alone instanceof SignatureVerdict.Right).isEqualTo(expected);
      if (together.get(i) instanceof SignatureVerdict.Right<Words>(var verified)) {
        assertThat(verified.candidate()).isSameAs(candidates.get(i));
      }
    }
  }

  private boolean isForged(Statement statement) {
    return statement.payload().purpose().equals("forged");
  }

  private static Words words(RandomGenerator random) {
    var statements = new ArrayList<Statement>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      var key =
          random.nextInt(10) == 0
              ? TestKeys.p256(random.nextInt(2))
              : TestKeys.ed25519(random.nextInt(12));
      statements.add(
          random.nextInt(20) == 0
              ? forged(statement(key, random.nextInt(100), "forged"))
              : statement(key, random.nextInt(100)));
    }
    return new Words(statements);
  }

  private static SignatureVerifier verifier(long seed, int keptKeys) {
    return new SignatureVerifier(Seeds.random(seed)::nextBytes, keptKeys);
  }

  private static Statement statement(SigningKey key, long number) {
    return statement(key, number, "transfer");
  }

  private static Statement statement(SigningKey key, long number, String purpose) {
    return new StatementSigner(key)
        .sign(
            new Statement.Payload(
                "madang-test",
                new StatementId("%032x".formatted(number)),
                purpose,
                1_000,
                JsonObject.builder().build()));
  }

  /** The same words with another signature: the first half, a point or r, is kept. */
  private static Statement forged(Statement statement) {
    var signature = statement.signature();
    signature[40] ^= 1;
    var text = statement.text();
    return read(text.substring(0, text.lastIndexOf('.') + 1) + Base64Url.encode(signature));
  }

  private static Statement read(String text) {
    return ((StatementReading.Read) StatementReader.read(text)).statement();
  }
}
