package io.madang.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.madang.payment.qr.QrReader;
import io.madang.payment.qr.QrReading;
import io.madang.payment.qr.QrWriter;
import io.madang.payment.qr.QrWriting;

class QrFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void any_text_gives_a_code_or_a_refusal_and_a_code_can_be_written_again(FuzzedDataProvider data) {
    if (QrReader.read(data.consumeRemainingAsString()) instanceof QrReading.Read(var payload)) {
      assertThat(QrWriter.write(payload)).isInstanceOf(QrWriting.Written.class);
    }
  }
}
