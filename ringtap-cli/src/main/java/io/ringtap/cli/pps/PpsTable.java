package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rates as lines of text in columns.
final class PpsTable {
  private static final int LABEL = 16;

  private PpsTable() {}

  /// The line above interfaces and queues. What was dropped and what failed are numbers of packets
  /// since the line before, not rates.
  static String header() {
    return pad("interface", LABEL) + names("in") + names("out");
  }

  private static String names(String direction) {
    return right(direction + " pps", 12)
        + right(direction + " bit/s", 15)
        + right("dropped", 9)
        + right("errors", 8);
  }

  /// The line above CPUs.
  static String cpuHeader() {
    return pad("cpu", LABEL)
        + right("pps", 12)
        + right("dropped", 15)
        + right("squeezed", 13)
        + right("steered", 13);
  }

  /// A line for each interface and below it one for each of its queues.
  static List<String> flows(Tick tick) {
    List<String> lines = new ArrayList<>();
    for (Tick.Flow flow : tick.flows()) {
      lines.add(flow(tick, flow));
      for (QueueCounters queue : flow.queues()) {
        lines.add(queue(tick, Printable.of(flow.name()), queue));
      }
    }
    return lines;
  }

  private static String flow(Tick tick, Tick.Flow flow) {
    var counted = flow.counted();
    return pad(Printable.of(flow.name()), LABEL)
        + rates(tick, counted.rxPackets(), counted.rxBytes(), flow.rxDropped(), counted.rxErrors())
        + rates(
            tick, counted.txPackets(), counted.txBytes(), counted.txDropped(), counted.txErrors());
  }

  private static String queue(Tick tick, String name, QueueCounters queue) {
    String label = pad(name + (queue.isReceive() ? " rx-" : " tx-") + queue.queue(), LABEL);
    String rates = rates(tick, queue.packets(), queue.bytes(), queue.drops(), -1);
    return (label + (queue.isReceive() ? rates : " ".repeat(rates.length()) + rates))
        .stripTrailing();
  }

  private static String rates(Tick tick, long packets, long bytes, long dropped, long errors) {
    return right(packets < 0 ? "-" : rate(tick.perSecond(packets)), 12)
        + right(bytes < 0 ? "-" : Figures.si(tick.bitsPerSecond(bytes)), 15)
        + right(dropped < 0 ? "-" : Long.toString(dropped), 9)
        + right(errors < 0 ? "" : Long.toString(errors), 8);
  }

  /// A line for each CPU.
  static List<String> cpus(Tick tick) {
    List<String> lines = new ArrayList<>();
    for (SoftnetCounters cpu : tick.cpus()) {
      lines.add(
          pad("cpu" + cpu.cpu(), LABEL)
              + right(rate(tick.perSecond(cpu.processed())), 12)
              + right("" + cpu.dropped(), 15)
              + right("" + cpu.timeSqueezed(), 13)
              + right(rate(tick.perSecond(cpu.steered())), 13));
    }
    return lines;
  }

  private static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 10
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : Long.toString(Math.round(perSecond));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(width - text.length(), 1));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(width - text.length(), 1)) + text;
  }
}
