package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.YamlFile;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;

/// Reads a configuration from its file.
public final class ConfigFile {
  /// What reading comes to.
  public sealed interface Reading {
    /// The file is right.
    record Valid(MonitorConfig config) implements Reading {}

    /// It is not.
    ///
    /// @param mistakes all of them by their line, at least one
    record Invalid(List<Mistake> mistakes) implements Reading {}
  }

  private ConfigFile() {}

  /// Reads a file. Paths in it are relative to its folder.
  public static Reading read(Path file) {
    return read(file, true);
  }

  /// Reads a file of a monitor whose groups come from a fleet's topics: it may have none.
  public static Reading readForFleet(Path file) {
    return read(file, false);
  }

  private static Reading read(Path file, boolean needsGroups) {
    Mistakes mistakes = new Mistakes(file.toString());
    YamlNode root = YamlFile.read(file, mistakes);
    Path folder = file.toAbsolutePath().getParent();
    if (root == null || root.isNothing()) {
      if (mistakes.isEmpty()) {
        mistakes.add(1, 1, "the file says nothing", "it needs groups: with targets");
      }
      return new Reading.Invalid(mistakes.all());
    }
    MonitorConfig config = read(root, folder == null ? file : folder, needsGroups, mistakes);
    return mistakes.isEmpty() ? new Reading.Valid(config) : new Reading.Invalid(mistakes.all());
  }

  private static MonitorConfig read(
      YamlNode root, Path folder, boolean needsGroups, Mistakes mistakes) {
    Section file = Section.of(root, "write groups: and the other keys below each other", mistakes);
    GroupReader groups = new GroupReader(folder, mistakes);
    groups.readDefaults(file.section("defaults"));
    List<YamlNode> groupNodes = file.list("groups");
    if (needsGroups && groupNodes.isEmpty() && mistakes.isEmpty()) {
      mistakes.add(root, "there are no groups", "write groups: with - name: NAME, targets: [...]");
    }
    MonitorConfig config =
        new MonitorConfig(
            groups.readGroups(groupNodes),
            StoreReader.read(file.section("store"), folder),
            new DeliveryReader(mistakes).read(file.section("alerting")),
            new WebReader(folder, mistakes).read(file.section("web")));
    file.passOver("x-"); // where anchors may stand
    file.end();
    return config;
  }
}
