package io.ringtap.dist.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.UsageMessageSpec;

/// What `--help` ends with: blocks with a heading each, of which one has examples.
///
/// @param remarks the text below each heading, but for the examples
/// @param examples in their order
record Footer(Map<String, String> remarks, List<Example> examples) {
  /// A command line.
  ///
  /// @param meaning what it does; empty if it says so itself
  record Example(String command, String meaning) {}

  private static final String EXAMPLES = "Examples";

  /// Reads that of a command.
  static Footer of(UsageMessageSpec usage) {
    Map<String, List<String>> blocks = new LinkedHashMap<>();
    List<String> block = new ArrayList<>();
    List<String> lines =
        Stream.concat(Stream.of(usage.footerHeading()), Stream.of(usage.footer()))
            .flatMap(each -> String.format(each).lines())
            .filter(each -> !each.isBlank())
            .toList();
    for (String line : lines) {
      if (line.startsWith(" ")) {
        block.add(line);
      } else {
        block = blocks.computeIfAbsent(line.strip().replace(":", ""), _ -> new ArrayList<>());
      }
    }
    List<Example> examples = examples(blocks.getOrDefault(EXAMPLES, List.of()));
    blocks.remove(EXAMPLES);
    Map<String, String> remarks = new LinkedHashMap<>();
    blocks.forEach((heading, text) ->
        remarks.put(heading, String.join(" ", text).strip().replaceAll(" +", " ")));
    return new Footer(remarks, examples);
  }

  /// Of each line: the command, then at least two blanks, then what it does, which may stand on a
  /// line of its own, far to the right.
  private static List<Example> examples(List<String> lines) {
    List<Example> examples = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      boolean isMeaning = line.startsWith("     ");
      if (isMeaning && !examples.isEmpty()) {
        examples.add(new Example(examples.removeLast().command(), text));
        continue;
      }
      int gap = text.indexOf("  ");
      examples.add(
          gap < 0
              ? new Example(text, "")
              : new Example(text.substring(0, gap), text.substring(gap).strip()));
    }
    return examples;
  }
}
