package io.madang.gateway.live;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Passes news to whoever listens, and remembers the last {@value #REMEMBERED} so that a listener
 * who lost its connection can go on where it was. Thread-safe; delivering never blocks: each
 * listener bounds its own queue.
 */
public final class LiveHub {
  static final int REMEMBERED = 8_192;

  private final String epoch;
  private final ArrayDeque<News> remembered = new ArrayDeque<>();
  private final Map<Topic, Set<Listener>> listeners = new HashMap<>();
  private long lastNumber;

  /**
   * A hub.
   *
   * @param epoch differs from start to start: numbers begin anew, so older ones mean nothing
   */
  public LiveHub(long epoch) {
    this.epoch = Long.toString(epoch, 36);
  }

  /** One piece of news. */
  record News(long number, Topic topic, String event, JsonObject data) {}

  /** Takes news; must not block. */
  interface Listener {
    void accept(News news);
  }

  /**
   * Where a listener stands when it begins.
   *
   * @param missed what it has not heard since its last number, in order
   * @param gap whether some of that can no longer be told
   */
  record Beginning(List<News> missed, boolean gap) {}

  /** Tells everyone who listens to the topic. The data must not be changed afterwards. */
  public synchronized void publish(Topic topic, String event, JsonObject data) {
    var news = new News(++lastNumber, topic, event, data);
    remembered.addLast(news);
    if (remembered.size() > REMEMBERED) remembered.removeFirst();
    for (var listener : listeners.getOrDefault(topic, Set.of())) {
      listener.accept(news);
    }
  }

  /** Whether anyone listens to the topic now. */
  public synchronized boolean hasListeners(Topic topic) {
    return listeners.containsKey(topic);
  }

  /** The topics that anyone listens to now. */
  public synchronized Set<Topic> heardTopics() {
    return Set.copyOf(listeners.keySet());
  }

  /** Begins to listen after the news of this id, or now when it is empty. */
  synchronized Beginning begin(Set<Topic> topics, String lastId, Listener listener) {
    for (var topic : topics) {
      listeners.computeIfAbsent(topic, _ -> new HashSet<>()).add(listener);
    }
    if (lastId.isEmpty()) return new Beginning(List.of(), false);
    long heard = numberOf(lastId);
    long oldest = remembered.isEmpty() ? lastNumber + 1 : remembered.getFirst().number();
    if (heard < oldest - 1 || heard > lastNumber) return new Beginning(List.of(), true);
    var missed = new ArrayList<News>();
    for (var news : remembered) {
      if (news.number() > heard && topics.contains(news.topic())) missed.add(news);
    }
    return new Beginning(missed, false);
  }

  synchronized void end(Set<Topic> topics, Listener listener) {
    for (var topic : topics) {
      listeners.computeIfPresent(
          topic,
          (_, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
          });
    }
  }

  /** The id of the newest news. */
  synchronized String newestId() {
    return id(lastNumber);
  }

  String id(long number) {
    return epoch + "-" + number;
  }

  private long numberOf(String id) {
    if (!id.startsWith(epoch + "-")) return -1;
    try {
      return Long.parseLong(id.substring(epoch.length() + 1));
    } catch (NumberFormatException notOurs) {
      return -1;
    }
  }
}
