package io.madang.gateway.settlement;

import java.util.Locale;

/** How the names of states stand in answers. */
final class Names {
  private Names() {}

  /** {@code BOOKED_TWICE} is {@code booked-twice}. */
  static String of(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
