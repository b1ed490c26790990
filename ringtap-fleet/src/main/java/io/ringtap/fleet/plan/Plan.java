package io.ringtap.fleet.plan;

import java.util.List;

/// What is to be done for the topic to say what the file says.
///
/// @param changes first what is added or changed, in the order of the file, then what is removed,
///   by its key: a target that moves to another group is watched before it is watched no more
/// @param unchanged targets that are on the topic as the file has them
/// @param kept records that are on the topic and not in the file, and stay
public record Plan(List<TargetChange> changes, long unchanged, long kept) {
  /// Whether the topic says what it is to say.
  public boolean isDone() {
    return changes.isEmpty();
  }

  /// How many changes are of a kind.
  public long count(Class<? extends TargetChange> kind) {
    return changes.stream().filter(kind::isInstance).count();
  }
}
