package io.ringtap.cli.interfaces;

import io.ringtap.cli.terminal.Printable;
import io.ringtap.device.EthtoolSocket.RingSizes;
import io.ringtap.device.EthtoolSocket.TimeStamping;
import io.ringtap.device.Link;
import io.ringtap.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Interfaces as text: a line for each, and its details below it.
final class InterfaceText {
  private static final int LABEL = 12;

  private InterfaceText() {}

  /// Appends an interface, without an end of line after it.
  static void append(StringBuilder text, InterfaceReport report) {
    Link link = report.link();
    text.append(link.index())
        .append(": ")
        .append(Printable.of(link.name()))
        .append("  ")
        .append(state(link));
    text.append(", ").append(report.linkType());
    text.append(", MTU ").append(link.mtu());
    if (!link.kind().isEmpty()) {
      text.append(", ").append(link.kind());
    }
    if (link.isLoopback()) {
      text.append(", loopback (shows each packet twice)");
    }
    if (link.isPromiscuous()) {
      text.append(", promiscuous");
    }
    detail(text, "address", link.hardwareAddress());
    detail(text, "addresses", addresses(report));
    report
        .driver()
        .ifPresent(
            driver -> detail(text, "driver", (driver.name() + " " + driver.bus()).stripTrailing()));
    detail(text, "queues", queues(report));
    report.stamps().ifPresent(stamps -> detail(text, "time stamps", stamps(stamps)));
    report
        .offloads()
        .filter(offloads -> offloads.isVlanStripped())
        .ifPresent(
            _ -> detail(text, "VLAN tags", "taken out on arrival, and reported beside the frame"));
    detail(text, "note", report.distortions());
  }

  private static void detail(StringBuilder text, String label, String content) {
    if (!content.isEmpty()) {
      text.append("\n    ").append(label).repeat(' ', Math.max(LABEL - label.length(), 1));
      text.append(Printable.of(content));
    }
  }

  private static String state(Link link) {
    if (!link.isUp()) {
      return "down";
    }
    return link.isRunning() ? "up" : "up, no carrier";
  }

  private static String addresses(InterfaceReport report) {
    return report.addresses().stream()
        .map(address -> IpAddress.of(address.address()) + "/" + address.prefixLength())
        .collect(Collectors.joining(", "));
  }

  private static String queues(InterfaceReport report) {
    String queues = report.receiving() + " receive, " + report.transmitting() + " transmit";
    return queues
        + report
            .rings()
            .map((RingSizes rings) ->
                "; rings of "
                    + rings.rx()
                    + " and "
                    + rings.tx()
                    + " packets (at most "
                    + rings.maxRx()
                    + " and "
                    + rings.maxTx()
                    + ")")
            .orElse("");
  }

  private static String stamps(TimeStamping stamps) {
    List<String> sources = new ArrayList<>();
    if (stamps.isSoftwareReceive()) {
      sources.add("kernel");
    }
    if (stamps.isHardwareReceive()) {
      sources.add("adapter" + (stamps.clock() < 0 ? "" : " (/dev/ptp" + stamps.clock() + ")"));
    }
    return sources.isEmpty() ? "none" : String.join(", ", sources);
  }
}
