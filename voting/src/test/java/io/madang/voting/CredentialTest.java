package io.madang.voting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.madang.chain.Seeds;
import io.madang.voting.group.Group;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
  static List<JsonNode> vectors() {
    return Fixtures.vectors("credentials");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void derives_the_vectors_keys(JsonNode vector) {
    var group = Group.named(vector.get("group").asText()).orElseThrow();
    var id = new ElectionId(vector.get("uuid").asText());
    var credential = Credential.parse(vector.get("credential").asText()).orElseThrow();
    assertThat(credential.exponent(id, group).decimal()).isEqualTo(vector.get("exponent").asText());
    assertThat(credential.publicCredential(id, group).text())
        .isEqualTo(vector.get("public").asText());
  }

  @Test
  void makes_credentials_that_it_reads_and_does_not_show() {
    var random = Seeds.random(1);
    var credential = Credential.random(random::nextBytes);
    assertThat(credential.secretText()).matches("\\w{5}-\\w{6}-\\w{5}-\\w{6}");
    assertThat(Credential.parse(credential.secretText())).isPresent();
    assertThat(credential.toString()).doesNotContain(credential.secretText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nCgD8-qGuWPZ-PzaHr-W7epr",
        "nCgD8qGuWPZPzaHrW7eprt",
        "nCgD0-qGuWPZ-PzaHr-W7eprt",
        "nCgD8-qGuWPZ-PzaHr-W7epr가",
        "PwS-2cs-TQR-ev1-V38",
        "PwS-2cs-TQR-ev1-39"
      })
  void refuses_what_cannot_be_a_credential(String text) {
    assertThat(Credential.parse(text)).isEmpty();
  }
}
