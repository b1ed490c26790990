package io.ringtap.monitor.config.migration;

import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Mistakes;
import io.ringtap.monitor.config.yaml.YamlFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads SmokePing's configuration into its sections: `*** Name ***`, in them `+ name`, `++ name`
/// and so on, in each `key = value`. What stands for another text by `@define` is replaced, what
/// stands after `#` is not read. Tables and texts are passed over.
final class SmokepingFile {
  /// A value with its place.
  record Variable(String value, Place place) {}

  /// A section; its own variables only, without what it inherits.
  record Part(String name, Place place, Map<String, Variable> variables, Map<String, Part> parts) {
    static Part of(String name, Place place) {
      return new Part(name, place, new LinkedHashMap<>(), new LinkedHashMap<>());
    }
  }

  private static final Pattern INCLUDE = Pattern.compile("@include\\s+[\"']?(.*?)[\"']?");
  private static final Pattern DEFINE = Pattern.compile("@define\\s+(\\S+)\\s+(.*)");
  private static final Pattern COMMENT = Pattern.compile("\\s*#.*$");
  private static final Pattern MAIN_PART = Pattern.compile("\\*\\*\\*\\s*(.*?)\\s*\\*\\*\\*");
  private static final Pattern PART = Pattern.compile("(\\++)\\s*(.*)");
  private static final Pattern VARIABLE = Pattern.compile("(\\S+)\\s*=\\s*(.*)");
  private static final int DEEPEST_INCLUDE = 10;
  private static final int MOST_FILES = 1000;
  private static final int LONGEST_LINE = 1 << 16; // after replacing; each name can double it
  private static final String OF_REGULAR_EXPRESSIONS = "\\^$.|?*+()[]{}";

  private final Draft draft;
  private final Map<String, Part> mainParts = new LinkedHashMap<>();
  private final List<Part> open = new ArrayList<>(); // from the main part inwards
  private final Map<String, String> defines = new LinkedHashMap<>(); // what stands for what
  private int files;

  private SmokepingFile(Draft draft) {
    this.draft = draft;
  }

  /// The sections of a file and of those that it includes. A file of targets only is completed by
  /// `Probes` and `Database` beside it, as Debian has them.
  static Map<String, Part> read(Path file, Draft draft) {
    SmokepingFile reader = new SmokepingFile(draft);
    reader.take(file, null, 0);
    for (String other : List.of("Database", "Probes")) {
      Path beside = file.resolveSibling(other);
      if (!reader.mainParts.containsKey(other) && beside.toFile().isFile()) {
        reader.take(beside, null, 0);
      }
    }
    return reader.mainParts;
  }

  private void take(Path file, @Nullable Place from, int depth) {
    Mistakes mistakes = new Mistakes(file.toString());
    if (depth > DEEPEST_INCLUDE || ++files > MOST_FILES) {
      mistakes.add(1, 1, "included too deep, or after too many others", "");
    }
    String text = mistakes.isEmpty() ? YamlFile.text(file, mistakes) : null;
    if (text == null) {
      if (from != null) {
        draft.leave(from, "the file " + file + ": " + mistakes.all().getFirst().what());
      } else {
        draft.refuseAll(mistakes.all());
      }
      return;
    }
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      Place place = new Place(file.toString(), at + 1);
      StringBuilder line =
          new StringBuilder(COMMENT.matcher(lines.get(at).strip()).replaceFirst(""));
      while (!line.isEmpty() && line.charAt(line.length() - 1) == '\\' && at + 1 < lines.size()) {
        line.setCharAt(line.length() - 1, ' ');
        line.append(lines.get(++at).strip()); // with its comment, as SmokePing has it
      }
      if (!line.isEmpty()) {
        take(line.toString(), file, place, depth);
      }
    }
  }

  private void take(String line, Path file, Place place, int depth) {
    Matcher include = INCLUDE.matcher(line);
    Matcher define = DEFINE.matcher(line);
    if (include.matches()) {
      include(include.group(1), file, place, depth);
    } else if (define.matches()) {
      define(define.group(1), define.group(2), place);
    } else if (line.startsWith("@include") || line.startsWith("@define")) {
      draft.leave(place, "not understood; the forms are '@include FILE' and '@define NAME VALUE'");
    } else {
      take(replaced(line, place), place);
    }
  }

  private void take(String line, Place place) {
    Matcher mainPart = MAIN_PART.matcher(line);
    Matcher part = PART.matcher(line);
    Matcher variable = VARIABLE.matcher(line);
    if (mainPart.matches()) {
      open.clear();
      open.add(mainParts.computeIfAbsent(mainPart.group(1), name -> Part.of(name, place)));
    } else if (part.matches()) {
      enter(part.group(1).length(), part.group(2).strip(), place);
    } else if (variable.matches() && !open.isEmpty()) {
      open.getLast().variables().put(variable.group(1), new Variable(variable.group(2), place));
    }
  }

  private void include(String name, Path file, Place place, int depth) {
    try {
      take(file.resolveSibling(name), place, depth + 1);
    } catch (InvalidPathException e) {
      draft.leave(place, "no path to include");
    }
  }

  /// Takes a name for which another text stands in the lines after this one, in any file. SmokePing
  /// takes it as a regular expression, and replaces the names in no fixed order.
  private void define(String name, String value, Place place) {
    if (name.chars().anyMatch(c -> OF_REGULAR_EXPRESSIONS.indexOf(c) >= 0)) {
      draft.leave(
          place,
          "@define of "
              + Mistake.quoted(name)
              + ": a name with any of "
              + OF_REGULAR_EXPRESSIONS
              + " is not understood; write its value where it is used");
      return;
    }
    defines.forEach((other, otherValue) -> {
      boolean isMixed = name.contains(other) || other.contains(name);
      if (!name.equals(other) && (isMixed || value.contains(other) || otherValue.contains(name))) {
        draft.leave(
            place,
            "@define of "
                + Mistake.quoted(name)
                + ": one of it and "
                + Mistake.quoted(other)
                + " contains the other's name, so SmokePing takes either first; here it is the one"
                + " that is defined first");
      }
    });
    defines.put(name, value);
  }

  /// The line with the values of names that are defined.
  private String replaced(String line, Place place) {
    String text = line;
    for (Map.Entry<String, String> define : defines.entrySet()) {
      text = text.replace(define.getKey(), define.getValue());
      if (text.length() > LONGEST_LINE) {
        draft.leave(place, "a line of more than " + LONGEST_LINE + " characters after @define");
        return "";
      }
    }
    return text;
  }

  private void enter(int level, String name, Place place) {
    if (level > open.size()) {
      draft.leave(
          place, "a section " + level + " deep in one that is " + (open.size() - 1) + " deep");
      return;
    }
    open.subList(level, open.size()).clear();
    Part part = Part.of(name, place);
    open.getLast().parts().put(name, part);
    open.add(part);
  }
}
