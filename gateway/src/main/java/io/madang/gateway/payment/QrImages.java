package io.madang.gateway.payment;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Draws codes (ISO/IEC 18004): error correction M, so that a code which was damaged and then
 * altered does not read as another one; a quiet zone of four modules; UTF-8 for Korean names.
 */
final class QrImages {
  private static final Map<EncodeHintType, Object> HINTS =
      Map.of(
          EncodeHintType.ERROR_CORRECTION,
          ErrorCorrectionLevel.M,
          EncodeHintType.CHARACTER_SET,
          "UTF-8",
          EncodeHintType.MARGIN,
          4);
  private static final int PNG_PIXELS = 600;

  private QrImages() {}

  /** One unit of the picture is one module. */
  static String svg(String text) {
    var matrix = matrix(text, 0);
    int size = matrix.getWidth();
    var path = new StringBuilder();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (!matrix.get(x, y)) continue;
        int end = x;
        while (end < size && matrix.get(end, y)) end++;
        path.append('M').append(x).append(' ').append(y).append('h').append(end - x);
        path.append("v1h-").append(end - x).append('z');
        x = end;
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + size
        + " "
        + size
        + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h"
        + size
        + "v"
        + size
        + "H0z\"/><path d=\""
        + path
        + "\"/></svg>";
  }

  /** 600 pixels wide. */
  static byte[] png(String text) {
    var out = new ByteArrayOutputStream();
    try {
      MatrixToImageWriter.writeToStream(matrix(text, PNG_PIXELS), "PNG", out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static BitMatrix matrix(String text, int pixels) {
    try {
      return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, pixels, pixels, HINTS);
    } catch (WriterException tooLong) {
      // A code has at most 512 characters, which fit version 40 at M.
      throw new IllegalStateException(tooLong);
    }
  }
}
