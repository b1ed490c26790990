package io.ringtap.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Builds a tree of files like the kernel's in a directory.
final class FakeKernelFiles {
  private final Path root;
  private final StringBuilder interrupts = new StringBuilder();

  FakeKernelFiles(Path root, String onlineCpus) {
    this.root = root;
    put("sys/devices/system/cpu/online", onlineCpus);
    for (int cpu : CpuSet.parseList(onlineCpus).numbers()) {
      interrupts.append("CPU").append(cpu).append(' ');
    }
    interrupts.append('\n');
  }

  KernelFiles files() {
    put("proc/interrupts", interrupts.toString());
    return new KernelFiles(root.resolve("proc"), root.resolve("sys"));
  }

  FakeKernelFiles put(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds an interface of the device at `device` (below `sys/devices`), or without a device if it
  /// is empty.
  FakeKernelFiles network(String name, String device) {
    try {
      Path directory = root.resolve("sys/class/net").resolve(name);
      Files.createDirectories(directory);
      if (!device.isEmpty()) {
        Path target = root.resolve("sys/devices").resolve(device);
        Files.createDirectories(target);
        Files.createSymbolicLink(directory.resolve("device"), target);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeKernelFiles queues(String name, int receiving, int transmitting) {
    for (int i = 0; i < receiving; i++) {
      put("sys/class/net/" + name + "/queues/rx-" + i + "/rps_cpus", "00000000");
      put("sys/class/net/" + name + "/queues/rx-" + i + "/rps_flow_cnt", "0");
    }
    for (int i = 0; i < transmitting; i++) {
      put("sys/class/net/" + name + "/queues/tx-" + i + "/xps_cpus", "00000000");
    }
    return this;
  }

  /// Adds an interrupt; `device` is the directory of its `msi_irqs`, or empty.
  FakeKernelFiles interrupt(
      String device, int number, String name, String affinity, long... counts) {
    if (!device.isEmpty()) {
      put("sys/devices/" + device + "/msi_irqs/" + number, "msix");
    }
    put("proc/irq/" + number + "/smp_affinity_list", affinity);
    put("proc/irq/" + number + "/effective_affinity_list", affinity);
    interrupts.append(number).append(':');
    for (long count : counts) {
      interrupts.append(' ').append(count);
    }
    interrupts.append(" PCI-MSIX-0000:00:03.0   1-edge      ").append(name).append('\n');
    return this;
  }
}
