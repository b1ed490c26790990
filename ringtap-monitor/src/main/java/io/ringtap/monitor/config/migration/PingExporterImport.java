package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.Labels;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.migration.Draft.DraftGroup;
import io.ringtap.monitor.config.migration.Draft.DraftTarget;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlFile;
import io.ringtap.monitor.config.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes one group of ping_exporter's targets, whose defaults are its own: 56 bytes every five
/// seconds, all addresses of a name.
final class PingExporterImport {
  private static final int PAYLOAD_BYTES = 56;
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final Draft draft;
  private final Mistakes left;

  private PingExporterImport(Draft draft, Mistakes left) {
    this.draft = draft;
    this.left = left;
  }

  static void read(Path file, Draft draft) {
    Mistakes wrong = new Mistakes(file.toString());
    YamlNode root = YamlFile.read(file, wrong);
    draft.refuseAll(wrong.all());
    if (root == null || !wrong.isEmpty()) {
      return;
    }
    Mistakes left = new Mistakes(file.toString());
    new PingExporterImport(draft, left).read(Section.of(root, "", left));
    draft.leaveAll(left.all());
  }

  private void read(Section top) {
    Section ping = top.section("ping");
    ProbeSettings base = ProbeSettings.DEFAULT;
    ProbeSettings settings =
        new ProbeSettings(
            ping.value("interval", INTERVAL, PingExporterImport::wait),
            ping.value("timeout", TIMEOUT, PingExporterImport::wait),
            ping.whole("payload-size", PAYLOAD_BYTES, 0, 65_500),
            0,
            base.hopLimit(),
            null,
            null,
            base.transport(),
            family(top.section("options")));
    leave(ping, "history-size", "the history is in store:");
    ping.end();
    Section dns = top.section("dns");
    leave(dns, "refresh", "names are looked up again by their TTL");
    leave(dns, "nameserver", "the system's name servers are asked");
    dns.end();
    DraftGroup group = draft.group("ping_exporter", "", settings);
    for (YamlNode node : top.list("targets")) {
      addTarget(node, group);
    }
    top.end();
  }

  private AddressFamily family(Section options) {
    boolean hasIpv4 = !options.value("disableIPv4", false, Values::truth);
    boolean hasIpv6 = !options.value("disableIPv6", false, Values::truth);
    options.end();
    if (hasIpv4 && hasIpv6) {
      return AddressFamily.BOTH;
    }
    return hasIpv4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
  }

  private static Duration wait(String text) {
    return Values.duration(text, Duration.ofMillis(1), Duration.ofHours(1));
  }

  private void leave(Section section, String key, String why) {
    YamlNode node = section.take(key);
    if (node != null) {
      left.add(node, key, why);
    }
  }

  /// A host, or keys that are hosts with their labels.
  private void addTarget(YamlNode node, DraftGroup group) {
    if (node instanceof YamlNode.Mapping(List<YamlNode.Entry> hosts, _, _)) {
      for (YamlNode.Entry host : hosts) {
        add(host.key(), labels(host.value()), group);
      }
    } else {
      add(node, Map.of(), group);
    }
  }

  private void add(YamlNode host, Map<String, String> labels, DraftGroup group) {
    String text = Section.value(host, "target", value -> value, left);
    if (text != null) {
      draft.add(group, new DraftTarget(text, null, labels), new Place(draft.file(), host.line()));
    }
  }

  private Map<String, String> labels(YamlNode node) {
    Map<String, String> labels = new TreeMap<>();
    if (node.isNothing()) {
      return labels;
    }
    Section section = Section.of(node, "", left);
    for (YamlNode.Scalar key : section.keys()) {
      try {
        Labels.checkName(key.text());
        String value = section.value(key.text(), Labels::checkedValue);
        if (value != null) {
          labels.put(key.text(), value);
        }
      } catch (IllegalArgumentException e) {
        left.add(key, String.valueOf(e.getMessage()), "");
      }
    }
    return labels;
  }
}
