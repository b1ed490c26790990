package io.ringtap.cli.irq;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.device.CpuSet;
import io.ringtap.device.EthtoolSocket.ReceiveHash;
import io.ringtap.device.Interrupt;
import io.ringtap.device.KernelFiles;
import io.ringtap.device.KernelSetting;
import io.ringtap.device.PacketQueue;
import io.ringtap.device.QueueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IrqReportTest {
  private static final KernelFiles FILES =
      new KernelFiles(Path.of("/made/up/proc"), Path.of("/made/up/sys"));

  private static QueueLayout layout() {
    return new QueueLayout(
        "eth0",
        List.of(
            new Interrupt(
                40,
                "eth0-TxRx-0",
                Interrupt.Role.BOTH,
                0,
                List.of(1L, 0L, 2L, 3L, 4L, 5L),
                CpuSet.parseList("0-5"),
                CpuSet.of(3)),
            new Interrupt(
                41,
                "eth0",
                Interrupt.Role.OTHER,
                -1,
                List.of(0L, 0L, 0L, 0L, 0L, 7L),
                CpuSet.parseList("0-5"),
                CpuSet.NONE)),
        List.of(
            new PacketQueue(true, 0, true, CpuSet.parseList("0-1,4"), 2048),
            new PacketQueue(true, 1, true, CpuSet.NONE, 0),
            new PacketQueue(false, 0, false, CpuSet.NONE, 0)),
        CpuSet.parseList("0-4,64"),
        1,
        CpuSet.of(4, 64),
        32_768);
  }

  @Test
  void tellsHowPacketsReachCpus() {
    ReceiveHash hash = new ReceiveHash("toeplitz", 40, List.of(0, 1, 0, 1, 0, 0, 0, 0));

    assertThat(IrqReport.lines(layout(), Optional.of(hash)))
        .containsExactly(
            "eth0: 2 receive queues, 1 transmit queue, 2 interrupts; 6 CPUs (0-4,64), those of its"
                + " memory node 1: 4,64",
            "  irq  queue        allowed          serving    count         by CPU, name",
            "   40  rx+tx 0      0-5              3          15            cpu0 1, cpu2 2, cpu3 3,"
                + " cpu4 4, 1 more, eth0-TxRx-0",
            "   41  other        0-5              -          7             cpu64 7, eth0",
            "  RSS  toeplitz, 8 entries: rx-0 × 6 rx-1 × 2",
            "  RPS  rx-0 to 0-1,4",
            "  RFS  2048 entries in its queues, 32768 for sockets",
            "  XPS  not possible: no queue to choose");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/made/up/proc/irq/40/smp_affinity_list",
        "/made/up/sys/class/net/eth0/queues/rx-0/rps_cpus",
        "/made/up/sys/class/net/eth0/queues/tx-10/xps_cpus"
      })
  void takesTheFilesThatItWritesForItsOwn(String path) {
    assertThat(new SettingFiles(FILES, layout()).isOurs(Path.of(path))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "/made/up/proc/irq/40/../../sysrq-trigger",
        "/made/up/proc/irq/default_smp_affinity",
        "/made/up/proc/irq/40/smp_affinity_list/x",
        "/made/up/sys/class/net/eth1/queues/rx-0/rps_cpus",
        "/made/up/sys/class/net/eth0/queues/../mtu",
        "/made/up/sys/class/net/eth0/queues/rx-0/../tx-0/xps_cpus",
        "made/up/proc/irq/40/smp_affinity_list"
      })
  void takesNoOtherFileForItsOwn(String path) {
    assertThat(new SettingFiles(FILES, layout()).isOurs(Path.of(path))).isFalse();
  }

  @Test
  void knowsAnInterruptThatBelongsToAnotherDeviceByNow() {
    SettingFiles files = new SettingFiles(FILES, layout());
    Path path = FILES.proc().resolve("irq/40/smp_affinity_list");

    assertThat(files.isCurrent(new KernelSetting(path, "0", "eth0-TxRx-0"))).isTrue();
    assertThat(files.isCurrent(new KernelSetting(path, "0", "eth0-TxRx-1"))).isFalse();
    assertThat(
            files.isCurrent(
                new KernelSetting(
                    FILES.proc().resolve("irq/4/smp_affinity_list"), "0", "eth0-TxRx-0")))
        .isFalse();
  }
}
