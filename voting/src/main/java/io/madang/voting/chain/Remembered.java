package io.madang.voting.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Results of expensive checks, so that none is done twice between a transaction's arrival and its
 * block. The result of a check follows from its key alone; forgetting one costs only work. Safe for
 * use by many threads.
 */
final class Remembered<K, V> {
  private final Map<K, V> results;

  Remembered(int most) {
    results =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** The result of the check of {@code key}; checks are not done under the lock. */
  V get(K key, Function<K, V> check) {
    V known = find(key);
    if (known == null) {
      known = check.apply(key);
      put(key, known);
    }
    return known;
  }

  private synchronized @Nullable V find(K key) {
    return results.get(key);
  }

  private synchronized void put(K key, V result) {
    results.put(key, result);
  }
}
