package io.madang.gateway.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class QrImagesTest {
  /** Without reading back, about one in 200 of these is lost on this reader. */
  @Test
  void draws_only_codes_that_a_scanner_reads() throws Exception {
    var random = new Random(5);
    for (int i = 0; i < 600; i++) {
      var text =
          "00020101021226430009io.madang0126%s520458125303410540445005802KR5909신촌커피6304%04X"
              .formatted(letters(random), random.nextInt(0x10000));

      assertThat(read(QrImages.png(text))).isEqualTo(text);
    }
  }

  private static String letters(Random random) {
    var letters = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      letters.append("abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32)));
    }
    return letters.toString();
  }

  private static String read(byte[] png) throws Exception {
    var image = ImageIO.read(new ByteArrayInputStream(png));
    var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)));
    return new QRCodeReader().decode(bitmap).getText();
  }
}
