package io.madang.vending.mdb;

import java.util.List;

/** A command of the controller to a cashless reader (MDB/ICP 4.2, 7.4). Amounts in bus units. */
public sealed interface MdbCommand {
  record Reset() implements MdbCommand {}

  /** The controller's level, 1 to 3. */
  record SetupConfig(int level) implements MdbCommand {}

  record SetupPrices() implements MdbCommand {}

  record Poll() implements MdbCommand {}

  record VendRequest(long units, int item) implements MdbCommand {}

  record VendCancel() implements MdbCommand {}

  record VendSuccess(int item) implements MdbCommand {}

  record VendFailure() implements MdbCommand {}

  record SessionComplete() implements MdbCommand {}

  record CashSale(long units, int item) implements MdbCommand {}

  /** A bottle given back: the reader would pay the customer. */
  record NegativeVendRequest(long units, int item) implements MdbCommand {}

  record ReaderDisable() implements MdbCommand {}

  record ReaderEnable() implements MdbCommand {}

  record ReaderCancel() implements MdbCommand {}

  record DataEntryResponse() implements MdbCommand {}

  record RevalueRequest(long units) implements MdbCommand {}

  record RevalueLimit() implements MdbCommand {}

  record RequestId() implements MdbCommand {}

  record WriteTime() implements MdbCommand {}

  record EnableOptions(long bits) implements MdbCommand {}

  record Diagnostics() implements MdbCommand {}

  /** Well formed, and nothing that the standard knows in this form. */
  record Unknown() implements MdbCommand {}

  /**
   * Reads one block.
   *
   * @param block from the address on, without the checksum; 1 to 35 bytes
   * @param wide whether amounts have 32 bits
   */
  static MdbCommand parse(byte[] block, boolean wide) {
    var at = new Fields(block);
    var sub = block.length > 1 ? block[1] & 0xFF : -1;
    var money = wide ? 4 : 2;
    return switch (block[0] & 7) {
      case 0 -> at.is(1) ? new Reset() : new Unknown();
      case 1 ->
          switch (sub) {
            case 0 -> at.is(6) ? new SetupConfig((int) at.number(2, 1)) : new Unknown();
            case 1 -> at.is(6) || at.is(12) ? new SetupPrices() : new Unknown();
            default -> new Unknown();
          };
      case 2 -> at.is(1) ? new Poll() : new Unknown();
      case 3 -> vend(sub, at, money);
      case 4 ->
          switch (sub) {
            case 0 -> at.is(2) ? new ReaderDisable() : new Unknown();
            case 1 -> at.is(2) ? new ReaderEnable() : new Unknown();
            case 2 -> at.is(2) ? new ReaderCancel() : new Unknown();
            case 3 -> at.is(10) ? new DataEntryResponse() : new Unknown();
            default -> new Unknown();
          };
      case 5 ->
          switch (sub) {
            case 0 -> at.is(2 + money) ? new RevalueRequest(at.number(2, money)) : new Unknown();
            case 1 -> at.is(2) ? new RevalueLimit() : new Unknown();
            default -> new Unknown();
          };
      case 7 ->
          switch (sub) {
            case 0 -> new RequestId();
            case 3 -> at.is(12) ? new WriteTime() : new Unknown();
            case 4 -> at.is(6) ? new EnableOptions(at.number(2, 4)) : new Unknown();
            case 0xFF -> new Diagnostics();
            default -> new Unknown();
          };
      default -> new Unknown();
    };
  }

  private static MdbCommand vend(int sub, Fields at, int money) {
    // Controllers with many currencies append two bytes that name one.
    var priced = at.is(4 + money) || (money == 4 && at.is(6 + money));
    return switch (sub) {
      case 0 ->
          priced
              ? new VendRequest(at.number(2, money), (int) at.number(2 + money, 2))
              : new Unknown();
      case 1 -> at.is(2) ? new VendCancel() : new Unknown();
      case 2 -> at.is(4) ? new VendSuccess((int) at.number(2, 2)) : new Unknown();
      case 3 -> at.is(2) ? new VendFailure() : new Unknown();
      case 4 -> at.is(2) ? new SessionComplete() : new Unknown();
      case 5 -> {
        var expanded = at.is(10) ? 4 : 2;
        yield at.is(6) || at.is(10)
            ? new CashSale(at.number(2, expanded), (int) at.number(2 + expanded, 2))
            : new Unknown();
      }
      case 6 ->
          priced
              ? new NegativeVendRequest(at.number(2, money), (int) at.number(2 + money, 2))
              : new Unknown();
      default -> new Unknown();
    };
  }

  /**
   * How long a block that begins like this may be, checksum included; empty while that is not known
   * or if it never will be.
   *
   * @param start its first two bytes
   */
  static List<Integer> lengths(int address, int start, boolean wide) {
    return switch (address & 7) {
      case 0, 2 -> List.of(2);
      case 1 ->
          switch (start) {
            case 0 -> List.of(7);
            case 1 -> List.of(7, 13);
            default -> List.of();
          };
      case 3 ->
          switch (start) {
            case 0, 6 -> wide ? List.of(9, 11) : List.of(7);
            case 1, 3, 4 -> List.of(3);
            case 2 -> List.of(5);
            case 5 -> List.of(7, 11);
            default -> List.of();
          };
      case 4 -> start == 3 ? List.of(11) : List.of(3);
      case 5 -> start == 0 ? List.of(wide ? 7 : 5) : List.of(3);
      case 7 ->
          switch (start) {
            case 0 -> List.of(32);
            case 3 -> List.of(13);
            case 4 -> List.of(7);
            default -> List.of();
          };
      default -> List.of();
    };
  }

  /** Big-endian numbers inside a block. */
  final class Fields {
    private final byte[] block;

    private Fields(byte[] block) {
      this.block = block;
    }

    private boolean is(int length) {
      return block.length == length;
    }

    private long number(int from, int bytes) {
      var value = 0L;
      for (var i = from; i < from + bytes; i++) {
        value = value << 8 | (block[i] & 0xFF);
      }
      return value;
    }
  }
}
