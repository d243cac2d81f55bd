package io.madang.gateway.payment;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.detector.Detector;
import com.google.zxing.qrcode.encoder.QRCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws codes (ISO/IEC 18004): error correction M, so that a code which was damaged and then
 * altered does not read as another one; a quiet zone of four modules; UTF-8 for Korean names.
 *
 * <p>Each code is read back before it is shown. In about one of 200 the data happen to look like an
 * alignment pattern, and a scanner that looks for that pattern loses the grid; such a code is drawn
 * with another mask (section 7.8), which every scanner reads as the same text.
 */
public final class QrImages {
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
  public static String svg(String text) {
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
    var best = matrix(text, pixels, HINTS);
    if (readsBack(text, HINTS)) return best;
    for (int mask = 0; mask < QRCode.NUM_MASK_PATTERNS; mask++) {
      var hints = new HashMap<>(HINTS);
      hints.put(EncodeHintType.QR_MASK_PATTERN, mask);
      if (readsBack(text, hints)) return matrix(text, pixels, hints);
    }
    return best;
  }

  private static BitMatrix matrix(String text, int pixels, Map<EncodeHintType, Object> hints) {
    try {
      return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, pixels, pixels, hints);
    } catch (WriterException tooLong) {
      // A code has at most 512 characters, which fit version 40 at M.
      throw new IllegalStateException(tooLong);
    }
  }

  /** Finds the grid as a scanner must, four pixels to a module. */
  private static boolean readsBack(String text, Map<EncodeHintType, Object> hints) {
    int modules = matrix(text, 0, hints).getWidth();
    var picture = matrix(text, 4 * modules, hints);
    try {
      var grid = new Detector(picture).detect().getBits();
      return new Decoder().decode(grid).getText().equals(text);
    } catch (ReaderException lost) {
      return false;
    }
  }
}
