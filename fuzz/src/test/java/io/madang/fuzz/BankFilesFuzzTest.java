package io.madang.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.madang.payment.iso20022.BankReport;
import io.madang.payment.iso20022.BankText;
import io.madang.payment.iso20022.StatusReport;
import java.nio.charset.StandardCharsets;

/** Whatever a bank sends is read or refused. */
class BankFilesFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void files_are_read_or_refused(byte[] file) {
    assertThat(StatusReport.read(file)).isNotNull();
    assertThat(BankReport.readStatement(file)).isNotNull();
    assertThat(BankReport.readNotification(file)).isNotNull();
  }

  @FuzzTest(maxDuration = "60s")
  void texts_come_out_harmless_and_stay_as_they_are(byte[] bytes) {
    var once = BankText.of(new String(bytes, StandardCharsets.UTF_8), 140);
    assertThat(once).hasSizeBetween(1, 140).doesNotContainPattern("^[=+@\\s]|[<>&\"';\\p{Cntrl}]");
    assertThat(BankText.of(once, 140)).isEqualTo(once);
  }
}
