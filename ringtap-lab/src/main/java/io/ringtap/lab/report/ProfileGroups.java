package io.ringtap.lab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The groups of functions of a report's profiles, of which as many are shown as there are colours:
/// those with the largest share in any profile, the largest first. The rest is one more.
final class ProfileGroups {
  /// What is not among the groups that are shown.
  static final String REST = "all else";

  static final int COLOURS = 11;

  private final List<String> named;
  private final boolean hasRest;

  ProfileGroups(List<Profile> profiles) {
    Map<String, Double> largest = new HashMap<>();
    for (Profile profile : profiles) {
      for (Profile.Slice slice : profile.slices()) {
        if (isShared(slice.part()) && profile.samples() > 0) {
          double share = (double) slice.samples() / profile.samples();
          largest.merge(slice.group(), share, Math::max);
        }
      }
    }
    List<String> all =
        largest.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(Map.Entry<String, Double>::getValue)
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .toList();
    named = all.stream().limit(COLOURS).toList();
    hasRest = all.size() > COLOURS;
  }

  /// Whether shares are of this part, among others.
  private static boolean isShared(Profile.Part part) {
    return part == Profile.Part.PEER || part == Profile.Part.KERNEL;
  }

  /// In the order of legends and tables.
  List<String> shown() {
    List<String> shown = new ArrayList<>(named);
    if (hasRest) {
      shown.add(REST);
    }
    return shown;
  }

  /// The CSS class of a group's colour.
  String style(String group) {
    int index = named.indexOf(group);
    return "g" + (index < 0 ? COLOURS : index);
  }

  /// A group's share of the samples of the peer and the kernel beside it.
  double percent(Profile profile, Profile.Part part, String group) {
    long samples =
        profile.slices().stream()
            .filter(slice -> slice.part() == part && isIn(slice.group(), group))
            .mapToLong(Profile.Slice::samples)
            .sum();
    return 100.0 * samples / Math.max(1, profile.samples());
  }

  private boolean isIn(String group, String shown) {
    return shown.equals(REST) ? !named.contains(group) : group.equals(shown);
  }
}
