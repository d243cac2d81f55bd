package io.madang.serial;

/** Linux' codes for speeds, as they stand in the control flags of a terminal (asm/termbits.h). */
final class SpeedCode {
  private SpeedCode() {}

  static int of(int baud) {
    return switch (baud) {
      case 1_200 -> 0x9;
      case 2_400 -> 0xB;
      case 4_800 -> 0xC;
      case 9_600 -> 0xD;
      case 19_200 -> 0xE;
      case 38_400 -> 0xF;
      case 57_600 -> 0x1001;
      case 115_200 -> 0x1002;
      case 230_400 -> 0x1003;
      default -> throw new IllegalArgumentException("not a usual speed: " + baud);
    };
  }
}
