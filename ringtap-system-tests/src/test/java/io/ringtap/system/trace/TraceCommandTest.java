package io.ringtap.system.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.system.BackgroundJob;
import io.ringtap.system.Command;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap trace` as users run it.
class TraceCommandTest {
  private static final Path NOTHING = Path.of("/dev/null");

  @TempDir Path directory;
  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeEach
  void makeNamespace() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("trace");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  @Test
  void writesALineOfCsvForEachHopOfEachHost() throws Exception {
    Command.Result result =
        ringtap.run("trace", "--csv", "-n", "-c", "2", "-i", "10ms", "127.0.0.1", "::1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).hasSize(3);
    assertThat(result.out().getFirst())
        .startsWith("target,address,protocol,reached,hop,responder,name,other_responders,sent,")
        .endsWith(",rtt_jitter_ns,stamp,remarks");
    int columns = result.out().getFirst().split(",", -1).length;
    assertThat(result.out()).allMatch(line -> line.split(",", -1).length == columns);
    assertThat(result.out().subList(1, 3))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "127.0.0.1,127.0.0.1,icmp,true,1,127.0.0.1,127.0.0.1,,2,2,0,0,0,0,0.0,")
                    .contains(",kernel,"),
            second ->
                assertThat(second).startsWith("::1,::1,icmp,true,1,::1,::1,,2,2,0,0,0,0,0.0,"));
  }

  @Test
  void tracesEachAddressOfAPrefixOrRange() throws Exception {
    Command.Result result =
        ringtap.run("trace", "--report", "-n", "-c", "1", "127.0.0.0/30", "127.0.0.9-127.0.0.10");

    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).filteredOn(line -> line.startsWith("HOST: 127.0.0.")).hasSize(6);
    assertThat(ringtap.run("trace", "-n", "127.0.0.0/19"))
        .satisfies(refused -> {
          assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
          assertThat(String.join(" ", refused.err()))
              .contains("127.0.0.0/19: more than 4096 hosts");
        });
  }

  @Test
  void refusesAnOrdinaryUserInOneLine() throws Exception {
    Command.Result result = ringtap.asNobody().run("trace", "-n", "127.0.0.1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.SYSTEM);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("ringtap trace: ")
        .contains("EPERM", "CAP_NET_RAW");
  }

  @Test
  void saysInOneLineThatThereIsNoRoute() throws Exception {
    Command.Result result = ringtap.run("trace", "-n", "-c", "1", "192.0.2.1");

    assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.out())
        .containsExactly(
            "trace to 192.0.2.1, 30 hops at most, icmp", " 1  (network is unreachable)");
  }

  @Test
  void saysOnQuitHowFarItIsAndEndsWithItsReport() throws Exception {
    try (BackgroundJob job =
        BackgroundJob.start(
            ringtap,
            directory,
            NOTHING,
            "trace -n --report -c 0 -i 50ms 127.0.0.1".split(" ", -1))) {
      // The first round is 30 probes and their answers at the most: these have been counted.
      Eventually.await("rounds", () -> namespace.link("lo").counters().txPackets() > 62);
      job.signal("QUIT");
      job.awaitErr("  1.|-- 127.0.0.1");
      job.signal("INT");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out())
          .doesNotContain("Full thread dump")
          .startsWith("HOST: 127.0.0.1")
          .contains("  1.|-- 127.0.0.1   0.0%");
    }
  }

  @Test
  void drawsOnATerminalObeysKeysAndLeavesItAsItWas() throws Exception {
    Command onTerminal =
        ringtap.withPrefix(
            "env",
            "TERM=xterm",
            "sh",
            "-c",
            "exec script -qfec \"stty -g; $*; stty -g\" /dev/null",
            "sh");
    Process process = onTerminal.start("trace", "-n", "-i", "50ms", "127.0.0.1");
    StringBuilder screen = new StringBuilder();
    try (OutputStream keys = process.getOutputStream()) {
      await(process, screen, "  1.|-- 127.0.0.1");
      keys.write('p');
      keys.flush();
      await(process, screen, "(paused)");
      keys.write('q');
      keys.flush();
      await(process, screen, "\u001B[?25h");
      while (read(process, screen)) {
        // until it has ended
      }
    }

    List<String> modes =
        screen.toString().lines().filter(it -> it.matches("[0-9a-f:]{20,}")).toList();
    assertThat(modes).hasSize(2);
    assertThat(modes.getFirst()).isEqualTo(modes.getLast());
    String afterTable = screen.substring(screen.lastIndexOf("\u001B[?25h"));
    assertThat(afterTable).contains("HOST: 127.0.0.1", "  1.|-- 127.0.0.1");
    assertThat(screen.toString()).contains("\u001B[?25l");
  }

  private static void await(Process process, StringBuilder screen, String text) throws IOException {
    while (screen.indexOf(text) < 0) {
      assertThat(read(process, screen)).as("%s in %s", text, screen).isTrue();
    }
  }

  private static boolean read(Process process, StringBuilder screen) throws IOException {
    byte[] bytes = new byte[4096];
    int length = process.getInputStream().read(bytes);
    if (length > 0) {
      screen.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }
    return length > 0;
  }
}
