package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Form;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads where the targets of a group come from.
final class SourceReader {
  private static final Duration DEFAULT_REFRESH = Duration.ofMinutes(1);
  private static final Form<Duration> REFRESH =
      text -> Values.duration(text, Duration.ofSeconds(1), Duration.ofDays(1));

  private final Path folder;
  private final AddressFamily family;
  private final Mistakes mistakes;
  private final Map<String, YamlNode> hosts = new HashMap<>();
  private long count;

  /// @param folder what relative paths are relative to
  /// @param family that of the group
  SourceReader(Path folder, AddressFamily family, Mistakes mistakes) {
    this.folder = folder;
    this.family = family;
    this.mistakes = mistakes;
  }

  /// How many targets stand in the configuration itself.
  long count() {
    return count;
  }

  /// Takes the keys of sources from a group.
  List<TargetSource> read(Section group) {
    int before = mistakes.count();
    List<TargetSource> sources = new ArrayList<>();
    for (YamlNode node : group.list("targets")) {
      addWritten(node, sources);
    }
    group
        .list("files", text -> new TargetSource.ListFile(Places.path(folder, text)))
        .forEach(sources::add);
    group.list("file_sd", this::fileSd).forEach(sources::add);
    for (YamlNode node : group.list("http_sd")) {
      addHttpSd(node, sources);
    }
    if (sources.isEmpty() && mistakes.count() == before) {
      mistakes.add(
          group.where(),
          "a group without targets",
          "give it targets: [...], files:, file_sd: or http_sd:");
    }
    return List.copyOf(sources);
  }

  /// A target in the configuration itself: a text, or keys with one.
  private void addWritten(YamlNode node, List<TargetSource> sources) {
    YamlNode host = node;
    String name = null;
    Map<String, String> labels = Map.of();
    if (node instanceof YamlNode.Mapping) {
      Section section = Section.of(node, "", mistakes);
      host = section.take("host");
      name = section.value("name", Labels::checkedValue);
      labels = Labels.read(section, mistakes);
      section.end();
      if (host == null) {
        mistakes.add(node, "a target without host", "write {host: NAME}, or only NAME");
        return;
      }
    }
    String text = Section.value(host, "target", this::checkedTarget, mistakes);
    if (text == null) {
      return;
    }
    YamlNode first = hosts.putIfAbsent(text, host);
    if (first == null) {
      sources.add(new TargetSource.Written(text, name, labels));
    } else {
      String again = "the target " + Mistake.quoted(text) + " again, as in line " + first.line();
      mistakes.add(host, again, "");
    }
  }

  private String checkedTarget(String text) {
    TargetText target = TargetText.parse(text);
    if (target instanceof TargetText.Addresses addresses) {
      checkFamily(text, addresses.range().first().isIpv6());
    }
    long more = target.size();
    if (more > MonitorConfig.MOST_TARGETS) {
      throw new IllegalArgumentException(
          Mistake.quoted(text)
              + " is more than "
              + MonitorConfig.MOST_TARGETS
              + " targets; a sweep finds those of them that answer");
    }
    count += more;
    return text;
  }

  private void checkFamily(String text, boolean isIpv6) {
    AddressFamily own = isIpv6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    AddressFamily other = isIpv6 ? AddressFamily.IPV4 : AddressFamily.IPV6;
    if (family == other) {
      throw new IllegalArgumentException(
          "%s is of family %s, in a group with family: %s"
              .formatted(Mistake.quoted(text), own.word(), other.word()));
    }
  }

  private TargetSource fileSd(String text) {
    int slash = text.lastIndexOf('/');
    if (slash >= 0 && text.substring(0, slash).contains("*")) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + ": only the last part of a path may have '*', as in sd/*.yml");
    }
    if (!text.matches(".*\\.(json|ya?ml)")) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " does not end in .json, .yml or .yaml");
    }
    return new TargetSource.FileSd(Places.path(folder, text));
  }

  private void addHttpSd(YamlNode node, List<TargetSource> sources) {
    URI uri;
    Duration refresh = DEFAULT_REFRESH;
    if (node instanceof YamlNode.Mapping) {
      Section section = Section.of(node, "", mistakes);
      uri = section.required("url", Places::http);
      refresh = section.value("refresh", DEFAULT_REFRESH, REFRESH);
      section.end();
    } else {
      uri = Section.value(node, "http_sd", Places::http, mistakes);
    }
    if (uri != null) {
      sources.add(new TargetSource.HttpSd(uri, refresh));
    }
  }
}
