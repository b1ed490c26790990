package io.ringtap.cli.irq;

import io.ringtap.cli.terminal.Printable;
import io.ringtap.device.EthtoolSocket.ReceiveHash;
import io.ringtap.device.Interrupt;
import io.ringtap.device.PacketQueue;
import io.ringtap.device.QueueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Shows how an interface's packets reach CPUs.
final class IrqReport {
  private static final int MOST_COUNTS = 4; // CPUs whose part of an interrupt is shown

  private IrqReport() {}

  static List<String> lines(QueueLayout layout, Optional<ReceiveHash> hash) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Printable.of(layout.name())
            + ": "
            + number(layout.queues(true).size(), "receive queue")
            + ", "
            + number(layout.queues(false).size(), "transmit queue")
            + ", "
            + number(layout.interrupts().size(), "interrupt")
            + "; "
            + number(layout.onlineCpus().size(), "CPU")
            + " ("
            + layout.onlineCpus().toList()
            + ")"
            + (layout.numaNode() < 0
                ? ""
                : ", those of its memory node "
                    + layout.numaNode()
                    + ": "
                    + layout.localCpus().toList()));
    if (!layout.interrupts().isEmpty()) {
      lines.add("  irq  queue        allowed          serving    count         by CPU, name");
      layout.interrupts().forEach(interrupt -> lines.add(line(interrupt, layout)));
    }
    lines.add("  RSS  " + hash.map(IrqReport::words).orElse("the driver does not say"));
    steering(lines, "RPS", layout.queues(true));
    lines.add("  RFS  " + flows(layout));
    steering(lines, "XPS", layout.queues(false));
    return lines;
  }

  private static String number(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String line(Interrupt interrupt, QueueLayout layout) {
    String queue = interrupt.role().word();
    if (interrupt.queue() >= 0) {
      queue += " " + interrupt.queue();
    }
    return String.format(
        "%5d  %-11s  %-15s  %-9s  %-12d  %s%s",
        interrupt.number(),
        queue,
        interrupt.affinity().toList(),
        interrupt.effective().isEmpty() ? "-" : interrupt.effective().toList(),
        interrupt.count(),
        counts(interrupt, layout),
        interrupt.name());
  }

  /// `cpu1 9268, ` for those that served it, unless there are many.
  private static String counts(Interrupt interrupt, QueueLayout layout) {
    List<Integer> cpus = layout.onlineCpus().numbers();
    StringBuilder text = new StringBuilder();
    int serving = 0;
    for (int i = 0; i < Math.min(cpus.size(), interrupt.counts().size()); i++) {
      if (interrupt.counts().get(i) > 0) {
        serving++;
        if (serving <= MOST_COUNTS) {
          text.append("cpu").append(cpus.get(i)).append(' ');
          text.append(interrupt.counts().get(i)).append(", ");
        }
      }
    }
    if (serving > MOST_COUNTS) {
      text.append(serving - MOST_COUNTS).append(" more, ");
    }
    return text.toString();
  }

  private static String words(ReceiveHash hash) {
    TreeMap<Integer, Integer> entries = new TreeMap<>();
    hash.queues().forEach(queue -> entries.merge(queue, 1, Integer::sum));
    StringBuilder text = new StringBuilder(hash.function().isEmpty() ? "hash" : hash.function());
    text.append(", ").append(hash.queues().size()).append(" entries:");
    entries.forEach(
        (queue, count) -> text.append(" rx-").append(queue).append(" × ").append(count));
    return text.toString();
  }

  private static void steering(List<String> lines, String label, List<PacketQueue> queues) {
    List<String> words = new ArrayList<>();
    for (PacketQueue queue : queues) {
      if (!queue.cpus().isEmpty()) {
        words.add(queue.name() + " to " + queue.cpus().toList());
      }
    }
    boolean isSteerable = queues.stream().anyMatch(PacketQueue::isSteerable);
    lines.add(
        "  "
            + label
            + "  "
            + (words.isEmpty()
                ? isSteerable ? "off" : "not possible: no queue to choose"
                : String.join("; ", words)));
  }

  private static String flows(QueueLayout layout) {
    int entries = layout.queues(true).stream().mapToInt(PacketQueue::flows).sum();
    return entries == 0 || layout.socketFlows() == 0
        ? "off"
        : entries + " entries in its queues, " + layout.socketFlows() + " for sockets";
  }
}
