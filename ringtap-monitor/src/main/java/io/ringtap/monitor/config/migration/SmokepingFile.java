package io.ringtap.monitor.config.migration;

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
/// and so on, in each `key = value`. Tables and texts are passed over.
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
  private static final Pattern MAIN_PART = Pattern.compile("\\*\\*\\*\\s*(.*?)\\s*\\*\\*\\*");
  private static final Pattern PART = Pattern.compile("(\\++)\\s*(.*)");
  private static final Pattern VARIABLE = Pattern.compile("(\\S+)\\s*=\\s*(.*)");
  private static final int DEEPEST_INCLUDE = 10;
  private static final int MOST_FILES = 1000;

  private final Draft draft;
  private final Map<String, Part> mainParts = new LinkedHashMap<>();
  private final List<Part> open = new ArrayList<>(); // from the main part inwards
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
    String text =
        depth > DEEPEST_INCLUDE || ++files > MOST_FILES ? null : YamlFile.text(file, mistakes);
    if (text == null) {
      if (from != null) {
        draft.leave(from, "the file " + file + " cannot be included");
      } else {
        draft.refuseAll(mistakes.all());
      }
      return;
    }
    StringBuilder line = new StringBuilder();
    int number = 0;
    int begin = 1;
    for (String part : text.lines().toList()) {
      number++;
      String stripped = part.strip();
      if (stripped.endsWith("\\")) {
        line.append(stripped, 0, stripped.length() - 1);
        continue;
      }
      take(line.append(stripped).toString(), file, new Place(file.toString(), begin), depth);
      line.setLength(0);
      begin = number + 1;
    }
  }

  private void take(String line, Path file, Place place, int depth) {
    Matcher include = INCLUDE.matcher(line);
    Matcher mainPart = MAIN_PART.matcher(line);
    Matcher part = PART.matcher(line);
    Matcher variable = VARIABLE.matcher(line);
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (include.matches()) {
      include(include.group(1), file, place, depth);
    } else if (line.startsWith("@")) {
      draft.leave(place, "@define is not understood: write its value where it is used");
    } else if (mainPart.matches()) {
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
