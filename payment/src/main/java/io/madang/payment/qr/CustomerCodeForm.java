package io.madang.payment.qr;

import io.madang.chain.Bytes;
import io.madang.chain.PublicKey;
import io.madang.chain.PublicKey.Algorithm;
import io.madang.chain.StatementId;
import io.madang.ledger.Amount;
import io.madang.ledger.AssetCode;
import io.madang.payment.qr.CustomerCodeReading.Read;
import io.madang.payment.qr.CustomerCodeReading.Reason;
import io.madang.payment.qr.CustomerCodeReading.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes and reads the text of a {@link CustomerCode}: base64 of BER-TLV objects as EMVCo CPM 1.1
 * (section 3.2) has them. One code has one text; every other one is refused.
 *
 * <pre>
 * 85  "CPV01"                                    what every such code begins with
 * 61  application template
 *     4F  F04D4144414E47                         our application: proprietary, not registered
 *     5A  19 digits and F                        99, 16 digits of the id, check digit
 *     63  what no reader but ours looks into
 *         C1  the payer's key, 32 or 33 bytes    C4  limit, 7 bytes
 *         C2  id, 16 bytes                       C5  asset
 *         C3  valid until, 6 bytes               C6  signature, 64 bytes
 * </pre>
 */
public final class CustomerCodeForm {
  private static final int MAX_LENGTH = 512;

  private static final int FORMAT = 0x85;
  private static final int APPLICATION = 0x61;
  private static final int APPLICATION_ID = 0x4F;
  private static final int NUMBER = 0x5A;
  private static final int OPAQUE = 0x63;
  private static final int KEY = 0xC1;
  private static final int ID = 0xC2;
  private static final int VALID_UNTIL = 0xC3;
  private static final int LIMIT = 0xC4;
  private static final int ASSET = 0xC5;
  private static final int SIGNATURE = 0xC6;

  private static final byte[] CPM_1 = "CPV01".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OURS = HexFormat.of().parseHex("f04d4144414e47");

  private static final int ID_LENGTH = 16;
  private static final int TIME_LENGTH = 6;
  private static final int LIMIT_LENGTH = 7;
  private static final int SHORT_LENGTH = 127;
  private static final int LONG_LENGTH = 0x81;
  private static final long TEN_TO_16 = 10_000_000_000_000_000L;

  private CustomerCodeForm() {}

  static String write(CustomerCode code) {
    byte[] opaque =
        join(
            object(KEY, code.payer().bytes()),
            object(ID, HexFormat.of().parseHex(code.id().hex())),
            object(VALID_UNTIL, number(code.validUntilMillis(), TIME_LENGTH)),
            object(LIMIT, number(code.limit().minorUnits(), LIMIT_LENGTH)),
            object(ASSET, code.limit().asset().value().getBytes(StandardCharsets.US_ASCII)),
            object(SIGNATURE, code.signature().toByteArray()));
    byte[] application =
        join(
            object(APPLICATION_ID, OURS),
            object(NUMBER, oneTimeNumber(code.id())),
            object(OPAQUE, opaque));
    return Base64.getEncoder()
        .encodeToString(join(object(FORMAT, CPM_1), object(APPLICATION, application)));
  }

