package io.ringtap.cli;

import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.fping.FpingCommand;
import io.ringtap.cli.run.Failures;
import io.ringtap.cli.run.IgnoredSignals;
import io.ringtap.cli.run.Interruption;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The entry of the `ringtap` command.
public final class Main {
  private Main() {}

  /// Runs the command line and ends the process with one of [ExitCode].
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(
          Version.line()); // what picocli would print, without its model of all commands
      return;
    }
    IgnoredSignals.handle();
    if (arguments.length > 0 && arguments[0].equals(FpingCommand.NAME)) {
      Interruption.exit(FpingCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
    Interruption.exit(commandLine(arguments).execute(arguments));
  }

  /// The model of all commands: their options, texts and exit codes, from which `--help` is
  /// printed, for whoever makes manuals or completions of it. As hidden subcommands it has what the
  /// launcher runs when it is called by another name.
  public static CommandLine model() {
    return configured(Commands.all());
  }

  /// The command line for `arguments`, whose failures end as one line on its error writer.
  static CommandLine commandLine(String... arguments) {
    return configured(Commands.commandLine(arguments));
  }

  private static CommandLine configured(CommandLine root) {
    // After the commands were added, for the settings reach those that are there.
    Numbers.register(root);
    root.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    // Of an option that is given twice the last one counts, as getopt(3) has it: scripts append
    // theirs.
    // Picocli would say so on standard error.
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    return Failures.handle(root)
        .setOverwrittenOptionsAllowed(true)
        .setExpandAtFiles(false) // an argument is what it is, also if it begins with @
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
        .setUsageHelpWidth(96);
  }

  private static Ansi ansi() {
    return System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"))
        ? Ansi.OFF
        : Ansi.AUTO;
  }
}
