package io.ringtap.monitor.tui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The targets that are shown: those that the search finds, in the order that is wanted, one of
/// them selected. The selected one stays so while others come, go and change places.
final class TargetList {
  private static final Comparator<TargetRow> WORST_FIRST =
      Comparator.comparing(TargetRow::health)
          .thenComparingDouble(row -> Double.isNaN(row.lossRatio()) ? 0 : -row.lossRatio())
          .thenComparingLong(row -> -row.rttNanos())
          .thenComparingInt(TargetRow::id);

  private List<TargetRow> all = List.of();
  private List<TargetRow> shown = List.of();
  private Map<Integer, String> names = Map.of();
  private String search = "";
  private boolean isWorstFirst;
  private int selectedId = -1;
  private int selected; // its place

  /// Takes in how the targets are now.
  void refresh(List<TargetRow> rows) {
    all = rows;
    Map<Integer, String> named = HashMap.newHashMap(rows.size());
    rows.forEach(row -> named.put(row.id(), row.name()));
    names = named;
    arrange();
  }

  private void arrange() {
    String text = search.toLowerCase(Locale.ROOT);
    List<TargetRow> found = new ArrayList<>(all);
    if (!text.isEmpty()) {
      found.removeIf(row -> !row.matches(text));
    }
    found.sort(isWorstFirst ? WORST_FIRST : Comparator.comparing(TargetRow::group));
    shown = found;
    selected = Math.clamp(selected, 0, Math.max(0, shown.size() - 1));
    for (int place = 0; place < shown.size(); place++) {
      if (shown.get(place).id() == selectedId) {
        selected = place;
      }
    }
    select(selected);
  }

  /// Selects the one at a place, or the nearest there is.
  void select(int place) {
    selected = Math.clamp(place, 0, Math.max(0, shown.size() - 1));
    selectedId = shown.isEmpty() ? -1 : shown.get(selected).id();
  }

  /// Selects the next one that is not up, from the selected one on and around.
  void selectNextBad() {
    for (int i = 1; i <= shown.size(); i++) {
      int place = (selected + i) % shown.size();
      Health health = shown.get(place).health();
      if (health != Health.UP && health != Health.PENDING) {
        select(place);
        return;
      }
    }
  }

  void search(String text) {
    search = text;
    arrange();
  }

  String search() {
    return search;
  }

  void toggleOrder() {
    isWorstFirst = !isWorstFirst;
    selectedId = isWorstFirst && !shown.isEmpty() ? -1 : selectedId;
    selected = isWorstFirst ? 0 : selected;
    arrange();
  }

  boolean isWorstFirst() {
    return isWorstFirst;
  }

  List<TargetRow> shown() {
    return shown;
  }

  List<TargetRow> all() {
    return all;
  }

  int selected() {
    return selected;
  }

  /// The selected one; null if none is shown.
  @Nullable TargetRow current() {
    return shown.isEmpty() ? null : shown.get(selected);
  }

  /// The name of a target, which may not be watched any more.
  String name(int id) {
    return names.getOrDefault(id, "target " + id);
  }
}
