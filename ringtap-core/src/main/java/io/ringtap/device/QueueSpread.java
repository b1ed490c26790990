package io.ringtap.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Plans which CPU serves which queue: one queue a CPU, CPUs of the device's memory node first, and
/// from the beginning again when there are more queues than CPUs. A plan only; nothing is written.
public final class QueueSpread {
  private final KernelFiles files;
  private final QueueLayout layout;
  private final List<Integer> order = new ArrayList<>(); // of the CPUs, nearest first

  /// Makes a plan for an interface; nothing is read or written yet.
  ///
  /// @param files where the settings' paths are
  /// @param layout of the interface, as [QueueLayout#read] returns it
  public QueueSpread(KernelFiles files, QueueLayout layout) {
    this.files = files;
    this.layout = layout;
    order.addAll(layout.localCpus().numbers());
    for (int cpu : layout.onlineCpus().numbers()) {
      if (!layout.localCpus().contains(cpu)) {
        order.add(cpu);
      }
    }
  }

  /// A CPU for each queue's interrupt. A receive and a transmit queue of the same number share one.
  /// Interrupts that are not a queue's stay where they are.
  public List<KernelSetting> interrupts() {
    List<Integer> queues =
        layout.interrupts().stream()
            .map(Interrupt::queue)
            .filter(queue -> queue >= 0)
            .distinct()
            .sorted()
            .toList();
    List<KernelSetting> settings = new ArrayList<>();
    for (Interrupt interrupt : layout.interrupts()) {
      if (interrupt.queue() >= 0 && !order.isEmpty()) {
        int cpu = order.get(queues.indexOf(interrupt.queue()) % order.size());
        settings.add(
            new KernelSetting(affinityFile(interrupt), Integer.toString(cpu), interrupt.name()));
      }
    }
    return settings;
  }

  /// The file that decides who serves an interrupt.
  public Path affinityFile(Interrupt interrupt) {
    return files.proc().resolve("irq/" + interrupt.number() + "/smp_affinity_list");
  }

  /// CPUs for each queue by RPS and XPS, so that all CPUs share the work of fewer queues. Nothing
  /// for a direction that has as many queues as there are CPUs.
  public List<KernelSetting> steering() {
    List<KernelSetting> settings = new ArrayList<>();
    for (boolean isReceive : List.of(true, false)) {
      List<PacketQueue> queues = layout.queues(isReceive);
      for (int i = 0; i < queues.size() && queues.size() < order.size(); i++) {
        List<Integer> cpus = new ArrayList<>();
        for (int j = i; j < order.size(); j += queues.size()) {
          cpus.add(order.get(j));
        }
        if (queues.get(i).isSteerable()) {
          settings.add(
              new KernelSetting(
                  cpusFile(queues.get(i)), CpuSet.of(cpus).toMask(), queues.get(i).name()));
        }
      }
    }
    return settings;
  }

  /// The file that decides which CPUs a queue is steered to.
  public Path cpusFile(PacketQueue queue) {
    return files
        .netDirectory(layout.name())
        .resolve("queues/" + queue.name() + "/" + QueueLayout.cpusFile(queue.isReceive()));
  }
}
