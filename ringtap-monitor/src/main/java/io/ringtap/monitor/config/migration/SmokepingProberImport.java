package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.migration.Draft.DraftGroup;
import io.ringtap.monitor.config.migration.Draft.DraftTarget;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import io.ringtap.monitor.config.yaml.YamlFile;
import io.ringtap.monitor.config.yaml.YamlNode;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Makes a group of each block of smokeping_prober's targets, whose defaults are its own: 56 bytes,
/// once a second.
final class SmokepingProberImport {
  private static final int PAYLOAD_BYTES = 56;

  private SmokepingProberImport() {}

  static void read(Path file, Draft draft) {
    Mistakes wrong = new Mistakes(file.toString());
    YamlNode root = YamlFile.read(file, wrong);
    draft.refuseAll(wrong.all());
    if (root == null || !wrong.isEmpty()) {
      return;
    }
    Mistakes left = new Mistakes(file.toString());
    Section top = Section.of(root, "", left);
    for (YamlNode node : top.list("targets")) {
      addBlock(Section.of(node, "", left), draft, left);
    }
    top.end();
    draft.leaveAll(left.all());
  }

  private static void addBlock(Section block, Draft draft, Mistakes left) {
    ProbeSettings base = ProbeSettings.DEFAULT;
    Duration longest = Duration.ofDays(1);
    ProbeSettings settings =
        new ProbeSettings(
            block.value(
                "interval",
                base.interval(),
                text -> Values.duration(text, Duration.ofMillis(1), longest)),
            base.timeout(),
            block.whole("size", PAYLOAD_BYTES, 0, 65_500),
            block.whole("tos", 0, 0, 255),
            base.hopLimit(),
            block.value("source", text -> IpAddress.parse(text).toString()),
            null,
            block.value("protocol", Transport.AUTO, SmokepingProberImport::transport),
            block.value("network", AddressFamily.ANY, SmokepingProberImport::family));
    DraftGroup group = draft.group("smokeping_prober", "", settings);
    for (YamlNode host : block.list("hosts")) {
      String text = Section.value(host, "host", value -> value, left);
      if (text != null) {
        DraftTarget target = new DraftTarget(text, null, Map.of());
        draft.add(group, target, new Place(draft.file(), host.line()));
      }
    }
    block.end();
  }

  /// Its "udp" is an ICMP socket without privileges.
  private static Transport transport(String text) {
    return switch (text) {
      case "icmp" -> Transport.AUTO;
      case "udp" -> Transport.DATAGRAM;
      default -> throw new IllegalArgumentException(text + " is not one of icmp, udp");
    };
  }

  private static AddressFamily family(String text) {
    return switch (text) {
      case "ip" -> AddressFamily.ANY;
      case "ip4" -> AddressFamily.IPV4;
      case "ip6" -> AddressFamily.IPV6;
      default -> throw new IllegalArgumentException(text + " is not one of ip, ip4, ip6");
    };
  }
}
