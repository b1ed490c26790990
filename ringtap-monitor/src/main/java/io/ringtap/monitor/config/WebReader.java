package io.ringtap.monitor.config;

import io.ringtap.monitor.config.WebConfig.ProbeModule;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlNode;
import io.ringtap.packet.IpRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads `web:`.
final class WebReader {
  private static final int MOST_PACKETS = 100;
  private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

  private final Path folder;
  private final Mistakes mistakes;

  /// @param folder what relative paths are relative to
  WebReader(Path folder, Mistakes mistakes) {
    this.folder = folder;
    this.mistakes = mistakes;
  }

  WebConfig read(Section section) {
    String listen = section.value("listen", WebConfig.DEFAULT.listen(), Places::listen);
    Path security = section.value("security", this::readable);
    Section probe = section.section("probe");
    List<IpRange> allowed = probe.list("allow", WebReader::range);
    Map<String, ProbeModule> modules = modules(probe.section("modules"));
    probe.end();
    section.end();
    boolean needsModule = modules.isEmpty() && !allowed.isEmpty();
    return new WebConfig(
        listen, security, allowed, needsModule ? Map.of("icmp", ProbeModule.DEFAULT) : modules);
  }

  private Path readable(String text) {
    Path path = Places.path(folder, text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(Mistake.quoted(text) + " is no file that can be read");
    }
    return path;
  }

  private static IpRange range(String text) {
    if (TargetText.parse(text) instanceof TargetText.Addresses(IpRange range, _)) {
      return range;
    }
    throw new IllegalArgumentException(
        Mistake.quoted(text) + " is a name; write addresses or prefixes, as 10.0.0.0/8");
  }

  private Map<String, ProbeModule> modules(Section section) {
    Map<String, ProbeModule> modules = new TreeMap<>();
    for (YamlNode.Scalar key : section.keys()) {
      YamlNode node = section.take(key.text());
      modules.put(
          key.text(),
          node == null
              ? ProbeModule.DEFAULT
              : module(Section.of(node, "write {packets: 3, timeout: 5s}", mistakes)));
    }
    return Collections.unmodifiableMap(modules);
  }

  private static ProbeModule module(Section section) {
    ProbeModule base = ProbeModule.DEFAULT;
    ProbeModule module =
        new ProbeModule(
            SettingsReader.read(section, base.settings(), "wait"),
            section.whole("packets", base.packets(), 1, MOST_PACKETS),
            section.value(
                "timeout",
                base.timeout(),
                text -> Values.duration(text, Duration.ofMillis(1), LONGEST_REQUEST)));
    section.end();
    return module;
  }
}
