package io.ringtap.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How an interface's packets reach CPUs: its interrupts, its queues, and which CPUs are near.
///
/// @param name the interface
/// @param interrupts by number
/// @param queues receive queues first, by number
/// @param onlineCpus the online CPUs
/// @param numaNode the NUMA node of the device; -1 if it has none
/// @param localCpus the online CPUs of that node; all online CPUs if there is no node
/// @param socketFlows entries of the kernel's flow table (`net.core.rps_sock_flow_entries`); RFS is
///   off if it is 0
public record QueueLayout(
    String name,
    List<Interrupt> interrupts,
    List<PacketQueue> queues,
    CpuSet onlineCpus,
    int numaNode,
    CpuSet localCpus,
    int socketFlows) {
  /// Copies the lists.
  public QueueLayout {
    interrupts = List.copyOf(interrupts);
    queues = List.copyOf(queues);
  }

  /// Reads the layout of an interface; empty if `files` do not contain it.
  public static Optional<QueueLayout> read(KernelFiles files, String name) {
    if (!files.interfaces().contains(name)) {
      return Optional.empty();
    }
    CpuSet online = files.onlineCpus();
    List<Path> device = device(files, name);
    int node = numaNode(device);
    return Optional.of(
        new QueueLayout(
            name,
            interrupts(files, name, device),
            queues(files.netDirectory(name).resolve("queues")),
            online,
            node,
            localCpus(files, node, online),
            KernelFiles.number(files.proc().resolve("sys/net/core/rps_sock_flow_entries"))
                .orElse(0)));
  }

  /// The queues of one direction.
  public List<PacketQueue> queues(boolean isReceive) {
    return queues.stream().filter(queue -> queue.isReceive() == isReceive).toList();
  }

  /// The device's directory and its parent, because a virtio device is below the PCI device that
  /// owns the interrupts. Not further up, because a PCI bridge has interrupts of its own.
  private static List<Path> device(KernelFiles files, String name) {
    try {
      Path device = files.netDirectory(name).resolve("device").toRealPath();
      Path parent = device.getParent();
      return parent == null ? List.of(device) : List.of(device, parent);
    } catch (IOException e) {
      return List.of(); // a software device
    }
  }

  private static List<Interrupt> interrupts(KernelFiles files, String name, List<Path> device) {
    InterruptTable table =
        InterruptTable.parse(KernelFiles.text(files.proc().resolve("interrupts")).orElse(""));
    List<Integer> numbers = numbers(device);
    if (numbers.isEmpty()) {
      numbers = table.named(name); // the device's bus does not list interrupts
    }
    List<Interrupt> interrupts = new ArrayList<>();
    for (int number : numbers) {
      InterruptTable.Row row = table.row(number);
      Path directory = files.proc().resolve("irq").resolve("" + number);
      boolean isOnly = numbers.size() == 1;
      interrupts.add(
          new Interrupt(
              number,
              row.name(),
              isOnly ? Interrupt.Role.BOTH : Interrupt.roleOf(row.name()),
              isOnly ? 0 : Interrupt.queueOf(row.name()),
              row.counts(),
              KernelFiles.list(directory.resolve("smp_affinity_list")).orElse(CpuSet.NONE),
              KernelFiles.list(directory.resolve("effective_affinity_list")).orElse(CpuSet.NONE)));
    }
    interrupts.sort(Comparator.comparingInt(Interrupt::number));
    return interrupts;
  }

  private static List<Integer> numbers(List<Path> device) {
    for (Path directory : device) {
      List<Integer> numbers = new ArrayList<>();
      for (String name : KernelFiles.names(directory.resolve("msi_irqs"))) {
        if (!name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
          numbers.add(Integer.valueOf(name));
        }
      }
      if (!numbers.isEmpty()) {
        return numbers;
      }
      int line = KernelFiles.number(directory.resolve("irq")).orElse(0);
      if (line > 0) {
        return List.of(line);
      }
    }
    return List.of();
  }

  private static List<PacketQueue> queues(Path directory) {
    List<PacketQueue> queues = new ArrayList<>();
    for (String name : KernelFiles.names(directory)) {
      if (name.matches("[rt]x-\\d{1,6}")) {
        boolean isReceive = name.startsWith("rx");
        Path queue = directory.resolve(name);
        Path cpus = queue.resolve(cpusFile(isReceive));
        Optional<CpuSet> set = KernelFiles.mask(cpus);
        queues.add(
            new PacketQueue(
                isReceive,
                Integer.parseInt(name.substring(3)),
                set.isPresent(),
                set.orElse(CpuSet.NONE),
                KernelFiles.number(queue.resolve("rps_flow_cnt")).orElse(0)));
      }
    }
    queues.sort(
        Comparator.comparing((PacketQueue queue) -> !queue.isReceive())
            .thenComparingInt(PacketQueue::number));
    return queues;
  }

  static String cpusFile(boolean isReceive) {
    return isReceive ? "rps_cpus" : "xps_cpus";
  }

  private static int numaNode(List<Path> device) {
    for (Path directory : device) {
      if (Files.exists(directory.resolve("numa_node"))) {
        return KernelFiles.number(directory.resolve("numa_node")).orElse(-1);
      }
    }
    return -1;
  }

  private static CpuSet localCpus(KernelFiles files, int node, CpuSet online) {
    if (node < 0) {
      return online;
    }
    Path list = files.sys().resolve("devices/system/node/node" + node + "/cpulist");
    CpuSet near = KernelFiles.list(list).orElse(online);
    CpuSet running = CpuSet.of(near.numbers().stream().filter(online::contains).toList());
    return running.isEmpty() ? online : running;
  }
}
