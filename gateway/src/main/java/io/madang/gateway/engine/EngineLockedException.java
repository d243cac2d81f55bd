package io.madang.gateway.engine;

import io.madang.gateway.database.DatabaseAddress;

/** Another engine works on the same database. */
public final class EngineLockedException extends RuntimeException {
  EngineLockedException(DatabaseAddress database) {
    super("Another engine works on the database " + database);
  }
}
