package io.ringtap.cli.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {
  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      Failures.handle(new CommandLine(new ImportCommand()).setErr(new PrintWriter(err, true)));

  @Test
  void namesTheProgramsItKnows() {
    int code = command.execute("nagios", "file");

    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(err.toString()).contains("There are: smokeping, smokeping_prober, ping_exporter");
  }

  @Test
  void saysWithItsLineWhyAFileIsNotUnderstood() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yml"), "targets:\n\t- a\n");

    int code = command.execute("ping_exporter", file.toString());

    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(err.toString()).startsWith(file + ":2:1: a tab").hasLineCount(1);
  }

  @Test
  void checksAConfigurationWithALineForEachMistake() throws IOException {
    Path file = Files.writeString(folder.resolve("m.yml"), "groups:\n  - nam: a\n    targets: x\n");

    int code = CheckRun.run(file, command.getCommandSpec());

    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(err.toString()).contains(file + ":2:5: ", file + ":3:14: ").hasLineCount(3);
  }

  @Test
  void isSilentAboutARightConfiguration() throws IOException {
    Path file = Files.writeString(folder.resolve("m.yml"), "groups: [{name: a, targets: [a]}]\n");

    int code = CheckRun.run(file, command.getCommandSpec());

    assertThat(code).isZero();
    assertThat(err.toString()).isEmpty();
  }
}
