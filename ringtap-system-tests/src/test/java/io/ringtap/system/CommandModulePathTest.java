package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The command on the module path, as the launcher starts it: what a module does not require,
/// export or open is missing there.
@RequiresRoot
class CommandModulePathTest {
  @Test
  void answersEveryCommandWithItsHelp() throws Exception {
    Command.Result all = run("--help");

    assertThat(all.err()).isEmpty();
    assertThat(all.exitCode()).isZero();
    assertThat(all.out())
        .extracting(String::strip)
        .map(line -> line.split(" ", 2)[0])
        .contains("ping", "capture", "top", "pps", "filter", "interfaces", "irq", "lab");
  }

  @Test
  void reachesTheKernel() throws Exception {
    Command.Result ping = run("ping", "-q", "-c", "1", "--json", "127.0.0.1");

    assertThat(ping.err()).isEmpty();
    assertThat(ping.exitCode()).isZero();
    assertThat(ping.out()).singleElement().asString().contains("\"received\":1");
  }

  @Test
  void readsWhatItsPackagesHoldBesideClasses() throws Exception {
    Command.Result version = run("--version");

    assertThat(version.err()).isEmpty();
    assertThat(version.out()).singleElement().asString().matches("ringtap \\d.*");
  }

  private static Command.Result run(String... arguments) throws IOException, InterruptedException {
    try (NetworkNamespace namespace = NetworkNamespace.create("modules")) {
      return new Command(namespace).run(arguments);
    }
  }
}
