package io.ringtap.monitor.event;

import java.util.List;

/// What the sites of a fleet say together of one target: which of them are in the same state.
///
/// @param sites those, sorted
/// @param watching how many sites watch the target, these among them
public record SeenBy(List<String> sites, int watching) {
  private static final int MOST_NAMES = 5;

  /// In words: `1 of 3 sites (fra1)`, `all 3 sites`, `none of 3 sites`, `the only site (fra1)`.
  public String text() {
    if (sites.isEmpty()) {
      return watching == 1 ? "not the only site" : "none of " + watching + " sites";
    }
    if (watching == 1) {
      return "the only site (" + sites.getFirst() + ")";
    }
    if (sites.size() == watching) {
      return "all " + watching + " sites";
    }
    int more = sites.size() - MOST_NAMES;
    String names = String.join(", ", more > 0 ? sites.subList(0, MOST_NAMES) : sites);
    return "%d of %d sites (%s%s)"
        .formatted(sites.size(), watching, names, more > 0 ? " and " + more + " more" : "");
  }
}
