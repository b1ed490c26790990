package io.ringtap.dist.completion;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What completions need of a command.
///
/// @param path its words from `ringtap` on
/// @param summary one sentence
/// @param operands in their order
record Command(
    String path,
    String summary,
    List<Option> options,
    List<Operand> operands,
    List<Command> subcommands) {

  /// An option.
  ///
  /// @param names as they are typed
  /// @param summary one sentence
  /// @param label what stands for the value in the help
  /// @param value null if it has none
  /// @param isRepeatable whether it means more if it is given again
  /// @param isOnly whether nothing else counts beside it, as with `--help`
  record Option(
      List<String> names,
      String summary,
      String label,
      @Nullable Value value,
      boolean isRepeatable,
      boolean isOnly) {}

  /// An argument that is no option.
  ///
  /// @param label what stands for it in the help
  /// @param first its number, from 0 on
  /// @param isLast whether all that follow are of this kind
  record Operand(String label, Value value, int first, boolean isLast) {}

  /// What the model says of a command, and of its subcommands that are not hidden.
  static Command of(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    return new Command(
        spec.qualifiedName(),
        // What comes after a colon or semicolon is more than a list of commands has room for.
        firstSentence(spec.usageMessage().description()).split("[:;] ", 2)[0],
        spec.options().stream()
            .filter(option -> !option.hidden())
            .sorted(Comparator.comparing(OptionSpec::longestName)) // shells sort them, picocli not
            .map(Command::option)
            .toList(),
        spec.positionalParameters().stream().map(Command::operand).toList(),
        line.getSubcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .map(Command::of)
            .toList());
  }

  /// The last word of the path.
  String name() {
    return path.substring(path.lastIndexOf(' ') + 1);
  }

  List<String> subcommandNames() {
    return subcommands.stream().map(Command::name).toList();
  }

  /// This command and all below it.
  Stream<Command> all() {
    return Stream.concat(Stream.of(this), subcommands.stream().flatMap(Command::all));
  }

  private static Option option(OptionSpec spec) {
    return new Option(
        List.of(spec.names()),
        firstSentence(spec.description()),
        spec.paramLabel(),
        spec.arity().max() == 0 ? null : Value.of(spec),
        spec.isMultiValue(),
        spec.usageHelp() || spec.versionHelp());
  }

  private static Operand operand(PositionalParamSpec spec) {
    return new Operand(
        spec.paramLabel(),
        Value.of(spec),
        spec.index().min(),
        spec.index().max() == Integer.MAX_VALUE);
  }

  /// Up to the first full stop, and without it.
  private static String firstSentence(String[] description) {
    String text = String.join(" ", description).replace("%%", "%").strip();
    int end = text.indexOf(". ");
    if (end < 0) {
      end = text.endsWith(".") ? text.length() - 1 : text.length();
    }
    return text.substring(0, end);
  }
}
