package io.ringtap.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          virtio2-input.3                  | RECEIVE  | 3
          virtio2-output.3                 | TRANSMIT | 3
          virtio2-config                   | OTHER    | -1
          eth0-TxRx-63                     | BOTH     | 63
          enp1s0-rx-1                      | RECEIVE  | 1
          enp1s0-tx-0                      | TRANSMIT | 0
          eth0                             | OTHER    | -1
          i40e-enp1s0f0-TxRx-12            | BOTH     | 12
          i40e-0000:3b:00.0:misc           | OTHER    | -1
          mlx5_comp5@pci:0000:08:00.0      | BOTH     | 5
          mlx5_async0@pci:0000:08:00.0     | OTHER    | -1
          ena-mgmnt@pci:0000:00:05.0       | OTHER    | -1
          eth0-Tx-Rx-2                     | BOTH     | 2
          gve-ntfy-blk1@pci:0000:00:04.0   | BOTH     | 1
          enp2s0f4 (queue 7)               | BOTH     | 7
          mana_q9@pci:7870:00:00.0         | BOTH     | 9
          eth0-event-2                     | OTHER    | -1
          """)
  void knowsQueuesByTheirNames(String name, Interrupt.Role role, int queue) {
    assertThat(Interrupt.roleOf(name)).isEqualTo(role);
    assertThat(Interrupt.queueOf(name)).isEqualTo(queue);
  }

  @Test
  void readsTheTableOfX86() {
    InterruptTable table =
        InterruptTable.parse(
            """
                       CPU0       CPU1
              9:          4          0  IO-APIC   9-fasteoi   acpi
             38:          0       9268 PCI-MSIX-0000:00:03.0   1-edge      virtio2-input.0
             40:          1          2 IR-PCI-MSI 524288-edge      enp2s0f4 (queue 0)
             41:          5          0  IO-APIC  16-fasteoi   ehci_hcd:usb1, eth7
             42:          0          0  IO-APIC   5-edge
            NMI:          0          0   Non-maskable interrupts
            ERR:          0
            """);

    assertThat(table.row(38))
        .isEqualTo(new InterruptTable.Row("virtio2-input.0", List.of(0L, 9268L)));
    assertThat(table.row(40).name()).isEqualTo("enp2s0f4 (queue 0)");
    assertThat(table.row(42)).isEqualTo(new InterruptTable.Row("", List.of(0L, 0L)));
    assertThat(table.row(9).name()).isEqualTo("acpi");
    assertThat(table.row(99)).isEqualTo(new InterruptTable.Row("", List.of()));
    assertThat(table.named("eth7")).containsExactly(41);
    assertThat(table.named("eth")).isEmpty();
  }

  @Test
  void readsTheTableOfArm() {
    InterruptTable table =
        InterruptTable.parse(
            """
                       CPU0       CPU2
             11:     100000         25     GICv3  30 Level     arch_timer
            120:          7          8   ITS-PCI-MSIX-0000:02:00.0   0 Edge      end0-rx-0
            IPI0:         5          6       Rescheduling interrupts
            """);

    assertThat(table.row(120)).isEqualTo(new InterruptTable.Row("end0-rx-0", List.of(7L, 8L)));
    assertThat(table.row(11).counts()).containsExactly(100_000L, 25L);
    assertThat(table.named("end0")).containsExactly(120);
  }
}
