package io.ringtap.cli.run;

import io.ringtap.cli.terminal.Printable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What becomes of an exception that a command throws: one line on standard error, and an exit
/// code. A [BadArgument] ends as what picocli itself refuses; anything else is the system's. A
/// command that has a [Face] refuses as its program does.
public final class Failures {
  private Failures() {}

  /// Has all commands below `root` end so. They must have been added before.
  ///
  /// @return `root`
  public static CommandLine handle(CommandLine root) {
    return root.setParameterExceptionHandler(Failures::refuse)
        .setExecutionExceptionHandler(Failures::fail);
  }

  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    if (command.getCommand() instanceof Face.Bearer bearer) {
      return bearer.face().refuse(e);
    }
    boolean isLost =
        e instanceof UnmatchedArgumentException || e instanceof MissingParameterException;
    String help = " (try '" + command.getCommandSpec().qualifiedName() + " --help')";
    print(command, e, isLost ? help : "");
    return ExitCode.BAD_ARGUMENTS;
  }

  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    print(command, e, "");
    if (command.getCommand() instanceof Face.Bearer bearer) {
      Face.Codes codes = bearer.face().codes();
      return e instanceof BadArgument ? codes.badArgument() : codes.system();
    }
    return e instanceof BadArgument ? ExitCode.BAD_ARGUMENTS : ExitCode.SYSTEM;
  }

  private static void print(CommandLine command, Exception e, String more) {
    String message = e.getMessage();
    String line = message == null ? e.toString() : oneLine(message);
    String name = Face.nameOf(command.getCommandSpec());
    command.getErr().println(name + ": " + Printable.of(line) + more);
  }

  private static String oneLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
