package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.monitor.RunningMonitor;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The monitor's view on a terminal, as a person sees and steers it.
class MonitorScreenTest {
  private static final String MONITOR = "-i 200ms --web.listen-address 127.0.0.1:0 127.0.0.0/28";

  @TempDir Path directory;
  private NetworkNamespace namespace;
  private Screen screen;

  @BeforeEach
  void open() throws Exception {
    Requirement.root();
    Requirement.tool("tmux");
    namespace = NetworkNamespace.create("screen");
    screen = Screen.open(namespace, RunningMonitor.command(), directory);
  }

  @AfterEach
  void close() throws IOException {
    if (screen != null) {
      screen.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  @Test
  void showsTargetsAndPlotAndLeavesTheTerminalAsItWas() throws Exception {
    screen.type("./r " + MONITOR + " --tui");
    screen.awaitText(" ringtap monitor  16 targets: ");
    screen.awaitText("── 127.0.0.0 ");

    screen.press("Right");
    screen.awaitText("── 127.0.0.1 ");
    screen.press("/");
    screen.awaitText(" search: _");
    screen.press("9");
    screen.awaitText("── 127.0.0.9 ");
    screen.press("Enter");
    screen.press("Enter");
    screen.awaitText("── events of 127.0.0.9 ──");
    screen.resize(50, 14);
    List<String> small =
        screen.await(
            lines -> lines.size() == 14 && lines.stream().allMatch(line -> line.length() <= 50));
    screen.press("C-z");
    screen.awaitText("Stopped");
    screen.type("fg");
    screen.awaitText("── events of 127.0.0.9 ──");
    screen.press("q");
    screen.await(lines -> !lines.isEmpty() && lines.getLast().equals("$"));

    assertThat(small.getFirst()).startsWith(" ringtap monitor  16 targets");
    assertThat(screen.isAsTheShellNeedsIt()).isTrue();
  }

  @Test
  void refusesATerminalWithoutACursor() throws Exception {
    screen.type("TERM=dumb ./r " + MONITOR + " --tui; echo code $?");

    List<String> lines = screen.awaitText("code 3");

    assertThat(lines).anyMatch(line -> line.startsWith("ringtap monitor: --tui needs a terminal"));
  }
}
