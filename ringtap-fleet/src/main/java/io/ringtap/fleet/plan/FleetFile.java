package io.ringtap.fleet.plan;

import io.ringtap.fleet.record.Reading;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.monitor.config.ConfigFile;
import io.ringtap.monitor.config.GroupConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.target.Expansion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the targets of a fleet from the monitor's own configuration: its groups and what their
/// sources list now. What else such a file says is for those that read results.
public final class FleetFile {
  /// More than anybody reads at once; a file with so many has one cause.
  private static final int MOST_MISTAKES = 100;

  /// What reading comes to.
  public sealed interface Content {
    /// The file, and all that it names, is right.
    ///
    /// @param targets none twice in a group
    /// @param notices what is right and perhaps not meant, each in one line
    record Valid(List<TargetRecord> targets, List<String> notices) implements Content {}

    /// It is not.
    ///
    /// @param mistakes what is wrong, each in one line with its place, at least one
    record Invalid(List<String> mistakes) implements Content {}
  }

  private FleetFile() {}

  /// Reads a file, the files that it names, and what the servers that it names list.
  public static Content read(Path file) throws InterruptedException {
    return switch (ConfigFile.read(file)) {
      case ConfigFile.Reading.Valid(MonitorConfig config) -> expanded(file, config.groups());
      case ConfigFile.Reading.Invalid(List<Mistake> mistakes) ->
          new Content.Invalid(mistakes.stream().map(Mistake::toString).toList());
    };
  }

  private static Content expanded(Path file, List<GroupConfig> groups) throws InterruptedException {
    Expansion expansion = Expansion.of(groups);
    List<String> mistakes = new ArrayList<>(expansion.problems());
    List<TargetRecord> targets = new ArrayList<>(expansion.hosts().size());
    Expansion.Host right = null;
    for (Expansion.Host host : expansion.hosts()) {
      TargetRecord target = record(host);
      String why = isLike(host, right) ? null : refusal(target);
      right = why == null ? host : right;
      if (why != null && mistakes.size() < MOST_MISTAKES) {
        mistakes.add("%s: group %s: %s: %s".formatted(file, target.group(), target.host(), why));
      }
      targets.add(target);
    }
    return mistakes.isEmpty()
        ? new Content.Valid(List.copyOf(targets), expansion.notices())
        : new Content.Invalid(List.copyOf(mistakes));
  }

  private static TargetRecord record(Expansion.Host host) {
    GroupConfig group = host.group();
    return new TargetRecord(
        group.name(),
        host.host(),
        host.name(),
        host.labels(),
        group.sites(),
        group.settings(),
        group.rules());
  }

  /// Whether a host differs from another one in nothing but its own name, which has been checked.
  private static boolean isLike(Expansion.Host host, Expansion.@Nullable Host other) {
    return other != null
        && host.group().equals(other.group())
        && host.labels().equals(other.labels())
        && host.name().equals(host.host());
  }

  /// Why a record cannot carry a target as it is; null if it can. Its agents would read something
  /// else then, or nothing.
  private static @Nullable String refusal(TargetRecord target) {
    return switch (TargetRecord.read(target.encode())) {
      case Reading.Valid<TargetRecord>(TargetRecord read) when read.equals(target) -> null;
      case Reading.Valid<TargetRecord>(TargetRecord read) -> {
        FieldChange change = FieldChange.between(target, read).getFirst();
        yield "%s: %s is finer than a fleet has it, which would be %s"
            .formatted(change.field(), change.before(), change.after());
      }
      case Reading.Invalid<TargetRecord>(String why) -> why;
      case Reading.Newer<TargetRecord>(int schema) -> "schema " + schema; // never of what we write
    };
  }
}
