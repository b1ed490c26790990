package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.TargetText;
import io.ringtap.monitor.config.yaml.Mistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A configuration in the making, with what is wrong and what is left out.
final class Draft {
  /// A target of a group.
  ///
  /// @param name how it is shown; null if that is the host
  record DraftTarget(String host, @Nullable String name, Map<String, String> labels) {}

  /// Targets that are probed in one way.
  ///
  /// @param comment where the settings come from
  record DraftGroup(
      String name, String comment, ProbeSettings settings, Map<String, DraftTarget> targets) {}

  private record GroupKey(String path, ProbeSettings settings) {}

  private final String file;
  private final Map<GroupKey, DraftGroup> groups = new LinkedHashMap<>();
  private final Map<String, Integer> names = new TreeMap<>();
  private final List<Mistake> wrong = new ArrayList<>();
  private final List<Mistake> left = new ArrayList<>();

  /// @param file whose targets these are
  Draft(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  List<DraftGroup> groups() {
    return groups.values().stream().filter(group -> !group.targets().isEmpty()).toList();
  }

  boolean isEmpty() {
    return groups().isEmpty();
  }

  /// What makes the whole file useless.
  List<Mistake> wrong() {
    return List.copyOf(wrong);
  }

  /// What is not carried over.
  List<Mistake> left() {
    return List.copyOf(left);
  }

  /// The group of a path and settings; groups of one path get numbers.
  DraftGroup group(String path, String comment, ProbeSettings settings) {
    return groups.computeIfAbsent(
        new GroupKey(path, settings),
        key -> {
          int number = names.merge(path, 1, Integer::sum);
          String name = number == 1 ? path : path + " " + number;
          return new DraftGroup(name, comment, settings, new LinkedHashMap<>());
        });
  }

  /// Adds a target to a group, unless it is none or there already.
  void add(DraftGroup group, DraftTarget target, Place place) {
    try {
      TargetText.parse(target.host());
    } catch (IllegalArgumentException e) {
      leave(place, String.valueOf(e.getMessage()));
      return;
    }
    if (group.targets().putIfAbsent(target.host(), target) != null) {
      leave(place, "the host " + Mistake.quoted(target.host()) + " is in its group already");
    }
  }

  /// Says what is not carried over.
  void leave(Place place, String what) {
    left.add(new Mistake(place.file(), place.line(), 1, what, ""));
  }

  /// Says what is not carried over, found by a reader of YAML.
  void leaveAll(List<Mistake> mistakes) {
    left.addAll(mistakes);
  }

  /// Says why nothing can be made of the file.
  void refuse(int line, String what) {
    wrong.add(new Mistake(file, line, 1, what, ""));
  }

  /// The same, found by a reader.
  void refuseAll(List<Mistake> mistakes) {
    wrong.addAll(mistakes);
  }
}
