package io.madang.gateway.witness;

import java.io.IOException;
import java.io.Serial;

/** The database is not, or cannot be shown to be, where it was when the gateway last ran. */
public final class RolledBackException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  RolledBackException(String finding) {
    super(
        finding
            + " Nothing was changed. Restore the newest backup, or bring the witness back. Only when"
            + " what is missing is lost for good: run 'madang serve --accept-rollback' once"
            + " (docs/operations.md).");
  }
}
