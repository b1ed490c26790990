package io.ringtap.fleet.plan;

import io.ringtap.fleet.record.TargetRecord;
import java.util.List;

/// One record that is to be written to the topic of targets.
public sealed interface TargetChange {
  /// The key of the record: `group/host`.
  String key();

  /// The partition that it is written to.
  int shard();

  /// A target that is not on the topic.
  record Added(String key, int shard, TargetRecord target) implements TargetChange {}

  /// A target that is on the topic in another form.
  ///
  /// @param fields what is different; empty if what is on the topic cannot be read
  record Changed(String key, int shard, TargetRecord target, List<FieldChange> fields)
      implements TargetChange {}

  /// What is on the topic and not in the file, or stands in a partition where nobody seeks it.
  ///
  /// @param isStray whether the partition is not that of its key
  record Removed(String key, int shard, boolean isStray) implements TargetChange {}
}
