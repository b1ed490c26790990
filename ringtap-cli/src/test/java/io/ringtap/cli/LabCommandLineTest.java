package io.ringtap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.run.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// What the lab says to those who ask for what it cannot do. Nothing is measured here.
class LabCommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line =
        Main.commandLine(arguments).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void namesItsExperiments() {
    int code = run("lab");

    assertThat(err.toString())
        .isEqualTo(
            "ringtap lab: which experiment? There are: flood, ladder, rtt, fanout, monitor,"
                + " compare (try 'ringtap lab --help')\n");
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void helpsWithEachExperimentByItsQuestion() {
    run("lab", "ladder", "--help");
    run("lab", "rtt", "--help");

    assertThat(out.toString())
        .contains("Usage: ringtap lab ladder [OPTIONS]")
        .contains("What does each rung of capture buy?")
        .contains("Whose round-trip times are true?")
        .contains("  130   cancelled by Ctrl-C, SIGTERM or SIGHUP; there is no report");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --runs 0 --ringtap /bin/true            | --runs must be 1 to 100, not 0
          --packets -1 --ringtap /bin/true        | --packets must be 1 to 1000000000, not -1
          --packets 4G --ringtap /bin/true        | --packets must be 1 to 1000000000, not 4000000000
          --packets many                          | Invalid value for option '--packets': 'many' is not a whole number
          --peer mine --ringtap /bin/true         | 'mine' is not a peer: it is NAME=COMMAND, such as 'mine=myping -c {count} {target}'
          --ringtap /nonexistent/ringtap          | --ringtap /nonexistent/ringtap: no such program
          -o /dev/null/x --ringtap /bin/true      | -o /dev/null/x: cannot make a directory there, for /dev/null is not a directory that can be written to
          ---                                     | Unknown option: '---' (try 'ringtap lab ladder --help')
          """)
  void refusesBadArgumentsInOneLine(String arguments, String message) {
    int code = run(("lab ladder " + arguments).split(" "));

    assertThat(err.toString()).isEqualTo("ringtap lab ladder: " + message + "\n");
    assertThat(out.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void profilesOnlyWhereALoadComes() {
    run("lab", "ladder", "--help");
    run("lab", "flood", "--help");
    String offered = out.toString();
    int code = run("lab", "rtt", "--profile");

    assertThat(offered.split("--profile", -1)).hasSize(3);
    assertThat(err.toString())
        .isEqualTo("ringtap lab rtt: Unknown option: '--profile' (try 'ringtap lab rtt --help')\n");
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void asksForTheCommandToMeasureWhenNoLauncherTellsIt() {
    int code = run("lab", "rtt");

    assertThat(err.toString())
        .isEqualTo(
            "ringtap lab rtt: not started by the ringtap launcher: name the command to measure with"
                + " --ringtap\n");
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }

  @Test
  void saysWhichReportIsMissing(@TempDir Path directory) throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    int code = run("lab", "compare", empty.toString(), empty.toString());

    assertThat(err.toString()).startsWith("ringtap lab compare: ").contains(empty.toString());
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(code).isEqualTo(ExitCode.BAD_ARGUMENTS);
  }
}
