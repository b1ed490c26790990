package io.ringtap.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Plans which CPU serves which queue: one queue per CPU, CPUs of the device's NUMA node first, and
/// from the beginning again if there are more queues than CPUs. This is only a plan; nothing is
/// written.
public final class QueueSpread {
  private final KernelFiles files;
  private final QueueLayout layout;
  private final List<Integer> order = new ArrayList<>(); // CPUs, nearest first

  /// Makes a plan for an interface; nothing is read or written.
  ///
  /// @param files the root of the settings' paths
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

  /// The interrupt affinity for each queue. A receive and a transmit queue of the same number share
  /// a CPU. Interrupts that belong to no queue stay where they are.
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

  /// The file that decides which CPUs serve an interrupt.
  public Path affinityFile(Interrupt interrupt) {
    return files.proc().resolve("irq/" + interrupt.number() + "/smp_affinity_list");
  }

  /// The RPS and XPS settings for each queue, so that all CPUs share the work of fewer queues.
  /// Empty for a direction that has at least as many queues as there are CPUs.
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
