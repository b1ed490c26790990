package io.ringtap.monitor.page;

import io.ringtap.monitor.store.StoredTarget;
import io.ringtap.monitor.web.WebException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the targets that are asked for, by number or key, among those that are and those that were
/// watched.
final class TargetLookup {
  /// How many may be asked for at once.
  static final int MOST = 16;

  private final LiveView live;
  private final HistoryView history;

  TargetLookup(LiveView live, HistoryView history) {
    this.live = live;
    this.history = history;
  }

  /// All that are asked for, each once.
  ///
  /// @throws WebException if there is no such target, or if they are too many
  List<TargetRef> find(List<String> asked) throws WebException, InterruptedException {
    if (asked.size() > MOST) {
      throw WebException.badRequest("at most " + MOST + " targets at once");
    }
    Map<Integer, TargetRef> found = new LinkedHashMap<>();
    for (String text : asked) {
      TargetRef target = find(text);
      found.putIfAbsent(target.id(), target);
    }
    return new ArrayList<>(found.values());
  }

  private TargetRef find(String text) throws WebException, InterruptedException {
    boolean isNumber = text.matches("[0-9]{1,9}");
    TargetRow row = isNumber ? live.find(Integer.parseInt(text)) : live.find(text);
    if (row != null) {
      return of(row);
    }
    return history.targets().stream()
        .map(TargetLookup::of)
        .filter(past ->
            isNumber ? past.id() == Integer.parseInt(text) : past.key().toString().equals(text))
        .findFirst()
        .orElseThrow(() -> WebException.notFound("there is no such target"));
  }

  /// Those with these numbers, by number, as far as they are known.
  Map<Integer, TargetRef> named(Set<Integer> ids) throws InterruptedException {
    Map<Integer, TargetRef> named = new HashMap<>();
    for (TargetRow row : live.since(Long.MAX_VALUE, ids).rows()) {
      named.put(row.target().id(), of(row));
    }
    if (named.size() < ids.size()) {
      history.targets().stream()
          .filter(past -> ids.contains(past.id()))
          .forEach(past -> named.putIfAbsent(past.id(), of(past)));
    }
    return named;
  }

  private static TargetRef of(StoredTarget past) {
    return new TargetRef(past.id(), past.key(), past.name());
  }

  private static TargetRef of(TargetRow row) {
    return new TargetRef(row.target().id(), row.target().key(), row.target().name());
  }
}
