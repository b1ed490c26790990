package io.ringtap.cli.monitor;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.monitor.config.ConfigFile;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/// Runs `ringtap monitor --check`: a line for each mistake of a configuration, and silence if there
/// is none.
final class CheckRun {
  private CheckRun() {}

  static int run(Path file, CommandSpec spec) {
    Messages messages = new Messages(spec);
    return switch (ConfigFile.read(file)) {
      case ConfigFile.Reading.Valid _ -> ExitCode.OK;
      case ConfigFile.Reading.Invalid(var mistakes) -> {
        mistakes.forEach(mistake -> messages.line(mistake.toString()));
        yield ExitCode.BAD_ARGUMENTS;
      }
    };
  }
}
