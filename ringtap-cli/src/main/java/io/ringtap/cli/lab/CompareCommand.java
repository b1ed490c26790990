package io.ringtap.cli.lab;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.terminal.Output;
import io.ringtap.lab.report.Comparison;
import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.ReportDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap lab compare`: two reports side by side.
@Command(
    name = "compare",
    description = "Puts two reports of one experiment side by side. Needs no privileges.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    parameterListHeading = "%nReports:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "3:bad arguments, no such report, or reports of different experiments",
      "4:the comparison cannot be written"
    })
final class CompareCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Parameters(index = "0", paramLabel = "A", description = "A report's directory.")
  private Path first;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Parameters(index = "1", paramLabel = "B", description = "Another one's.")
  private Path second;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write comparison.md and comparison.html there, too.")
  private @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    Comparison comparison = comparison();
    if (output != null) {
      comparison.write(output);
    }
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      out.text(new StringBuilder(comparison.text()));
      out.drain(Long.MAX_VALUE);
    }
    return ExitCode.OK;
  }

  private Comparison comparison() throws BadArgument {
    try {
      Report a = ReportDirectory.read(first);
      Report b = ReportDirectory.read(second);
      return Comparison.of(a, b);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }
}
