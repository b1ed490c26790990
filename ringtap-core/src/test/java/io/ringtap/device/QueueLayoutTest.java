package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueLayoutTest {
  @TempDir Path root;

  private static QueueLayout read(FakeKernelFiles kernel, String name) {
    return QueueLayout.read(kernel.files(), name).orElseThrow();
  }

  private static List<String> lines(List<KernelSetting> settings) {
    return settings.stream().map(setting -> setting.purpose() + "=" + setting.value()).toList();
  }

  @Test
  void findsTheInterruptsOfAVirtioDeviceAtItsBus() {
    FakeKernelFiles kernel =
        new FakeKernelFiles(root, "0-1")
            .network("net7", "pci0/0000:00:03.0/virtio2")
            .queues("net7", 1, 1)
            .interrupt("pci0/0000:00:03.0", 37, "virtio2-config", "0-1", 0, 0)
            .interrupt("pci0/0000:00:03.0", 38, "virtio2-input.0", "0-1", 3, 4)
            .interrupt("pci0/0000:00:03.0", 39, "virtio2-output.0", "1", 5, 0)
            .interrupt("pci0/0000:00:04.0", 41, "virtio3-input.0", "0", 9, 9);

    QueueLayout layout = read(kernel, "net7");

    assertThat(layout.interrupts())
        .extracting(Interrupt::number, Interrupt::role, Interrupt::count)
        .containsExactly(
            tuple(37, Interrupt.Role.OTHER, 0L),
            tuple(38, Interrupt.Role.RECEIVE, 7L),
            tuple(39, Interrupt.Role.TRANSMIT, 5L));
    assertThat(layout.interrupts().get(2).affinity()).isEqualTo(CpuSet.of(1));
    assertThat(layout.numaNode()).isEqualTo(-1);
    assertThat(layout.localCpus()).isEqualTo(CpuSet.of(0, 1));
    assertThat(layout.queues())
        .containsExactly(
            new PacketQueue(true, 0, true, CpuSet.NONE, 0),
            new PacketQueue(false, 0, true, CpuSet.NONE, 0));
  }

  @Test
  void findsTheOneInterruptOfALine() {
    FakeKernelFiles kernel =
        new FakeKernelFiles(root, "0-1")
            .network("lan", "pci0/0000:00:05.0")
            .put("sys/devices/pci0/0000:00:05.0/irq", "16")
            .interrupt("", 16, "lan", "0-1", 1, 2);

    QueueLayout layout = read(kernel, "lan");

    assertThat(layout.interrupts())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.queue()).isZero();
          assertThat(line.role()).isEqualTo(Interrupt.Role.BOTH);
          assertThat(line.count()).isEqualTo(3);
        });
  }

  @Test
  void fallsBackToNamesWhereTheBusDoesNotTell() {
    FakeKernelFiles kernel =
        new FakeKernelFiles(root, "0")
            .network("end0", "platform/fd580000.ethernet")
            .interrupt("", 50, "end0", "0", 1)
            .interrupt("", 51, "end0-rx-0", "0", 1)
            .interrupt("", 52, "end01", "0", 1);

    assertThat(read(kernel, "end0").interrupts())
        .extracting(Interrupt::number)
        .containsExactly(50, 51);
  }

  @Test
  void knowsADeviceOfSoftwareAndNoneThatIsNotThere() {
    FakeKernelFiles kernel = new FakeKernelFiles(root, "0").network("lo", "").queues("lo", 1, 0);
    KernelFiles files = kernel.files();

    assertThat(read(kernel, "lo").interrupts()).isEmpty();
    assertThat(QueueLayout.read(files, "nope")).isEmpty();
    assertThat(QueueLayout.read(files, "../net/lo")).isEmpty();
    assertThat(files.interfaces()).containsExactly("lo");
  }

  /// Two nodes of 32 CPUs, each with two ranges of numbers, and a device at the second node.
  private FakeKernelFiles large(int queues) {
    FakeKernelFiles kernel =
        new FakeKernelFiles(root, "0-63")
            .network("enp65s0", "pci40/0000:41:00.0")
            .put("sys/devices/pci40/0000:41:00.0/numa_node", "1")
            .put("sys/devices/system/node/node1/cpulist", "16-31,48-63")
            .queues("enp65s0", queues, queues);
    for (int i = 0; i < queues; i++) {
      kernel.interrupt("pci40/0000:41:00.0", 200 + i, "enp65s0-TxRx-" + i, "0-63", new long[64]);
    }
    return kernel.interrupt("pci40/0000:41:00.0", 199, "enp65s0", "0-63", new long[64]);
  }

  @Test
  void givesEachQueueACpuThoseOfItsNodeFirst() {
    FakeKernelFiles kernel = large(34);
    QueueLayout layout = read(kernel, "enp65s0");

    List<KernelSetting> plan = new QueueSpread(kernel.files(), layout).interrupts();

    assertThat(plan).hasSize(34);
    assertThat(lines(plan))
        .startsWith("enp65s0-TxRx-0=16", "enp65s0-TxRx-1=17")
        .contains("enp65s0-TxRx-16=48", "enp65s0-TxRx-31=63", "enp65s0-TxRx-32=0")
        .endsWith("enp65s0-TxRx-33=1");
    assertThat(plan.getFirst().path()).isEqualTo(root.resolve("proc/irq/200/smp_affinity_list"));
  }

  @Test
  void beginsAgainWhenThereAreMoreQueuesThanCpus() {
    FakeKernelFiles kernel = large(70);

    List<KernelSetting> plan =
        new QueueSpread(kernel.files(), read(kernel, "enp65s0")).interrupts();

    assertThat(lines(plan)).contains("enp65s0-TxRx-63=47", "enp65s0-TxRx-64=16");
  }

  @Test
  void steersFewerQueuesToAllCpus() {
    FakeKernelFiles kernel = large(2);

    List<KernelSetting> plan = new QueueSpread(kernel.files(), read(kernel, "enp65s0")).steering();

    assertThat(lines(plan))
        .containsExactly(
            "rx-0=55555555,55555555",
            "rx-1=aaaaaaaa,aaaaaaaa",
            "tx-0=55555555,55555555",
            "tx-1=aaaaaaaa,aaaaaaaa");
    assertThat(plan.getFirst().path())
        .isEqualTo(root.resolve("sys/class/net/enp65s0/queues/rx-0/rps_cpus"));
  }

  @Test
  void steersNothingWhenThereAreAsManyQueuesAsCpus() {
    FakeKernelFiles kernel = large(64);

    assertThat(new QueueSpread(kernel.files(), read(kernel, "enp65s0")).steering()).isEmpty();
  }

  @Test
  void letsPairsOfQueuesShareACpu() {
    FakeKernelFiles kernel = new FakeKernelFiles(root, "0-3").network("net7", "pci0/1/virtio2");
    for (int i = 0; i < 3; i++) {
      kernel.interrupt("pci0/1", 30 + i * 2, "virtio2-input." + i, "0-3", 0, 0, 0, 0);
      kernel.interrupt("pci0/1", 31 + i * 2, "virtio2-output." + i, "0-3", 0, 0, 0, 0);
    }

    List<KernelSetting> plan = new QueueSpread(kernel.files(), read(kernel, "net7")).interrupts();

    assertThat(lines(plan))
        .containsExactly(
            "virtio2-input.0=0",
            "virtio2-output.0=0",
            "virtio2-input.1=1",
            "virtio2-output.1=1",
            "virtio2-input.2=2",
            "virtio2-output.2=2");
  }

  @Test
  void readsWhatEachCpuHasTaken() {
    FakeKernelFiles kernel =
        new FakeKernelFiles(root, "0,2")
            .put(
                "proc/net/softnet_stat",
                "07b1be56 00000001 00000012 00000000 00000000 00000000 00000000 00000000 00000000"
                    + " 0000000a 00000000 00000000 00000000 00000000 00000000\n"
                    + "ffffffff 00000000 0000000f 00000000 00000000 00000000 00000000 00000000"
                    + " 00000000 00000000 00000000 00000000 00000002 00000000 00000000");

    assertThat(SoftnetCounters.read(kernel.files()))
        .containsExactly(
            new SoftnetCounters(0, 0x07b1be56, 1, 18, 10),
            new SoftnetCounters(2, 0xffffffffL, 0, 15, 0));
  }
}
