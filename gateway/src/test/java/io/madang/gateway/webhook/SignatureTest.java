package io.madang.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.madang.chain.SigningKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures against the convention's public vectors. */
class SignatureTest {
  /** RFC 8032, section 7.1, test 1. */
  private static final SigningKey KEY =
      SigningKey.ed25519(
          HexFormat.of()
              .parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

  private static final Signature.Keys KEYS =
      new Signature.Keys(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), KEY);

  @Test
  void makes_the_signature_of_the_public_test_suite() {
    assertThat(
            Signature.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}",
                List.of(KEYS)))
        .startsWith("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,");
  }

  @Test
  void makes_both_kinds_of_signature() {
    assertThat(
            Signature.of(
                "msg_01JGT0000000000000000000",
                1767625200,
                "{\"type\":\"payment.settled\",\"timestamp\":\"2026-01-05T15:00:00Z\",\"data\":"
                    + "{\"id\":\"pay_01\",\"amount\":\"4500\",\"currency\":\"KRW\"}}",
                List.of(KEYS)))
        .isEqualTo(
            "v1,i27/HZ/4+MkSRmYV2j09wTaLAtbfzxbWEpF0OWM0tiQ="
                + " v1a,l+Z5rPOrr2Pg8kME8a5gTNRSzCpeQGarSXulvdFdkhdKnmkaB6/9fx1eX6fSJrR0P6Thwd0TqrhqvDPLqorSBw==");
    assertThat(KEYS.publicText()).isEqualTo("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    assertThat(KEYS.secretText()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(KEYS.toString()).doesNotContain("MfKQ9r8G");
  }
}
