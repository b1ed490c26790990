package io.ringtap.dist.completion;

import io.ringtap.cli.argument.FixedWords;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;

/// What a value may be. The model says it: by a converter that knows its words, by candidates, or
/// else by the label that stands for the value in the help. In a label, alternatives have a bar
/// between them, and one in small letters is typed as it is: `IFACE|any`.
///
/// @param kinds what it may be of; nothing if it cannot be listed, as a number cannot
/// @param words what it may be beside these
/// @param isList whether it may be several words with commas between them
record Value(Set<Kind> kinds, List<String> words, boolean isList) {

  /// What shells and the machine can list.
  enum Kind {
    FILE,
    SAVEFILE,
    CONFIGURATION,
    DIRECTORY,
    INTERFACE,
    NAMESPACE,
    HOST,
    USER,
    PROGRAM,
    FILTER
  }

  /// The kinds by their labels.
  static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("FILE", Kind.FILE),
          Map.entry("PATH", Kind.FILE),
          Map.entry("SAVEFILE", Kind.SAVEFILE),
          Map.entry("YAML", Kind.CONFIGURATION),
          Map.entry("DIR", Kind.DIRECTORY),
          Map.entry("IFACE", Kind.INTERFACE),
          Map.entry("NETNS", Kind.NAMESPACE),
          Map.entry("HOST", Kind.HOST),
          Map.entry("TARGET", Kind.HOST),
          Map.entry("USER", Kind.USER),
          Map.entry("COMMAND", Kind.PROGRAM),
          Map.entry("EXPRESSION", Kind.FILTER));

  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  /// What the model says of a value.
  static Value of(ArgSpec spec) {
    for (ITypeConverter<?> converter : spec.converters()) {
      if (converter instanceof FixedWords fixed) {
        return new Value(Set.of(), fixed.words(), fixed.isList());
      }
    }
    if (spec.completionCandidates() != null) {
      List<String> words = new ArrayList<>();
      spec.completionCandidates().forEach(words::add);
      return new Value(Set.of(), words, false);
    }
    return ofLabel(spec.paramLabel(), spec.type());
  }

  private static Value ofLabel(String label, Class<?> type) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    List<String> words = new ArrayList<>();
    for (String each : label.split("\\|", -1)) {
      Kind kind = KINDS.get(each);
      if (kind != null) {
        kinds.add(kind);
      } else if (WORD.matcher(each).matches()) {
        words.add(each);
      }
    }
    if (kinds.isEmpty() && (type == Path.class || type == File.class)) {
      kinds.add(Kind.FILE);
    }
    return new Value(kinds, words, false);
  }
}
