package io.ringtap.system.top;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ebpf.kernel.AttachedXdp;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.system.KernelObjects;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `ringtap top --mode xdp`: the figures, what it refuses, and that nothing of it stays.
@RequiresRoot
class XdpTopCommandTest {
  private NetworkNamespace here;
  private VethPair cable;

  @BeforeEach
  void layACable() throws IOException {
    here = NetworkNamespace.create("top");
    here.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
    here.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
    cable = VethPair.create(here, "in0", here, "out0");
  }

  @AfterEach
  void remove() {
    here.close();
  }

  /// Packets that the interface has received, as the kernel counts them.
  private long received() throws IOException {
    return here.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/dev"))).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("in0:"))
        .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[2]))
        .sum();
  }

  @Test
  void showsWhatCameInAndLeavesNothingWhenItIsKilled() throws Exception {
    int index = cable.a().index();
    Process process =
        new Command(here)
            .start("top", "-i", "in0", "--mode", "xdp", "--json", "--interval", "200ms", "ip");
    List<String> lines = new ArrayList<>();
    KernelObjects objects;
    try (BufferedReader out = process.inputReader();
        BufferedReader err = process.errorReader()) {
      assertThat(err.readLine())
          .isEqualTo("ringtap top: in0: counts what comes in, by XDP in native mode");
      lines.add(out.readLine());
      long before = received();
      try (RunningLoad load =
          FrameLoad.on(cable.b()).outgoing().frames(100_000).sources(10).cpus(0).start()) {
        load.await();
      }
      while (sum(lines, "interval", "packets") < 100_000) {
        lines.add(out.readLine());
      }
      assertThat(received() - before).isEqualTo(100_000);
      objects = KernelObjects.of(process.toHandle());
      assertThat(objects.ids()).containsKeys("prog_id", "map_id", "link_id");
      assertThat(objects.areGone()).isFalse();
      assertThat(here.call(() -> AttachedXdp.of(index)))
          .extracting(AttachedXdp::name)
          .containsExactly("ringtap_top");
      lines.add(out.readLine());
      while (!lines.getLast().contains("\"interval\"")) { // until its rows are there
        lines.add(out.readLine());
      }
      boolean _ = process.toHandle().destroyForcibly(); // SIGKILL
      process.waitFor();
    }
    Eventually.await("nothing is left in the kernel", objects::areGone);
    assertThat(here.call(() -> AttachedXdp.of(index))).isEmpty();

    assertThat(sum(lines, "interval", "packets")).isEqualTo(100_000);
    assertThat(sum(lines, "interval", "bytes")).isEqualTo(100_000 * 60L);
    Map<Object, Long> bySource =
        ofType(lines, "row").stream()
            .collect(
                groupingBy(
                    row -> row.get("source"), summingLong(row -> (long) row.get("packets"))));
    assertThat(bySource).hasSize(10).containsEntry("10.0.0.9", 10_000L);
    assertThat(bySource.values()).containsOnly(10_000L);
  }

  private static List<Map<String, Object>> ofType(List<String> lines, String type) {
    return JsonLines.parse(lines).stream()
        .filter(object -> object.get("type").equals(type))
        .toList();
  }

  private static long sum(List<String> lines, String type, String field) {
    return ofType(lines, type).stream().mapToLong(object -> (long) object.get(field)).sum();
  }

  @Test
  void countsInGenericModeOnLoopbackAndSaysSo() throws Exception {
    Process process =
        new Command(here).start("top", "-i", "lo", "--mode", "xdp", "--json", "--by", "protocol");
    try (BufferedReader err = process.errorReader()) {
      assertThat(err.readLine())
          .startsWith("ringtap top: lo: counts what comes in, by XDP in generic mode")
          .contains("EOPNOTSUPP");
      Process ping = here.start("ping", "-c", "3", "-i", "0.2", "127.0.0.1");
      assertThat(ping.waitFor()).isZero();
      boolean _ = process.toHandle().destroy();
      List<String> lines = process.inputReader().lines().toList();
      assertThat(process.waitFor()).isZero();
      // Three requests and three replies, and no more: what is sent is not counted beside what
      // comes.
      assertThat(ofType(lines, "row"))
          .extracting(row -> row.get("protocol"))
          .containsOnly("IPv4 ICMP");
      assertThat(sum(lines, "row", "packets")).isEqualTo(6);
      assertThat(ofType(lines, "summary").getFirst()).containsEntry("captured", 6L);
    }
  }

  @Test
  void saysInALineWhatHasNoMeaning() throws Exception {
    for (List<String> options :
        List.of(
            List.of("-i", "any"),
            List.of("-i", "in0", "-Q", "out"),
            List.of("-i", "in0", "-s", "64"),
            List.of("-i", "nosuch0"),
            List.of("-i", "in0", "-i", "in0"),
            List.of("-i", "in0", "outbound"))) {
      Command.Result result =
          new Command(here)
              .run(
                  Stream.concat(Stream.of("top", "--mode", "xdp"), options.stream())
                      .toArray(String[]::new));

      assertThat(result.exitCode()).as("%s: %s", options, result.err()).isEqualTo(3);
      assertThat(result.err().getFirst()).startsWith("ringtap top: ");
      assertThat(result.out()).isEmpty();
    }
    Command.Result forbidden =
        new Command(here).asNobody().run("top", "-i", "in0", "--mode", "xdp");
    assertThat(forbidden.exitCode()).isEqualTo(4);
    assertThat(forbidden.err()).hasSize(1).allMatch(line -> line.contains("CAP_BPF"));
  }
}
