package io.madang.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.madang.chain.json.CanonicalJson;

class JsonFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void what_is_read_is_written_back_byte_for_byte(byte[] text) {
    if (CanonicalJson.read(text) instanceof CanonicalJson.Result.Read(var value)) {
      assertThat(CanonicalJson.bytes(value)).isEqualTo(text);
    }
  }
}
