package io.ringtap.system.situation;

import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import java.util.List;
import java.util.Map;

/// What `ringtap ping --json` said of a target.
///
/// @param objects all of the target's lines
/// @param summary the one that sums up
record RingtapVerdict(
    int exitCode,
    List<Map<String, Object>> objects,
    Map<String, Object> summary,
    List<String> err) {
  static RingtapVerdict of(Command.Result result, String target) {
    List<Map<String, Object>> objects =
        JsonLines.parse(result.out()).stream()
            .filter(object -> target.equals(object.get("target")))
            .toList();
    return objects.stream()
        .filter(object -> "summary".equals(object.get("type")))
        .findFirst()
        .map(summary -> new RingtapVerdict(result.exitCode(), objects, summary, result.err()))
        .orElseThrow(() -> new AssertionError("no summary of " + target + ": " + result));
  }

  /// A number of the summary, such as `received`; 0 where it has none of that name.
  long count(String name) {
    return (Long) summary.getOrDefault(name, 0L);
  }

  long sent() {
    return count("sent");
  }

  long received() {
    return count("received");
  }

  /// The objects of a type, such as `error`.
  List<Map<String, Object>> of(String type) {
    return objects.stream().filter(object -> type.equals(object.get("type"))).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(received() + "/" + sent());
    List<String> others =
        List.of("errors", "duplicates", "corrupted", "elsewhere", "late", "late_errors", "unsent");
    for (String name : others) {
      if (count(name) > 0) {
        text.append(", ").append(count(name)).append(' ').append(name);
      }
    }
    return exitCode > 1 ? text + ", exit " + exitCode : text.toString();
  }
}
