package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads `defaults:` and `groups:`.
final class GroupReader {
  private final Path folder;
  private final Mistakes mistakes;
  private final Map<String, YamlNode> names = new HashMap<>();
  private long targets;
  private double probesPerSecond;

  // What groups have that do not say otherwise.
  private ProbeSettings settings = ProbeSettings.DEFAULT;
  private Map<String, String> labels = Map.of();
  private List<RuleConfig> rules = RuleConfig.DEFAULTS;
  private List<String> sites = List.of();

  /// @param folder what relative paths are relative to
  GroupReader(Path folder, Mistakes mistakes) {
    this.folder = folder;
    this.mistakes = mistakes;
  }

  /// Reads what holds for all groups. To be called before [#readGroups].
  void readDefaults(Section section) {
    settings = SettingsReader.read(section, settings);
    labels = Labels.read(section, mistakes);
    rules = RuleReader.read(section, rules, mistakes);
    sites = Sites.read(section, sites, mistakes);
    section.end();
  }

  /// Reads all groups.
  List<GroupConfig> readGroups(List<YamlNode> nodes) {
    List<GroupConfig> groups = new ArrayList<>();
    for (YamlNode node : nodes) {
      groups.add(
          group(Section.of(node, "write - name: NAME, and the group's keys below", mistakes)));
    }
    return List.copyOf(groups);
  }

  private GroupConfig group(Section section) {
    String name = section.required("name", GroupReader::checkedName);
    if (name != null) {
      checkUnique(name, section.where());
    }
    ProbeSettings own = SettingsReader.read(section, settings);
    Map<String, String> allLabels = Labels.over(labels, Labels.read(section, mistakes));
    List<RuleConfig> ownRules = RuleReader.read(section, rules, mistakes);
    List<String> ownSites = Sites.read(section, sites, mistakes);
    SourceReader sources = new SourceReader(folder, own.family(), mistakes);
    List<TargetSource> all = sources.read(section);
    checkAmount(section.where(), sources.count(), own.interval());
    section.end();
    return new GroupConfig(name == null ? "" : name, own, allLabels, all, ownRules, ownSites);
  }

  private void checkUnique(String name, YamlNode where) {
    YamlNode first = names.putIfAbsent(name, where);
    if (first != null) {
      String again = "a second group " + Mistake.quoted(name) + ", as in line " + first.line();
      mistakes.add(where, again, "");
    }
  }

  private static String checkedName(String text) {
    if (!text.matches("[^\\p{Cntrl}/#]{1,100}") || !text.equals(text.strip())) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is no name of a group; write up to 100 characters, no / and #");
    }
    return text;
  }

  private void checkAmount(YamlNode where, long more, Duration interval) {
    boolean wasTooMany = targets > MonitorConfig.MOST_TARGETS;
    targets += more;
    if (!wasTooMany && targets > MonitorConfig.MOST_TARGETS) {
      String limit = String.valueOf(MonitorConfig.MOST_TARGETS);
      mistakes.add(where, "up to here " + targets + " targets", "there may be at most " + limit);
    }
    boolean wasTooFast = probesPerSecond > MonitorConfig.MOST_PROBES_PER_SECOND;
    probesPerSecond += more * 1e9 / interval.toNanos();
    if (!wasTooFast && probesPerSecond > MonitorConfig.MOST_PROBES_PER_SECOND) {
      mistakes.add(
          where,
          "up to here %.0f probes a second".formatted(probesPerSecond),
          "there may be at most "
              + MonitorConfig.MOST_PROBES_PER_SECOND
              + ": take longer intervals");
    }
  }
}
