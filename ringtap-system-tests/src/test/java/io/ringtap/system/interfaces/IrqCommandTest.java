package io.ringtap.system.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap irq` on made-up files of a machine with 64 CPUs, and on real ones of a namespace.
class IrqCommandTest {
  private static final String CARD = "sys/devices/pci40/0000:41:00.0";

  @TempDir Path root;
  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeEach
  void makeNamespace() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("irq");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  private Path put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text + "\n");
  }

  private String read(String path) throws IOException {
    return Files.readString(root.resolve(path)).strip();
  }

  /// A card with two queues at the second of two memory nodes.
  private void makeUpMachine() throws IOException {
    put("sys/devices/system/cpu/online", "0-63");
    put("sys/devices/system/node/node1/cpulist", "32-63");
    put(CARD + "/numa_node", "1");
    StringBuilder interrupts = new StringBuilder("CPU0".repeat(64).replace("CPU0", "CPU0 "));
    for (int i = 0; i < 3; i++) {
      String name = i == 2 ? "wan" : "wan-TxRx-" + i;
      put(CARD + "/msi_irqs/" + (100 + i), "msix");
      put("proc/irq/" + (100 + i) + "/smp_affinity_list", "0-63");
      interrupts.append("\n").append(100 + i).append(":").append(" 1".repeat(64));
      interrupts.append(" PCI-MSIX-0000:41:00.0   ").append(i).append("-edge      ").append(name);
    }
    put("proc/interrupts", interrupts.toString());
    for (int i = 0; i < 2; i++) {
      put("sys/class/net/wan/queues/rx-" + i + "/rps_cpus", "00000000,00000000");
      put("sys/class/net/wan/queues/tx-" + i + "/xps_cpus", "00000000,00000000");
    }
    Files.createSymbolicLink(root.resolve("sys/class/net/wan/device"), root.resolve(CARD));
  }

  private Command.Result irq(String... words) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "irq",
                "--proc=" + root.resolve("proc"),
                "--sys=" + root.resolve("sys"),
                "--state=" + root.resolve("state")));
    all.addAll(List.of(words));
    return ringtap.run(all.toArray(String[]::new));
  }

  @Test
  void spreadsAndRestores() throws Exception {
    makeUpMachine();

    Command.Result spread = irq("wan", "--spread");
    Command.Result more = irq("wan", "--spread", "--rps");
    List<String> after =
        List.of(
            read("proc/irq/100/smp_affinity_list"),
            read("proc/irq/101/smp_affinity_list"),
            read("proc/irq/102/smp_affinity_list"),
            read("sys/class/net/wan/queues/rx-0/rps_cpus"),
            read("sys/class/net/wan/queues/tx-1/xps_cpus"));
    Command.Result restored = irq("wan", "--restore");
    Command.Result again = irq("wan", "--restore");

    assertThat(spread.err()).isEmpty();
    assertThat(spread.out())
        .containsExactly(
            "wrote 32 to " + root + "/proc/irq/100/smp_affinity_list  (wan-TxRx-0, was 0-63)",
            "wrote 33 to " + root + "/proc/irq/101/smp_affinity_list  (wan-TxRx-1, was 0-63)");
    assertThat(more.out()).hasSize(6);
    assertThat(after).containsExactly("32", "33", "0-63", "55555555,55555555", "aaaaaaaa,aaaaaaaa");
    assertThat(restored.err()).isEmpty();
    assertThat(restored.out()).hasSize(6);
    assertThat(read("proc/irq/100/smp_affinity_list")).isEqualTo("0-63");
    assertThat(read("proc/irq/101/smp_affinity_list")).isEqualTo("0-63");
    assertThat(read("sys/class/net/wan/queues/rx-0/rps_cpus")).isEqualTo("00000000,00000000");
    assertThat(again.err())
        .containsExactly("ringtap irq: nothing to restore: there is no " + root.resolve("state"));
    assertThat(again.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void writesNothingInADryRun() throws Exception {
    makeUpMachine();

    Command.Result result = irq("wan", "--spread", "--dry-run");

    assertThat(result.out())
        .first()
        .isEqualTo(
            "would write 32 to "
                + root
                + "/proc/irq/100/smp_affinity_list  (wan-TxRx-0, was 0-63)");
    assertThat(read("proc/irq/100/smp_affinity_list")).isEqualTo("0-63");
    assertThat(root.resolve("state")).doesNotExist();
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void tellsHowItIsAndThatADaemonMayChangeIt() throws Exception {
    makeUpMachine();
    put("proc/4711/comm", "irqbalance");

    Command.Result result = irq("wan");

    assertThat(result.out())
        .startsWith(
            "wan: 2 receive queues, 2 transmit queues, 3 interrupts; 64 CPUs (0-63), those of its"
                + " memory node 1: 32-63")
        .contains("  RPS  off", "  XPS  off");
    assertThat(result.err())
        .containsExactly(
            "ringtap irq: irqbalance (process 4711) runs, and may move interrupts at any time");
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void restoresNothingThatBelongsToAnotherDeviceByNow() throws Exception {
    makeUpMachine();
    Command.Result _ = irq("wan", "--spread");
    put("proc/interrupts", read("proc/interrupts").replace("wan-TxRx-0", "nvme0q1"));

    Command.Result result = irq("wan", "--restore");

    assertThat(result.err())
        .containsExactly(
            "ringtap irq: wan-TxRx-0 is no longer at "
                + root
                + "/proc/irq/100/smp_affinity_list: left alone");
    assertThat(read("proc/irq/100/smp_affinity_list")).isEqualTo("32");
    assertThat(read("proc/irq/101/smp_affinity_list")).isEqualTo("0-63");
  }

  @Test
  void refusesInOneLine() throws Exception {
    makeUpMachine();
    Files.createDirectories(root.resolve("sys/class/net/lo"));
    Path other = put("proc/sysrq-trigger", "untouched");
    Path state = root.resolve("state");

    expectRefusal("there is no interface 'eth0'; there are lo, wan", "eth0");
    expectRefusal("lo has no interrupts of queues: there is nothing to spread", "lo", "--spread");
    expectRefusal("--rps goes with --spread", "wan", "--rps");
    expectRefusal("--dry-run goes with --spread or --restore", "wan", "--dry-run");
    expectRefusal("--spread and --restore exclude each other", "wan", "--spread", "--restore");
    Files.writeString(state, "ringtap irq 1\twan\n" + other + "\tb\tx\n");
    expectRefusal(state + " names " + other + ", which --spread never writes", "wan", "--restore");
    assertThat(other).hasContent("untouched");
    Files.writeString(state, "something else\n");
    expectRefusal(state + " was not saved for wan", "wan", "--restore");
    expectRefusal(state + " was not saved for wan", "wan", "--spread");
    assertThat(read("proc/irq/100/smp_affinity_list")).isEqualTo("0-63");
  }

  private void expectRefusal(String message, String... words)
      throws IOException, InterruptedException {
    Command.Result result = irq(words);

    assertThat(result.err()).containsExactly("ringtap irq: " + message);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void steersTheQueuesOfARealInterface() throws Exception {
    Requirement.tool("unshare");
    int cpus = Runtime.getRuntime().availableProcessors();
    Requirement.check(cpus > 1, "needs two CPUs");
    VethPair pair = VethPair.create(namespace, "va", namespace, "vb");
    // The namespace's own /sys, in a mount namespace that ends with the process.
    Command inside =
        ringtap.withPrefix(
            "unshare", "--mount", "sh", "-c", "mount -t sysfs sysfs /sys && exec \"$@\"", "sh");
    String state = "--state=" + root.resolve("state");

    Command.Result outside = ringtap.run("irq", pair.a().name());
    Command.Result spread = inside.run("irq", pair.a().name(), "--spread", "--rps", state);
    Command.Result after = inside.run("irq", pair.a().name());
    Command.Result restored = inside.run("irq", pair.a().name(), "--restore", state);
    Command.Result last = inside.run("irq", pair.a().name());

    assertThat(outside.err())
        .containsExactly(
            "ringtap irq: /sys shows another network namespace than this one, so nothing of va:"
                + " mount it again (mount -t sysfs sysfs /sys)");
    assertThat(outside.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(spread.err()).isEmpty();
    assertThat(spread.out())
        .anyMatch(line -> line.contains("/sys/class/net/va/queues/rx-0/rps_cpus  (rx-0, was 0"));
    assertThat(after.out()).anyMatch(line -> line.startsWith("  RPS  rx-0 to 0-"));
    assertThat(restored.err()).isEmpty();
    assertThat(restored.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(last.out()).contains("  RPS  off");
  }
}
