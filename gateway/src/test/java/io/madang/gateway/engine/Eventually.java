package io.madang.gateway.engine;

import io.madang.gateway.database.TestPostgres;

/** Waits for what another thread will bring about. */
final class Eventually {
  private Eventually() {}

  static void holds(Runnable assertion) {
    try {
      TestPostgres.eventually(
          () -> {
            assertion.run();
            return true;
          });
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
