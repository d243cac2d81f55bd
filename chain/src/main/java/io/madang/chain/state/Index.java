package io.madang.chain.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds something by its key, in the committed or in the pending state. It is never iterated, so
 * the order of a hash map cannot enter the state. What is removed must not be added again before
 * the next commit; until then the committed entry stays, and {@link #find} still gives it.
 */
public final class Index<K, V> {
  private final Map<K, V> committed;
  private final Map<K, V> added = new HashMap<>();
  private final List<K> removed = new ArrayList<>();

  public Index() {
    this(new HashMap<>());
  }

  /** An index whose committed part the caller can look at in its own way. */
  public Index(Map<K, V> committed) {
    this.committed = committed;
  }

  /** The committed value. */
  public @Nullable V committed(K key) {
    return committed.get(key);
  }

  /** The value of the block in work, or the committed one. */
  public @Nullable V find(K key) {
    if (!added.isEmpty()) {
      V value = added.get(key);
      if (value != null) {
        return value;
      }
    }
    return committed.get(key);
  }

  public void add(K key, V value) {
    added.put(key, value);
  }

  public void remove(K key) {
    removed.add(key);
  }

  public void discard() {
    added.clear();
    removed.clear();
  }

  public void commit() {
    committed.putAll(added);
    for (int i = 0; i < removed.size(); i++) {
      committed.remove(removed.get(i));
    }
    discard();
  }
}
