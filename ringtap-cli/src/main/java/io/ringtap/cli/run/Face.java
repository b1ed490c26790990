package io.ringtap.cli.run;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// A program that scripts know, as which a command speaks: the name before its messages, the words
/// in which it refuses a command line (those of `getopt(3)`), and its exit codes. The command
/// implements [Bearer]; [Failures], [Messages] and [CommandOutput] then follow the face.
///
/// @param name the name before messages, as [#calledAs] has it
/// @param advice the lines after the message about an option that is unknown or lacks its value
public record Face(String name, String advice, Codes codes) {
  /// A command that speaks as another program.
  public interface Bearer {
    /// As which program.
    Face face();
  }

  /// With which codes the program ends.
  ///
  /// @param badOption an option is unknown, or lacks its value
  /// @param badValue the value of an option was not [converted][TypeConversionException]
  /// @param badArgument the command refuses its arguments by a [BadArgument]
  /// @param system something is not permitted, or a system call failed
  public record Codes(int badOption, int badValue, int badArgument, int system) {}

  private static final String NAME = "ringtap.name"; // set by the launcher

  /// The name by which the launcher was called, such as `ping6`.
  ///
  /// @param name the name if the launcher was called by its own
  public static String calledAs(String name) {
    return System.getProperty(NAME, name);
  }

  /// The name with which the messages of a command begin.
  static String nameOf(CommandSpec spec) {
    return spec.userObject() instanceof Bearer bearer ? bearer.face().name : spec.qualifiedName();
  }

  /// Says what is wrong with a command line, and returns the exit code.
  int refuse(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String message = String.valueOf(e.getMessage());
    int code = codes.badValue;
    String more = "";
    switch (e) {
      case UnmatchedArgumentException unknown -> {
        message = "invalid option -- '" + optionName(spec, unknown.getUnmatched().getFirst()) + "'";
        code = codes.badOption;
        more = advice;
      }
      case MissingParameterException missing -> {
        ArgSpec argument = missing.getMissing().getFirst();
        message = "option requires an argument -- '" + optionName(spec, argument) + "'";
        code = codes.badOption;
        more = advice;
      }
      case ParameterException bad when bad.getCause() instanceof TypeConversionException cause ->
          message = String.valueOf(cause.getMessage());
      default -> {}
    }
    e.getCommandLine().getErr().println(name + ": " + message);
    e.getCommandLine().getErr().print(more);
    e.getCommandLine().getErr().flush();
    return code;
  }

  private static String optionName(CommandSpec spec, ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? optionName(spec, option.shortestName())
        : argument.paramLabel();
  }

  /// What a message calls an option: a long one by its name, of others a letter.
  private static String optionName(CommandSpec spec, String word) {
    boolean hasLong = spec.options().stream().anyMatch(it -> it.longestName().startsWith("--"));
    if (hasLong && word.startsWith("--")) {
      int end = word.indexOf('=');
      return word.substring(2, end < 0 ? word.length() : end);
    }
    return word.substring(1, 2);
  }
}
