package io.ringtap.dist.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CompletionScriptsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"bash, ringtap", "zsh, _ringtap", "fish, ringtap.fish"})
  void shellsAcceptTheirSyntax(String shell, String file) throws Exception {
    Requirement.tool(shell);
    CompletionScripts.main(new String[] {directory.toString()});

    Process process =
        new ProcessBuilder(shell, "-n", directory.resolve(file).toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void theSameModelGivesTheSameFiles() throws Exception {
    CompletionScripts.main(new String[] {directory.toString()});

    Map<String, String> again = CompletionScripts.scripts();

    assertThat(again).containsOnlyKeys("ringtap", "_ringtap", "ringtap.fish");
    for (var script : again.entrySet()) {
      assertThat(directory.resolve(script.getKey())).hasContent(script.getValue());
      assertThat(Files.readString(directory.resolve(script.getKey())))
          .doesNotContain("@model@", "@keywords")
          .doesNotContainPattern("[ \\t]\\n")
          .endsWith("\n");
    }
  }

  @Test
  void theScriptOfEachShellHasTheOptionsOfAllCommands() {
    Map<String, String> scripts = CompletionScripts.scripts();
    String bash = scripts.getOrDefault("ringtap", "");
    Set<String> bashWords = new HashSet<>(List.of(bash.split("[\\s()]+", -1)));

    commands(Main.model())
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .filter(name -> name.startsWith("--"))
        .forEach(name -> {
          assertThat(bashWords).contains(name);
          assertThat(scripts.get("_ringtap")).contains(name);
          assertThat(scripts.get("ringtap.fish")).contains("-l '" + name.substring(2) + "'");
        });
    assertThat(String.join("", scripts.values()))
        .doesNotContain("--monitor-mode", "as-ping"); // hidden
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .flatMap(CompletionScriptsTest::commands));
  }
}
