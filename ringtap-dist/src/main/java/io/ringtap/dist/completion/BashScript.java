package io.ringtap.dist.completion;

import io.ringtap.dist.completion.Command.Operand;
import io.ringtap.dist.completion.Command.Option;
import io.ringtap.dist.completion.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The script for bash: a `case` over the commands says what each has, and the functions around it
/// walk through the words.
final class BashScript {
  private final StringBuilder text = new StringBuilder();

  private BashScript() {}

  static String of(Command ringtap) {
    BashScript script = new BashScript();
    ringtap.all().forEach(script::append);
    return new Script("ringtap.bash", " | ")
        .replace("model", script.text.toString().stripTrailing())
        .toString();
  }

  private void append(Command command) {
    line(4, Script.inQuotes(command.path()) + ")");
    if (!command.subcommands().isEmpty()) {
      line(6, "subcommands=(" + String.join(" ", command.subcommandNames()) + ")");
    }
    line(
        6,
        "options=("
            + words(command.options().stream().flatMap(each -> each.names().stream()).toList())
            + ")");
    Map<String, List<String>> patterns = patterns(command);
    if (!patterns.isEmpty()) {
      line(6, "case $2 in");
      patterns.forEach(
          (value, names) -> line(8, String.join(" | ", names) + ") value=(" + value + ") ;;"));
      line(6, "esac");
    }
    line(6, ";;");
  }

  /// The names of options and the numbers of operands, by what they complete to.
  private static Map<String, List<String>> patterns(Command command) {
    Map<String, List<String>> patterns = new LinkedHashMap<>();
    for (Option option : command.options()) {
      Value value = option.value();
      if (value != null) {
        patterns.computeIfAbsent(calls(value), _ -> new ArrayList<>()).addAll(option.names());
      }
    }
    for (Operand operand : command.operands()) {
      String number = operand.isLast() ? "[0-9]*" : String.valueOf(operand.first());
      patterns.computeIfAbsent(calls(operand.value()), _ -> new ArrayList<>()).add(number);
    }
    return patterns;
  }

  /// The functions that complete a value, and last the words.
  private static String calls(Value value) {
    List<String> calls = new ArrayList<>();
    value.kinds().forEach(kind -> calls.add(call(kind)));
    if (!value.words().isEmpty()) {
      calls.add((value.isList() ? "list " : "words ") + words(value.words()));
    }
    return calls.isEmpty() ? "nothing" : String.join(" ", calls);
  }

  private static String call(Kind kind) {
    return switch (kind) {
      case FILE -> "files";
      case SAVEFILE -> "savefiles";
      case CONFIGURATION -> "configurations";
      case DIRECTORY -> "directories";
      case INTERFACE -> "interfaces";
      case NAMESPACE -> "namespaces";
      case HOST -> "hosts";
      case USER -> "users";
      case PROGRAM -> "programs";
      case FILTER -> "filter";
    };
  }

  private static String words(List<String> words) {
    return words.stream().map(Script::quoted).collect(Collectors.joining(" "));
  }

  private void line(int indent, String line) {
    text.repeat(' ', indent).append(line).append('\n');
  }
}
