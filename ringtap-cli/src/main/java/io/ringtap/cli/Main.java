package io.ringtap.cli;

import io.ringtap.cli.argument.Numbers;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.IgnoredSignals;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The entry of the `ringtap` command.
public final class Main {
  private Main() {}

  /// Runs the command line and ends the process with one of [ExitCode].
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println(
          Version.line()); // what picocli would print, without its model of all commands
      return;
    }
    IgnoredSignals.handle();
    System.exit(commandLine(arguments).execute(arguments));
  }

  /// The command line for `arguments`, whose failures end as one line on its error writer.
  static CommandLine commandLine(String... arguments) {
    CommandLine root = Commands.commandLine(arguments);
    // After the commands were added, for the settings reach those that are there.
    Numbers.register(root);
    return root.setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
        .setUsageHelpWidth(96)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::fail);
  }

  private static Ansi ansi() {
    return System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"))
        ? Ansi.OFF
        : Ansi.AUTO;
  }

  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    boolean isLost =
        e instanceof UnmatchedArgumentException || e instanceof MissingParameterException;
    command
        .getErr()
        .println(
            name
                + ": "
                + oneLine(String.valueOf(e.getMessage()))
                + (isLost ? " (try '" + name + " --help')" : ""));
    return ExitCode.BAD_ARGUMENTS;
  }

  private static int fail(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    String message = e.getMessage();
    command
        .getErr()
        .println(
            command.getCommandSpec().qualifiedName()
                + ": "
                + (message == null ? e.toString() : oneLine(message)));
    return ExitCode.SYSTEM;
  }

  private static String oneLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
