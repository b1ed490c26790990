package io.ringtap.fleet.plan;

import io.ringtap.fleet.record.TargetRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is different about a target, in the words of the configuration.
///
/// @param field the key, such as `interval`, `labels.rack` or `alerts.loss`
/// @param before its value as a configuration has it; null if it had none
/// @param after the same; null if it has none any more
public record FieldChange(String field, @Nullable String before, @Nullable String after) {
  /// All differences between two.
  static List<FieldChange> between(TargetRecord before, TargetRecord after) {
    Map<String, String> old = ConfigText.of(before);
    Map<String, String> now = ConfigText.of(after);
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(old.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String name : names) {
      FieldChange change = new FieldChange(name, old.get(name), now.get(name));
      if (!Objects.equals(change.before, change.after)) {
        changes.add(change);
      }
    }
    return List.copyOf(changes);
  }
}
