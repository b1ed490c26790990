package io.ringtap.dist.completion;

import io.ringtap.dist.completion.Command.Operand;
import io.ringtap.dist.completion.Command.Option;
import io.ringtap.dist.completion.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The script for zsh: a function for each command that says to `_arguments` what it has.
final class ZshScript {
  private final StringBuilder text = new StringBuilder();

  private ZshScript() {}

  static String of(Command ringtap) {
    ZshScript script = new ZshScript();
    ringtap.all().forEach(script::append);
    return new Script("ringtap.zsh", "|")
        .replace("model", script.text.toString().stripTrailing())
        .toString();
  }

  private void append(Command command) {
    line(0, function(command) + "() {");
    if (command.subcommands().isEmpty()) {
      List<String> specs = new ArrayList<>(optionSpecs(command));
      command.operands().forEach(each -> specs.add(operandSpec(each)));
      line(2, "_arguments -s -S \\");
      line(4, String.join(" \\\n    ", specs));
    } else {
      appendDispatch(command);
    }
    line(0, "}");
    line(0, "");
  }

  /// A command with subcommands completes these first, and hands what follows over to them.
  private void appendDispatch(Command command) {
    List<String> options = optionSpecs(command);
    line(2, "local curcontext=$curcontext ret=1 state");
    // Not `commands` and `options`, which are the shell's own and serve its completions.
    line(2, "local -a line subcommands common=(");
    options.forEach(each -> line(4, each));
    line(2, ")");
    line(2, "local -A opt_args");
    line(2, "subcommands=(");
    for (Command each : command.subcommands()) {
      line(4, Script.inQuotes(each.name() + ":" + each.summary()));
    }
    line(2, ")");
    line(2, "_arguments -C -s -S \"$common[@]\" '(-): :->first' '(-)*:: :->rest' && ret=0");
    line(2, "case $state in");
    line(4, "first)");
    line(6, "_describe -t commands command subcommands && ret=0");
    for (Operand operand : command.operands()) {
      line(6, action(operand.value()) + " && ret=0");
    }
    line(6, ";;");
    line(4, "rest)");
    line(6, "curcontext=${curcontext%:*:*}:ringtap-$words[1]:");
    line(6, "case $words[1] in");
    for (Command each : command.subcommands()) {
      line(8, each.name() + ") " + function(each) + " && ret=0 ;;");
    }
    for (Operand operand : command.operands()) {
      line(8, "*) _arguments -s -S \"$common[@]\" " + operandSpec(operand) + " && ret=0 ;;");
    }
    line(6, "esac");
    line(6, ";;");
    line(2, "esac");
    line(2, "return ret");
  }

  private static String function(Command command) {
    return "_" + command.path().replace(' ', '-');
  }

  private static List<String> optionSpecs(Command command) {
    return command.options().stream().map(ZshScript::optionSpec).toList();
  }

  /// An option, which excludes its other names and itself unless it can be repeated.
  private static String optionSpec(Option option) {
    Value value = option.value();
    String before =
        option.isOnly()
            ? "(- *)"
            : option.isRepeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
    String names =
        option.names().stream()
            .map(name -> value == null ? name : name + (name.startsWith("--") ? "=" : "+"))
            .map(ZshScript::quotedName)
            .collect(Collectors.joining(","));
    String after = "[" + escaped(option.summary(), "[]") + "]";
    if (value != null) {
      after += ":" + escaped(option.label(), ":") + ":" + escaped(action(value), ":");
    }
    return Script.inQuotes(before)
        + (option.names().size() == 1 ? names : "{" + names + "}")
        + Script.inQuotes(after);
  }

  private static String operandSpec(Operand operand) {
    String number = operand.isLast() ? "*" : String.valueOf(operand.first() + 1);
    return Script.inQuotes(
        number + ":" + escaped(operand.label(), ":") + ":" + escaped(action(operand.value()), ":"));
  }

  /// What completes a value; a blank if nothing does.
  private static String action(Value value) {
    if (value.isList()) {
      return "_sequence compadd - " + words(value);
    }
    if (value.kinds().isEmpty()) {
      return value.words().isEmpty() ? " " : "(" + words(value) + ")";
    }
    List<String> calls = new ArrayList<>(value.kinds().stream().map(ZshScript::call).toList());
    if (!value.words().isEmpty()) {
      calls.add("compadd - " + words(value));
    }
    return calls.size() == 1 ? calls.getFirst() : "{" + String.join("; ", calls) + "}";
  }

  private static String call(Kind kind) {
    return switch (kind) {
      case FILE -> "_files";
      case SAVEFILE -> "_ringtap_savefiles";
      case CONFIGURATION -> "_ringtap_configurations";
      case DIRECTORY -> "_files -/";
      case INTERFACE -> "_ringtap_interfaces";
      case NAMESPACE -> "_ringtap_namespaces";
      case HOST -> "_ringtap_hosts";
      case USER -> "_users";
      case PROGRAM -> " _command_names -e"; // a blank: with nothing before -e
      case FILTER -> "_ringtap_filter";
    };
  }

  private static String words(Value value) {
    return value.words().stream().map(Script::quoted).collect(Collectors.joining(" "));
  }

  /// A name between braces, where `#` would be a pattern.
  private static String quotedName(String name) {
    return name.contains("#") ? Script.inQuotes(name) : name;
  }

  /// With a backslash before each of these characters, and before each backslash.
  private static String escaped(String text, String characters) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || characters.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  private void line(int indent, String line) {
    text.repeat(' ', indent).append(line).append('\n');
  }
}
