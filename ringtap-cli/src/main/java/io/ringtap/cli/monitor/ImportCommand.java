package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.monitor.config.migration.Migration;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap monitor import`: the options. Nothing in its fields and signatures is of the monitor's
/// module.
@Command(
    name = "import",
    description = {
      "Writes the monitor's configuration from that of another program.",
      "",
      "The YAML goes to standard output. What cannot be carried over is said on standard error,"
          + " with its line, and in comments of the YAML."
    },
    mixinStandardHelpOptions = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ringtap monitor import smokeping /etc/smokeping/config > monitor.yml",
      "  ringtap monitor import smokeping_prober smokeping_prober.yml > monitor.yml",
      "  ringtap monitor import ping_exporter ping_exporter.yml > monitor.yml",
      "  ringtap monitor --check monitor.yml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:written", "3:bad arguments, or a file that cannot be understood"})
final class ImportCommand implements Callable<Integer> {
  /// What can be imported from. Asks the monitor's module only when somebody looks.
  static final class Programs implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Migration.Program.words().iterator();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "PROGRAM",
      completionCandidates = Programs.class,
      description = "smokeping, smokeping_prober or ping_exporter.")
  private String program = "";

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "Its configuration; of smokeping also only the file of its targets.")
  private Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument {
    return ImportRun.run(program, file, spec);
  }
}
