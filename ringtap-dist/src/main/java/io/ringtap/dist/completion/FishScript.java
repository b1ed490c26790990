package io.ringtap.dist.completion;

import io.ringtap.dist.completion.Command.Operand;
import io.ringtap.dist.completion.Command.Option;
import io.ringtap.dist.completion.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The script for fish: a `complete` for each option, operand and subcommand, under the condition
/// that the words before lead to its command.
final class FishScript {
  private static final int MANY = 9999; // operands, more than anybody completes
  private static final Pattern PLAIN = Pattern.compile("[\\w.:,/+=-]+");

  private final StringBuilder text = new StringBuilder();

  private FishScript() {}

  static String of(Command ringtap) {
    FishScript script = new FishScript();
    ringtap.all().forEach(script::append);
    return new Script("ringtap.fish", " ")
        .replace("subcommands", subcommands(ringtap))
        .replace("takes", takes(ringtap))
        .replace("model", script.text.toString().stripTrailing())
        .toString();
  }

  private static String subcommands(Command ringtap) {
    return ringtap
        .all()
        .filter(command -> !command.subcommands().isEmpty())
        .map(command ->
            "        case %s\n            printf '%%s\\n' %s"
                .formatted(quoted(command.path()), String.join(" ", command.subcommandNames())))
        .collect(Collectors.joining("\n"));
  }

  /// The options with a value, each after its command.
  private static String takes(Command ringtap) {
    return ringtap
        .all()
        .flatMap(command ->
            command.options().stream()
                .filter(option -> option.value() != null)
                .flatMap(option -> option.names().stream())
                .map(name -> quoted(command.path() + " " + name)))
        .collect(Collectors.joining(" \\\n            ", "        case ", ""));
  }

  private void append(Command command) {
    for (Command each : command.subcommands()) {
      complete("__ringtap_operand 0 0 " + command.path(), "-a " + each.name(), each.summary());
    }
    for (Option option : command.options()) {
      List<String> words = new ArrayList<>();
      for (String name : option.names()) {
        boolean isLong = name.startsWith("--");
        words.add((isLong ? "-l " : "-s ") + quoted(name.substring(isLong ? 2 : 1)));
      }
      if (option.value() != null) {
        String arguments = arguments(option.value());
        words.add(option.value().kinds().contains(Kind.FILE) ? "-r" : "-x");
        if (!arguments.isEmpty()) {
          words.add(arguments);
        }
      }
      complete("__ringtap_at " + command.path(), String.join(" ", words), option.summary());
    }
    for (Operand operand : command.operands()) {
      int last = operand.isLast() ? MANY : operand.first();
      String condition =
          "__ringtap_operand %d %d %s".formatted(operand.first(), last, command.path());
      String arguments = arguments(operand.value());
      if (!arguments.isEmpty()) {
        complete(condition, arguments, "");
      }
    }
  }

  private void complete(String condition, String what, String summary) {
    text.append("complete -c ringtap -n ").append(quoted(condition));
    text.append(' ').append(what);
    if (!summary.isEmpty()) {
      text.append(" -d ").append(quoted(summary));
    }
    text.append('\n');
  }

  /// The options of `complete` for a value; nothing if it cannot be listed.
  private static String arguments(Value value) {
    List<String> plain = new ArrayList<>();
    List<String> described = new ArrayList<>();
    for (Kind kind : value.kinds()) {
      switch (kind) {
        case FILE -> {} // by -F
        case SAVEFILE -> plain.add("(__ringtap_files '\\.(?:pcap|pcapng|cap)[0-9]*(?:\\.gz)?$')");
        case CONFIGURATION -> plain.add("(__ringtap_files '\\.ya?ml$')");
        case DIRECTORY -> described.add("(__fish_complete_directories (__ringtap_token))");
        case INTERFACE -> plain.add("(__fish_print_interfaces)");
        case NAMESPACE -> plain.add("(__ringtap_namespaces)");
        case HOST -> plain.add("(__fish_print_hostnames)");
        case USER -> described.add("(__fish_complete_users)");
        case PROGRAM -> described.add("(__fish_complete_command)");
        case FILTER -> plain.add("(__ringtap_filter)");
      }
    }
    if (!value.words().isEmpty()) {
      String words = value.words().stream().map(FishScript::word).collect(Collectors.joining(" "));
      plain.add(value.isList() ? "(__ringtap_list " + words + ")" : words);
    }
    if (!plain.isEmpty()) {
      described.add("(__ringtap_plain " + String.join(" ", plain) + ")");
    }
    List<String> arguments = new ArrayList<>();
    if (value.kinds().contains(Kind.FILE)) {
      arguments.add("-F");
    }
    if (!described.isEmpty()) {
      arguments.add("-k -a " + quoted(String.join(" ", described)));
    }
    return String.join(" ", arguments);
  }

  private static String word(String word) {
    return PLAIN.matcher(word).matches() ? word : quoted(word);
  }

  /// A text in the quotes of fish.
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
