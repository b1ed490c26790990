package io.ringtap.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/proc/interrupts`: the name of each interrupt, and how often each CPU has served it.
final class InterruptTable {
  /// One line.
  ///
  /// @param name what its driver calls it; may be empty
  /// @param counts for each online CPU, in ascending order
  record Row(String name, List<Long> counts) {}

  // `PCI-MSIX-0000:00:03.0   1-edge      virtio2-input.0`, or with a blank and capitals on ARM.
  private static final Pattern CHIP = Pattern.compile("(?i).*?\\s\\d+(?:-|\\s+)[a-z]+\\s+(\\S.*)");
  private static final Pattern LINE = Pattern.compile("\\s*(\\d+):((?:\\s+\\d+)*)\\s(.*)");

  private final Map<Integer, Row> rows = new TreeMap<>();

  private InterruptTable() {}

  /// Reads the file's text. Lines without a number are about the CPUs' own interrupts and are
  /// skipped.
  static InterruptTable parse(String text) {
    InterruptTable table = new InterruptTable();
    List<String> lines = text.lines().toList();
    int cpus = lines.isEmpty() ? 0 : lines.getFirst().strip().split("\\s+", -1).length;
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        table.add(
            Integer.parseInt(matcher.group(1)), matcher.group(2) + " " + matcher.group(3), cpus);
      }
    }
    return table;
  }

  private void add(int number, String text, int cpus) {
    String rest = text.stripLeading();
    List<Long> counts = new ArrayList<>();
    while (counts.size() < cpus && !rest.isEmpty() && Character.isDigit(rest.charAt(0))) {
      int end = 0;
      while (end < rest.length() && Character.isDigit(rest.charAt(end))) {
        end++;
      }
      counts.add(Long.parseLong(rest.substring(0, end)));
      rest = rest.substring(end).stripLeading();
    }
    Matcher chip = CHIP.matcher(rest);
    rows.put(number, new Row(chip.matches() ? chip.group(1).strip() : "", counts));
  }

  /// The line of an interrupt; without name and counts if the file has none.
  Row row(int number) {
    return rows.getOrDefault(number, new Row("", List.of()));
  }

  /// The interrupts that a driver named after an interface: the name by itself, or followed by a
  /// punctuation character.
  List<Integer> named(String interfaceName) {
    List<Integer> numbers = new ArrayList<>();
    rows.forEach((number, row) -> {
      for (String action : row.name.split(", ", -1)) {
        if (action.equals(interfaceName) || action.startsWith(interfaceName + "-")) {
          numbers.add(number);
          break;
        }
      }
    });
    return numbers;
  }
}
