package io.madang.vending.mdb;

import java.util.ArrayList;
import java.util.List;

/**
 * A nine-bit word of the bus (MDB/ICP 4.2, 2.1). On the lab line each is two bytes: the mode bit
 * (00 or 01), then the data.
 *
 * @param mode set on the address from the controller, and on the last word of an answer
 * @param data 0 to 255
 */
public record MdbWord(boolean mode, int data) {
  public MdbWord {
    if (data < 0 || data > 0xFF) {
      throw new IllegalArgumentException("not a byte: " + data);
    }
  }

  /** Puts words together from bytes in any fragments; what cannot be a word is skipped. */
  static final class Reader {
    private int mode = -1;

    List<MdbWord> add(byte[] bytes) {
      var words = new ArrayList<MdbWord>();
      for (var b : bytes) {
        var value = b & 0xFF;
        if (mode >= 0) {
          words.add(new MdbWord(mode == 1, value));
          mode = -1;
        } else if (value <= 1) {
          mode = value;
        }
      }
      return words;
    }

    /** Forgets the half of a word. */
    void clear() {
      mode = -1;
    }
  }

  /** As on the lab line. */
  public static byte[] bytes(List<MdbWord> words) {
    var bytes = new byte[words.size() * 2];
    for (var i = 0; i < words.size(); i++) {
      bytes[2 * i] = (byte) (words.get(i).mode ? 1 : 0);
      bytes[2 * i + 1] = (byte) words.get(i).data;
    }
    return bytes;
  }
}