  /** Reads a scanned text. Never throws, whatever the text. */
  public static CustomerCodeReading read(String text) {
    if (text.length() > MAX_LENGTH) return new Refused(Reason.TOO_LONG);
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return new Refused(Reason.NOT_BASE64);
    }
    var outer = objects(bytes);
    if (outer.isEmpty()) return new Refused(Reason.NOT_TLV);
    if (!begins(outer.get(), FORMAT, CPM_1)) return new Refused(Reason.OTHER_FORMAT);
    if (!hasTags(outer.get(), FORMAT, APPLICATION)) return new Refused(Reason.OTHER_SCHEME);
    var application = objects(outer.get().get(1).value());
    if (application.isEmpty()) return new Refused(Reason.NOT_TLV);
    if (!begins(application.get(), APPLICATION_ID, OURS)) return new Refused(Reason.OTHER_SCHEME);
    if (!hasTags(application.get(), APPLICATION_ID, NUMBER, OPAQUE)) {
      return new Refused(Reason.WRONG_PARTS);
    }
    var opaque = objects(application.get().get(2).value());
    if (opaque.isEmpty()) return new Refused(Reason.NOT_TLV);
    if (!hasTags(opaque.get(), KEY, ID, VALID_UNTIL, LIMIT, ASSET, SIGNATURE)) {
      return new Refused(Reason.WRONG_PARTS);
    }
    return mandate(opaque.get())
        .<CustomerCodeReading>map(
            // Lengths in a longer form, another number, unused bits of base64: all of that shows
            // when the code is written again.
            code -> write(code).equals(text) ? new Read(code) : new Refused(Reason.NOT_CANONICAL))
        .orElseGet(() -> new Refused(Reason.WRONG_PARTS));
  }

  private static Optional<CustomerCode> mandate(List<DataObject> parts) {
    var algorithm =
        switch (parts.getFirst().value().length) {
          case 32 -> Algorithm.ED25519;
          case 33 -> Algorithm.P256;
          default -> null;
        };
    if (algorithm == null) return Optional.empty();
    byte[] id = parts.get(1).value();
    byte[] limit = parts.get(3).value();
    byte[] signature = parts.get(5).value();
    var asset = new String(parts.get(4).value(), StandardCharsets.ISO_8859_1);
    if (id.length != ID_LENGTH
        || parts.get(2).value().length != TIME_LENGTH
        || limit.length != LIMIT_LENGTH
        || number(limit) < 1
        || number(limit) > Amount.MAX_MINOR_UNITS
        || !AssetCode.isValid(asset)
        || signature.length != CustomerCode.SIGNATURE_LENGTH) {
      return Optional.empty();
    }
    return Optional.of(
        new CustomerCode(
            PublicKey.of(algorithm, parts.getFirst().value()),
            new StatementId(HexFormat.of().formatHex(id)),
            new Amount(number(limit), new AssetCode(asset)),
            number(parts.get(2).value()),
            Bytes.of(signature)));
  }

  /** A data object whose tag has one byte; ours all do. */
  private record DataObject(int tag, byte[] value) {}

  /** The objects that fill these bytes exactly. */
  private static Optional<List<DataObject>> objects(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var objects = new ArrayList<DataObject>();
    while (in.hasRemaining()) {
      int tag = in.get() & 0xFF;
      if (!in.hasRemaining()) return Optional.empty();
      int length = in.get() & 0xFF;
      if (length == LONG_LENGTH) {
        if (!in.hasRemaining()) return Optional.empty();
        length = in.get() & 0xFF;
      } else if (length > SHORT_LENGTH) {
        // Two bytes of length would be more than a code holds.
        return Optional.empty();
      }
      if (length > in.remaining()) return Optional.empty();
      var value = new byte[length];
      in.get(value);
      objects.add(new DataObject(tag, value));
    }
    return Optional.of(objects);
  }

  private static boolean begins(List<DataObject> objects, int tag, byte[] value) {
    return !objects.isEmpty()
        && objects.getFirst().tag() == tag
        && Arrays.equals(objects.getFirst().value(), value);
  }

  private static boolean hasTags(List<DataObject> objects, int... tags) {
    if (objects.size() != tags.length) return false;
    for (int i = 0; i < tags.length; i++) {
      if (objects.get(i).tag() != tags[i]) return false;
    }
    return true;
  }

  private static byte[] object(int tag, byte[] value) {
    byte[] start =
        value.length <= SHORT_LENGTH
            ? new byte[] {(byte) tag, (byte) value.length}
            : new byte[] {(byte) tag, (byte) LONG_LENGTH, (byte) value.length};
    return join(start, value);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (var part : parts) length += part.length;
    var out = ByteBuffer.allocate(length);
    for (var part : parts) out.put(part);
    return out.array();
  }

  private static byte[] number(long value, int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >>> (8 * (length - 1 - i)));
    }
    return bytes;
  }

  private static long number(byte[] bytes) {
    long value = 0;
    for (byte one : bytes) value = (value << 8) | (one & 0xFF);
    return value;
  }

  /**
   * A card number as readers expect one, different for every code and good for nothing: 99, the
   * first 8 bytes of the id as 16 digits, and the check digit of ISO/IEC 7812-1, annex B.
   */
  private static byte[] oneTimeNumber(StatementId id) {
    long digits = Long.remainderUnsigned(Long.parseUnsignedLong(id.hex(), 0, 16, 16), TEN_TO_16);
    var text = "99" + String.format(Locale.ROOT, "%016d", digits);
    return HexFormat.of().parseHex(text + checkDigit(text) + "f");
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? 2 * digit : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return (10 - sum % 10) % 10;
  }
}
