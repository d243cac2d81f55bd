package io.madang.gateway.engine;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Answers that are ready to go out. They are handed to the event loops together, one task for each,
 * because a task for each answer costs more than the answer.
 */
final class Answers {
  private record Ready(Submission submission, Answer answer) {}

  private final IdentityHashMap<Context, List<Ready>> byContext = new IdentityHashMap<>();

  void add(Submission submission, Answer answer) {
    byContext
        .computeIfAbsent(submission.context(), first -> new ArrayList<>())
        .add(new Ready(submission, answer));
  }

  /** Sends all out; nothing is left. */
  void send() {
    byContext.forEach(
        (context, ready) ->
            context.runOnContext(
                now -> ready.forEach(one -> one.submission().complete(one.answer()))));
    byContext.clear();
  }
}
