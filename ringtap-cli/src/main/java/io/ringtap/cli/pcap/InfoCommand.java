package io.ringtap.cli.pcap;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ringtap pcap info`: what files hold.
@Command(
    name = "info",
    description = {
      "Describes files: format, counts, times, rates, interfaces, comments, pauses, drops.",
      "",
      "Each file is read to its end."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ringtap pcap info x.pcapng", "  ringtap pcap info --json *.pcap.gz"})
final class InfoCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "SAVEFILE",
      description = "pcap or pcapng; - is standard input.")
  private List<String> files = List.of();

  @Option(names = "--json", description = "Print a JSON object for each file.")
  private boolean isJson;

  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws BadArgument, IOException {
    Messages messages = new Messages(spec);
    int code = ExitCode.OK;
    try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
      for (String file : files) {
        try (Sources sources = Sources.open(List.of(file))) {
          FileInfo info = FileInfo.of(sources.first());
          if (isJson) {
            InfoReport.json(info, size(file), out);
          } else {
            InfoReport.text(info, size(file), out);
          }
          String damage = info.damage();
          if (damage != null) {
            boolean _ = out.drain(Long.MAX_VALUE);
            messages.print(damage);
            code = ExitCode.BAD_ARGUMENTS;
          }
        } catch (BadArgument e) {
          if (files.size() == 1) {
            throw e;
          }
          boolean _ = out.drain(Long.MAX_VALUE);
          messages.print(String.valueOf(e.getMessage())); // and on to the next
          code = ExitCode.BAD_ARGUMENTS;
        }
      }
      boolean _ = out.drain(Long.MAX_VALUE);
    }
    return code;
  }

  /// Bytes of the file; -1 of a stream.
  private static long size(String file) throws IOException {
    if (file.equals(StandardInput.DASH) || !Files.isRegularFile(Path.of(file))) {
      return InfoReport.UNKNOWN;
    }
    return Files.size(Path.of(file));
  }
}
