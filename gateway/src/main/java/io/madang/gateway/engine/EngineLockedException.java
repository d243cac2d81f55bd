package io.madang.gateway.engine;

import io.madang.gateway.database.DatabaseAddress;

/** Another engine works on the same channel of the same database. */
public final class EngineLockedException extends RuntimeException {
  EngineLockedException(Channel channel, DatabaseAddress database) {
    super("Another engine works on %s in the database %s".formatted(channel.words(), database));
  }
}
