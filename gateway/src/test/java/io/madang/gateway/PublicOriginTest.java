package io.madang.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.madang.chain.SigningKey;
import io.madang.gateway.bank.NoBank;
import io.madang.gateway.secret.MasterSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicOriginTest {
  @ParameterizedTest
  @ValueSource(strings = {"https://pay.example", "https://pay.example/", "HTTPS://Pay.Example/"})
  void is_written_as_browsers_write_it(String address) {
    assertThat(listening(address).publicOrigin()).isEqualTo("https://pay.example");
  }

  @Test
  void keeps_a_port() {
    assertThat(listening("http://127.0.0.1:8080/").publicOrigin())
        .isEqualTo("http://127.0.0.1:8080");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://pay.example/wallet", "https://pay.example/?a", "pay.example"})
  void refuses_what_is_no_origin(String address) {
    assertThatThrownBy(() -> listening(address)).isInstanceOf(IllegalArgumentException.class);
  }

  private static GatewayConfiguration listening(String publicOrigin) {
    return GatewayConfiguration.of(
            new MasterSecret(
                "a master secret for this test only".getBytes(StandardCharsets.US_ASCII)),
            SigningKey.ed25519(new byte[32]),
            new NoBank(),
            Clock.systemUTC())
        .listening("127.0.0.1", 0, 0, publicOrigin, 1);
  }
}
