package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The command on the module path, as the launcher starts it: what a module does not require,
/// export or open is missing there.
@RequiresRoot
class CommandModulePathTest {
  private static final String CLI = "io.ringtap.cli";
  private static final String MODULE_PATH = modulePath();

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
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("--enable-native-access=io.ringtap", "--illegal-native-access=deny"));
    words.addAll(List.of("-p", MODULE_PATH, "-m", CLI + "/" + Main.class.getName()));
    words.addAll(List.of(arguments));
    try (NetworkNamespace namespace = NetworkNamespace.create("modules")) {
      Process process = namespace.process(words.toArray(String[]::new)).start();
      process.getOutputStream().close();
      return Command.finish(process);
    }
  }

  /// Those of the tests' class path that the command's module needs, and no others.
  private static String modulePath() {
    ModuleFinder[] finders =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(element -> ModuleFinder.of(Path.of(element)))
            .filter(CommandModulePathTest::isExplicit)
            .toArray(ModuleFinder[]::new);
    return Configuration.resolve(
            ModuleFinder.compose(finders),
            List.of(ModuleLayer.boot().configuration()),
            ModuleFinder.of(),
            Set.of(CLI))
        .modules()
        .stream()
        .map(ResolvedModule::reference)
        .map(module -> Path.of(module.location().orElseThrow()).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isExplicit(ModuleFinder finder) {
    return finder.findAll().stream().anyMatch(module -> !module.descriptor().isAutomatic());
  }
}
