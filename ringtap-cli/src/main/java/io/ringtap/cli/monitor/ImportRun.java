package io.ringtap.cli.monitor;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.CommandOutput;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.monitor.config.migration.Migration;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap monitor import`.
final class ImportRun {
  private ImportRun() {}

  static int run(String word, Path file, CommandSpec spec) throws BadArgument {
    Migration.Result result = Migration.of(program(word), file);
    Messages messages = new Messages(spec);
    switch (result) {
      case Migration.Result.Refused(var mistakes) -> {
        mistakes.forEach(mistake -> messages.line(mistake.toString()));
        return ExitCode.BAD_ARGUMENTS;
      }
      case Migration.Result.Converted(String yaml, var left) -> {
        left.forEach(mistake -> messages.line("not carried over: " + mistake));
        try (Output out = CommandOutput.open(spec, () -> ExitCode.OK)) {
          out.text(new StringBuilder(yaml));
          boolean _ = out.drain(Long.MAX_VALUE);
        }
        return ExitCode.OK;
      }
    }
  }

  private static Migration.Program program(String word) throws BadArgument {
    for (Migration.Program program : Migration.Program.values()) {
      if (program.word().equals(word)) {
        return program;
      }
    }
    List<String> words = Migration.Program.words();
    throw new BadArgument("import from which program? There are: " + String.join(", ", words));
  }
}
