package io.madang.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.madang.payment.qr.CustomerCode;
import io.madang.payment.qr.CustomerCodeForm;
import io.madang.payment.qr.CustomerCodeReading;
import java.util.Base64;

class CustomerCodeFuzzTest {

  /** Half of the inputs are bytes under base64, so that the fuzzer gets past it. */
  @FuzzTest(maxDuration = "60s")
  void any_text_gives_a_code_or_a_refusal_and_a_code_has_one_text(FuzzedDataProvider data) {
    var text =
        data.consumeBoolean()
            ? data.consumeRemainingAsString()
            : Base64.getEncoder().encodeToString(data.consumeRemainingAsBytes());
    if (CustomerCodeForm.read(text) instanceof CustomerCodeReading.Read(var code)) {
      assertThat(code.text()).isEqualTo(text);
      assertThat(CustomerCode.of(code.mandate("any"))).isEqualTo(code);
    }
  }
}
