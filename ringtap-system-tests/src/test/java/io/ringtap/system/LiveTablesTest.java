package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person sees on a terminal, and what is left there when the command stops or ends.
class LiveTablesTest {
  private static final String PING = "./r ping -i 100ms -W 200ms 127.0.0.1 10.1.0.1 10.1.0.2";

  @TempDir Path directory;
  private NetworkNamespace namespace;
  private VirtualHosts hosts;
  private Screen screen;

  @BeforeEach
  void open() throws Exception {
    Requirement.root();
    Requirement.tool("tmux");
    namespace = NetworkNamespace.create("screen");
    hosts = VirtualHosts.start(namespace, "tun0", 20_28);
    hosts.link().address("192.0.2.1/32");
    hosts.own("10.1.0.0/16");
    hosts.behave("10.1.0.2", HostBehaviour.SILENT);
    screen = Screen.open(new Command(namespace), directory);
  }

  @AfterEach
  void close() throws IOException {
    if (screen != null) {
      screen.close();
    }
    if (hosts != null) {
      hosts.close();
      namespace.close();
    }
  }

  private static boolean isTable(List<String> lines) {
    return !lines.isEmpty() && lines.getFirst().startsWith("target ");
  }

  @Test
  void pingShowsWhoIsDownFirstOnAnySizeOfTerminal() throws Exception {
    screen.type(PING);
    screen.await(
        lines -> isTable(lines) && lines.size() == 5 && lines.get(1).startsWith("10.1.0.2 "));

    screen.resize(30, 4);
    List<String> small =
        screen.await(lines -> isTable(lines) && lines.size() == 3 && lines.get(1).length() < 30);
    screen.press("NPage");
    screen.awaitText("2-2 of 3, down first");
    screen.press("s");
    screen.awaitText("1-1 of 3, as given");
    screen.resize(80, 24);
    List<String> large = screen.await(lines -> isTable(lines) && lines.size() == 5);
    screen.press("q");
    List<String> end = screen.awaitText("3 targets: ");

    assertThat(small.get(1)).startsWith("10.1.0.2 ").contains("100%");
    assertThat(small.get(2)).isEqualTo("1-1 of 3, down first");
    assertThat(large).filteredOn(line -> line.startsWith("target ")).hasSize(1);
    assertThat(large.get(4)).startsWith("3 targets, as given; keys: s ");
    assertThat(end).filteredOn(line -> line.contains(" : xmt/rcv/%loss = ")).hasSize(3);
    assertThat(end).anyMatch(line -> line.endsWith(PING)).noneMatch(line -> line.equals("ms"));
    assertThat(screen.isAsTheShellNeedsIt()).isTrue();
  }

  @Test
  void traceShowsItsHopsOnAnySizeOfTerminal() throws Exception {
    String trace = "./r trace -n -i 100ms 127.0.0.1 10.1.0.1";
    screen.type(trace);
    screen.await(lines -> hops(lines, "127.0.0.1") == 1 && hops(lines, "10.1.0.1") == 1);

    screen.resize(30, 4);
    List<String> small =
        screen.await(
            lines -> lines.size() <= 4 && lines.stream().allMatch(line -> line.length() <= 30));
    screen.press("+");
    screen.resize(80, 24);
    List<String> large =
        screen.await(lines -> hops(lines, "127.0.0.1") == 1 && hops(lines, "10.1.0.1") == 1);
    screen.press("q");
    List<String> end = screen.await(lines -> !lines.isEmpty() && lines.getLast().equals("$"));

    assertThat(small).isNotEmpty();
    assertThat(large).noneMatch(line -> line.length() > 80);
    assertThat(end).filteredOn(line -> line.startsWith("HOST: ")).hasSize(2);
    assertThat(hops(end, "127.0.0.1")).isOne();
    assertThat(hops(end, "10.1.0.1")).isOne();
    assertThat(end).filteredOn(line -> line.endsWith(trace)).hasSize(1);
    assertThat(screen.isAsTheShellNeedsIt()).isTrue();
  }

  private static long hops(List<String> lines, String address) {
    return lines.stream().filter(line -> line.startsWith("  1.|-- " + address + " ")).count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ping -i 100ms 127.0.0.1 10.1.0.1 | target     | true
          top -i lo --interval 200ms       | packets/s  | true
          pps -i 200ms                     | interface  | true
          capture -i lo                    | listening  | false
          """)
  void stoppedCommandsLeaveTheTerminalToTheShellAndGoOn(
      String arguments, String shown, boolean isTable) throws Exception {
    screen.type("./r " + arguments);
    screen.awaitText(shown);

    screen.press("C-z");
    List<String> stopped = screen.awaitText("Stopped");
    boolean isShellsStopped = screen.isAsTheShellNeedsIt();
    screen.type("fg");
    if (isTable) {
      screen.await(lines -> lines.stream().noneMatch(line -> line.contains("Stopped")));
      assertThat(screen.isAsTheShellNeedsIt()).isFalse();
    }
    screen.press("C-c");
    screen.await(lines -> !lines.isEmpty() && lines.getLast().equals("$"));

    assertThat(isShellsStopped).isTrue();
    assertThat(stopped.getFirst()).isEqualTo("$ ./r " + arguments);
    assertThat(screen.isAsTheShellNeedsIt()).isTrue();
  }

  @Test
  void keysAreReadAgainAfterAStop() throws Exception {
    screen.type(PING);
    // All three targets: one of which nothing is known yet is not in the summary.
    screen.await(lines -> isTable(lines) && lines.size() == 5);
    screen.press("C-z");
    screen.awaitText("Stopped");
    screen.type("fg");
    screen.await(LiveTablesTest::isTable);

    screen.press("q");

    screen.awaitText("3 targets: ");
  }

  @Test
  void drawsNothingInTheBackground() throws Exception {
    screen.type("./r ping -i 100ms -c 20 127.0.0.1 10.1.0.1 &");
    List<String> end = screen.awaitText("2 targets: ");

    assertThat(end).noneMatch(line -> line.startsWith("target "));
    assertThat(end).anyMatch(line -> line.startsWith("10.1.0.1 "));
    assertThat(screen.isAsTheShellNeedsIt()).isTrue();
  }

  @Test
  void aSweepShowsHowFarItIsBelowItsAnswersAndLeavesTheReport() throws Exception {
    screen.type("./r sweep -r 300 -c 500ms 10.1.0.0/22");
    screen.await(lines ->
        !lines.isEmpty()
            && lines.getLast().matches("\\d:\\d\\d \\d+%: .* sent, .* found, .* s left")
            && lines.get(lines.size() - 2).matches("10\\.1\\.\\d+\\.\\d+ ttl=64 time=.* ms"));
    screen.press("C-c");

    List<String> lines = screen.await(it -> !it.isEmpty() && it.getLast().equals("$"));
    assertThat(lines).noneMatch(line -> line.contains("%: "));
    assertThat(lines).anyMatch(line -> line.matches("\\d+ of 1024 targets completed"));
  }
}
