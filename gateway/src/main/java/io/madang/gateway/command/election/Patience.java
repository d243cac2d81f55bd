package io.madang.gateway.command.election;

import io.madang.gateway.client.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again for what others do in their own time. A gateway that is out of reach for a
 * while, or overloaded, is waited for; a link that is not valid ends it.
 */
final class Patience {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(400);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  private final PrintWriter err;
  private boolean complained;

  /** Complains there, once for each outage. */
  Patience(PrintWriter err) {
    this.err = err;
  }

  /** What is looked for; empty while it is not there. */
  interface Look<T> {
    Optional<T> look() throws IOException;
  }

  /** Waits until it is there. */
  <T> T await(Look<T> look) throws IOException {
    while (true) {
      var found = attempt(look);
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      if (Thread.interrupted()) {
        throw new IOException("stopped");
      }
    }
  }

  private <T> Optional<T> attempt(Look<T> look) throws IOException {
    try {
      var found = look.look();
      complained = false;
      return found;
    } catch (UncheckedIOException away) {
      complain(away);
    } catch (RefusedException refused) {
      if (refused.status() == UNAUTHORIZED || refused.status() == FORBIDDEN) {
        throw new IOException("The link is not valid any more; ask for a new one.", refused);
      }
      if (refused.status() < SERVER_ERROR && refused.status() != TOO_MANY) {
        throw refused;
      }
      complain(refused);
    }
    return Optional.empty();
  }

  private void complain(RuntimeException why) {
    if (!complained) {
      err.println("Waiting: " + why.getMessage());
      complained = true;
    }
  }
}
